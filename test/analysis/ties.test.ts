import { describe, expect, test } from 'vitest'
import { exactOdds } from '../../analysis/odds/exact.ts'
import { drawOdds } from '../../analysis/odds/odds.ts'
import { Luck } from '../../analysis/odds/ties.ts'
import { variantOf } from '../../analysis/target.ts'
import { exponential } from '../../claims/calculations/distributions.ts'
import { hitTogether } from '../../claims/calculations/renewal.ts'

const direct = variantOf('mip-lr/direct')
const asked = (given: Record<string, string>) => ({
  scenario: 'both-move',
  property: 'binding-eventually-correct',
  loss: 0,
  given: { d: '25', blackout: '100', ...given },
})
const drawn = (given: Record<string, string>, runs = 3000) =>
  drawOdds(direct, { ...asked(given), runs, seed: 5, horizon: 600_000, share: { first: 0, every: 1 } })
const exactly = (given: Record<string, string>): [number, number] => {
  const { least, most } = exactOdds(direct, asked(given))
  return [least.least, most.most]
}
const isNear = ({ holds, runs }: { holds: number; runs: number }, chance: number): boolean =>
  Math.abs(holds / runs - chance) <= 5 * Math.sqrt((chance * (1 - chance)) / runs) + 1e-12

describe('two hosts in one train', () => {
  // docs/bounds/1-direct-updates.md: what both send is lost where b leaves from 125 ms before a to 125 ms after it.
  test('at a fixed offset it is certain, whenever the train leaves', () => {
    for (const [by, lost] of [
      ['', true],
      ['+124', true],
      ['-124', true],
      ['+126', false],
      ['-126', false],
    ] as const) {
      const { holds, runs } = drawn({ 'leaves(a)': '1000..5000', 'leaves(b)': `leaves(a)${by}` }, 50)
      expect(holds, by).toBe(lost ? 0 : runs)
      expect(exactly({ 'leaves(a)': '1000..1400/100', 'leaves(b)': `leaves(a)${by}` }), by).toEqual(
        lost ? [0, 0] : [1, 1],
      )
    }
  })

  test('at a random offset: as hitTogether says, drawn, and counted exactly', () => {
    const interval = { alpha: 0.125, beta: 0.125 }
    const hit = hitTogether(1, 0.3, interval, exponential(5))
    const train = drawn({ 'leaves(a)': 'exp(3000)', 'leaves(b)': 'leaves(a)+0..300' })
    expect(isNear(train, 1 - 125 / 300)).toBe(true)
    const either = drawn({ 'leaves(a)': '1000..3000', 'leaves(b)': 'leaves(a)-300..300' })
    expect(isNear(either, 1 - hit)).toBe(true)
    // The twin: alone, both leave apart far more often.
    expect(isNear(drawn({ 'leaves(a)': '1000..3000', 'leaves(b)': '1000..3000' }), 1 - hit)).toBe(false)
    // Of −300, −290 … 300 those from −120 to 120: 25 of 61; whoever leaves first.
    const [least, most] = exactly({ 'leaves(a)': '1000|2000', 'leaves(b)': 'leaves(a)-300..300/10' })
    expect(least).toBeCloseTo(1 - 25 / 61, 9)
    expect(most).toBeCloseTo(1 - 25 / 61, 9)
  })
})

describe('one outage for both', () => {
  test('whoever asks first draws for both, the so many-th of the one with that of the other', () => {
    const luck = new Luck({ 'blackout(b)': { to: 'blackout(a)', by: null } })
    let next = 0
    const draw = (): number => ++next
    const takes = ['b', 'b', 'a', 'a', 'a', 'b'].map((host) => luck.take(`blackout(${host})`, draw))
    expect(takes).toEqual([1, 2, 1, 2, 3, 3])
    expect(luck.key).toBe('')
    luck.take('blackout(b)', draw)
    expect(luck.key).toBe('blackout(a)=4/1,0')
    expect(new Luck({ 'blackout(b)': { to: 'blackout(a)', by: null } }, luck).take('blackout(a)', draw)).toBe(4)
    expect(luck.take('d(a,b)', draw)).toBeNull()
  })

  test('it depends on how long it takes, and comes to fewer states than two outages', () => {
    // b leaves 130 ms after a, and has been told by then if the outage takes 100 ms, not if it takes 140.
    const outage = { 'leaves(a)': '1000', 'leaves(b)': 'leaves(a)+130' }
    const one = { ...outage, 'blackout(b)': '100|140|300', 'blackout(a)': 'blackout(b)' }
    const two = { ...outage, 'blackout(b)': '100|140|300', 'blackout(a)': '100|140|300' }
    for (const given of [one, two]) for (const bound of exactly(given)) expect(bound).toBeCloseTo(1 / 3, 9)
    const states = [one, two].map((given) => exactOdds(direct, asked(given)).states)
    expect(states[0]).toBeLessThan(states[1]!)
    expect(isNear(drawn(one, 600), 1 / 3)).toBe(true)
  })
})

test.each([
  [{ 'leaves(b)': 'leaves(a)+5' }, /'leaves\(a\)' takes is not given/],
  [{ 'leaves(a)': 'leaves(b)', 'leaves(b)': 'leaves(a)' }, /depends on another itself/],
  [{ 'leaves(a)': '1000', 'leaves(b)': 'leaves(b)+5' }, /depend on itself/],
  [{ 'leaves(a)': '1000', 'leaves(b)': 'leaves(a)-1001' }, /'leaves\(b\)' -1 ms at the least/],
  [{ 'leaves(a)': '1000', 'leaves(b)': 'leaves(a)-5..-10' }, /ends before it begins/],
  [{ 'leaves(a)': '1000', 'leaves(b)': 'leaves(a)+40..10' }, /ends before it begins/],
  [{ 'leaves(a)': '1000', leaves: 'leaves(a)' }, /'leaves' is none of a host/],
  [{ 'leaves(a)': '1000', 'leaves(b)': 'd(a,b)' }, /'d\(a,b\)' is none of a host/],
  [{ 'leaves(a)': '1000', 'leaves(b)': 'leaves(c)' }, /'leaves\(c\)' takes is not given/],
  [{ 'leaves(a)': '1000', 'leaves(b)': 'leaves(a)+-5' }, /is no time/],
])('%j is refused', (given, message) => {
  expect(() => drawn(given as Record<string, string>, 1)).toThrow(message)
})

test('a random offset is gone through in steps alone', () => {
  expect(() => exactly({ 'leaves(a)': '1000', 'leaves(b)': 'leaves(a)+0..10' })).toThrow(/any of infinitely many times/)
})
