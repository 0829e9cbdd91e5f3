import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { durationIn } from '../../analysis/odds/distribution.ts'
import { exactOdds } from '../../analysis/odds/exact.ts'
import { type Action, endComponents, type Mdp, reach } from '../../analysis/odds/mdp.ts'
import { confidence, drawOdds, together } from '../../analysis/odds/odds.ts'
import { variantOf } from '../../analysis/target.ts'
import { exponential } from '../../claims/calculations/distributions.ts'
import { hit } from '../../claims/calculations/renewal.ts'
import { protocols } from '../../spec/protocols.ts'
import { sample } from '../full.ts'

const BINDING = 'binding-eventually-correct'
const always = { first: 0, every: 1 }
const asked = (given: Record<string, string>, more: { loss?: number; scenario?: string; property?: string } = {}) => ({
  scenario: 'both-move',
  property: BINDING,
  loss: 0,
  given: { d: '25', blackout: '100', ...given },
  ...more,
})
const drawn = (target: string, question: ReturnType<typeof asked>, runs: number, seed = 1) =>
  drawOdds(variantOf(target), { ...question, runs, seed, horizon: 600_000, share: always })

/** Five standard deviations: once in some two million. */
const isNear = (holds: number, runs: number, chance: number): boolean =>
  Math.abs(holds / runs - chance) <= 5 * Math.sqrt((chance * (1 - chance)) / runs) + 1e-12

describe('000 §III.C: how likely a double jump is', () => {
  // docs/bounds/1-direct-updates.md: lost where b leaves from 875 to 1125 ms, both included.
  test('exactly, by what is counted', () => {
    const { least, most } = exactOdds(
      variantOf('mip-lr/direct'),
      asked({ 'leaves(a)': '1000', 'leaves(b)': '0..2000/5' }),
    )
    expect(least.least).toBeCloseTo(350 / 401, 9)
    expect(most.most).toBeCloseTo(352 / 401, 9)
    expect(least.most - least.least).toBeLessThan(1e-8)
  })

  // b leaves from 0 to 250 ms on: the vulnerable interval, a blackout and a way on either side of 125 ms.
  test.each([0.5, 1, 5, 50])('drawn, as the closed form of Figures 5 and 6 says: a handoff each %d s', (mean) => {
    const { holds, runs } = drawn(
      'mip-lr/direct',
      asked({ 'leaves(a)': '125', 'leaves(b)': `exp(${1000 * mean})` }),
      3000,
    )
    expect(isNear(holds, runs, 1 - hit(0.25, exponential(mean)))).toBe(true)
    expect(isNear(holds, runs, 1 - Math.min(1, 3 * hit(0.25, exponential(mean))))).toBe(false)
  })

  test('drawn, as the length of the interval says: evenly, and without memory', () => {
    const evenly = drawn('mip-lr/direct', asked({ 'leaves(a)': '1000', 'leaves(b)': '0..2000' }), 4000)
    expect(isNear(evenly.holds, evenly.runs, 1 - 250 / 2000)).toBe(true)
    const memoryless = drawn('mip-lr/direct', asked({ 'leaves(a)': '1000', 'leaves(b)': 'exp(1500)' }), 4000)
    const lost = Math.exp(-875 / 1500) - Math.exp(-1125 / 1500)
    expect(isNear(memoryless.holds, memoryless.runs, 1 - lost)).toBe(true)
    // The twin: another mean is noticed.
    expect(isNear(memoryless.holds, memoryless.runs, 1 - 2 * lost)).toBe(false)
  })
})

describe('losses', () => {
  const one = asked({ 'leaves(a)': '1000' }, { loss: 0.1, scenario: 'one-moves' })

  test('a direct update that is sent once arrives or not; the register tells by four packets more', () => {
    expect(exactOdds(variantOf('mip-lr/direct'), one).least.least).toBeCloseTo(0.9, 9)
    const told = 1 - 0.1 * (1 - 0.9 ** 4)
    const { least, most } = exactOdds(variantOf('mip-lr/hlr-initiated'), one)
    expect(least.least).toBeCloseTo(told, 9)
    expect(most.most).toBeCloseTo(told, 9)
    const { holds, runs } = drawn('mip-lr/hlr-initiated', one, 4000)
    expect(isNear(holds, runs, told)).toBe(true)
  })

  test('what is sent again until it is acknowledged arrives in the end', () => {
    const { least } = exactOdds(variantOf('mip-lr/direct-retransmitted'), { ...one, loss: 0.5 })
    expect(least.least).toBeCloseTo(1, 6)
  })
})

describe('the two agree', () => {
  const of = protocols.flatMap((protocol) => {
    const variant = protocol.variants.find(({ scenarios }) => scenarios.some(({ name }) => name === 'both-move'))
    return variant === undefined ? [] : [`${protocol.name}/${variant.name}`]
  })
  const given = {
    'leaves(a)': '1000',
    'leaves(b)': '800..1200/50',
    'back-off (Call-ID owner)': '2100..4000/950',
    'back-off (other side)': '0..2000/1000',
    'back-off (owner)': '2100..4000/950',
    'back-off (other)': '0..2000/1000',
  }

  test.each(sample(of, 5))('in %s, between least and most', (target) => {
    const variant = variantOf(target)
    const isKnown = (name: string): boolean => {
      try {
        exactOdds(variant, asked({ ...leaves, [name]: '1' }))
        return true
      } catch (error) {
        return !String(error).includes('Nothing that takes time')
      }
    }
    const leaves = { 'leaves(a)': '1000', 'leaves(b)': '1000' }
    const fits = Object.fromEntries(Object.entries(given).filter(([name]) => isKnown(name)))
    const { least, most, lengths } = exactOdds(variant, asked(fits))
    const { holds, runs, took } = drawn(target, asked(fits), 400)
    const spread = 5 * Math.sqrt(0.25 / runs)
    expect(holds / runs).toBeGreaterThanOrEqual(least.least - spread)
    expect(holds / runs).toBeLessThanOrEqual(most.most + spread)
    expect(least.most - least.least).toBeLessThan(1e-6)
    // How long it takes: the mean where all have it, and which share has it by when.
    expect(lengths).not.toBeNull()
    for (const { ms, least: few, most: many } of lengths!.by) {
      const share = took.filter((one) => one <= ms + 1e-6).length / runs
      expect(share, `within ${ms} ms`).toBeGreaterThanOrEqual(few - spread)
      expect(share, `within ${ms} ms`).toBeLessThanOrEqual(many + spread)
    }
    const { mean } = lengths!
    if (mean === null || mean.most.most === Number.POSITIVE_INFINITY) return
    const drawnMean = took.reduce((sum, one) => sum + one, 0) / runs
    const deviation = Math.sqrt(took.reduce((sum, one) => sum + (one - drawnMean) ** 2, 0) / runs)
    expect(drawnMean).toBeGreaterThanOrEqual(mean.least.least - (5 * deviation) / Math.sqrt(runs) - 1e-6)
    expect(drawnMean).toBeLessThanOrEqual(mean.most.most + (5 * deviation) / Math.sqrt(runs) + 1e-6)
  })
})

test('shares of the runs are the runs, and the same luck for each variant', () => {
  const question = asked({ 'leaves(a)': '1000', 'leaves(b)': '0..2000' })
  const whole = drawn('mip-lr/direct', question, 300, 7)
  const parts = [0, 1, 2].map((first) =>
    drawOdds(variantOf('mip-lr/direct'), {
      ...question,
      runs: 300,
      seed: 7,
      horizon: 600_000,
      share: { first, every: 3 },
    }),
  )
  expect(together(parts)).toEqual(together([whole]))
  expect(drawn('mip-lr/direct', question, 300, 8).took).not.toEqual(whole.took)
  // No window is needed where hosts answer news by their own update: there what is lost is mended.
  expect(drawn('mip-lr/revised-answers-resends', question, 300, 7).holds).toBe(300)
})

test('in which interval a probability is', () => {
  expect(confidence(0, 0)).toEqual([0, 1])
  const [low, high] = confidence(50, 100)
  expect(low).toBeCloseTo(0.4038, 4)
  expect(high).toBeCloseTo(0.5962, 4)
  expect(confidence(100, 100)[1]).toBe(1)
})

describe('Markov decision processes', () => {
  const states = 6
  const action = fc
    .array(fc.tuple(fc.nat(states - 1), fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 3 })
    .map((parts): Action => {
      const total = parts.reduce((sum, [, weight]) => sum + weight, 0)
      return { to: parts.map(([to]) => to), chance: parts.map(([, weight]) => weight / total) }
    })
  const mdps = fc
    .array(fc.array(action, { minLength: 1, maxLength: 2 }), { minLength: states, maxLength: states })
    .map((actions): Mdp => ({ actions }))

  /** Of one choice for each state: from below, for long. */
  const chanceOf = (chosen: readonly Action[], targets: ReadonlySet<number>): number => {
    let values: number[] = chosen.map((_, i) => (targets.has(i) ? 1 : 0))
    for (let round = 0; round < 3000; round++)
      values = values.map((_, i) =>
        targets.has(i) ? 1 : chosen[i]!.to.reduce((sum, to, k) => sum + chosen[i]!.chance[k]! * values[to]!, 0),
      )
    return values[0]!
  }
  const policies = (actions: Mdp['actions']): Action[][] =>
    actions.reduce<Action[][]>((all, own) => all.flatMap((chosen) => own.map((one) => [...chosen, one])), [[]])

  test('bounds of both sides are those of the best and the worst choice', () => {
    fc.assert(
      fc.property(
        mdps,
        fc.uniqueArray(fc.integer({ min: 1, max: states - 1 }), { minLength: 1, maxLength: 2 }),
        (mdp, goals) => {
          const targets = new Set(goals)
          const all = policies(mdp.actions).map((chosen) => chanceOf(chosen, targets))
          for (const [choose, best] of [
            ['max', Math.max(...all)],
            ['min', Math.min(...all)],
          ] as const) {
            const { least, most } = reach(mdp, targets, choose, 0)
            expect(least).toBeLessThanOrEqual(best + 1e-6)
            expect(most).toBeGreaterThanOrEqual(best - 1e-6)
            expect(most - least).toBeLessThan(1e-6)
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  test('an end component can be stayed in for ever, all of it', () => {
    fc.assert(
      fc.property(mdps, (mdp) => {
        for (const component of endComponents(mdp, new Set(mdp.actions.keys()))) {
          const inside = new Set(component)
          for (const state of component)
            expect(mdp.actions[state]!.some(({ to }) => to.every((next) => inside.has(next)))).toBe(true)
        }
      }),
    )
  })

  test('what is left where somebody may go round for ever is not taken for certain', () => {
    // 0 may wait in itself, or go to 1 or 2 alike: from above, waiting looks as good as certain.
    const mdp: Mdp = {
      actions: [
        [
          { to: [0], chance: [1] },
          { to: [1, 2], chance: [0.5, 0.5] },
        ],
        [{ to: [1], chance: [1] }],
        [{ to: [2], chance: [1] }],
      ],
    }
    expect(reach(mdp, new Set([1]), 'max', 0).most).toBeCloseTo(0.5, 9)
    expect(reach(mdp, new Set([1]), 'min', 0).most).toBe(0)
  })
})

test("PRISM's files have all of it, and what is asked", () => {
  const question = asked({ 'leaves(a)': '1000', 'leaves(b)': '900|1200' }, { loss: 0.25 })
  const { prism, states } = exactOdds(variantOf('mip-lr/direct'), { ...question, prism: true })
  const [head, ...lines] = prism!.tra.trim().split('\n')
  const [count, , transitions] = head!.split(' ').map(Number)
  expect([count, transitions]).toEqual([states, lines.length])
  const sums = new Map<string, number>()
  for (const line of lines) {
    const [from, choice, to, chance] = line.split(' ').map(Number) as [number, number, number, number]
    expect(Math.max(from, to)).toBeLessThan(states)
    sums.set(`${from} ${choice}`, (sums.get(`${from} ${choice}`) ?? 0) + chance)
  }
  expect(sums.size).toBe(Number(head!.split(' ')[1]))
  for (const sum of sums.values()) expect(sum).toBeCloseTo(1, 9)
  expect(prism!.lab).toMatch(/^0="init" 1="deadlock" 2="so"\n0: 0 2\n/)
  expect(prism!.props).toContain('Pmin=? [ F G "so" ]')
})

describe('bad input', () => {
  test.each([
    ['exp(-5)', /is no time/],
    ['exp(0)', /a mean above 0/],
    ['exp(1,2)', /a mean above 0/],
    ['pareto(1,100)', /has no mean/],
    ['pareto(2)', /a shape and a least time/],
    ['40..10', /ends before it begins/],
    ['25ms', /is no time/],
    ['-5', /is no time/],
    ['1..2..3', /is no time/],
    ['10..40/0', /a step is above 0/],
    ['gauss(1,2)', /is no time/],
  ])('%s', (text, message) => {
    expect(() => durationIn('--given', 'd', text)).toThrow(message)
    expect(() => durationIn('--given', 'd', text)).toThrow(/What there is, in milliseconds/)
  })

  test.each([
    ['any time says nothing of chances', {}, {}, /'leaves\(a\)' may be any time from 0 ms on/],
    [
      'a name that is none',
      { 'leaves(a)': '1', 'leaves(b)': '1', latency: '5' },
      {},
      /Nothing that takes time is called 'latency'/,
    ],
    ['a chance above 1', { leaves: '1' }, { loss: 1.5 }, /--loss 1.5 is no chance/],
    ['no states', { leaves: '1' }, { property: 'no-stale-overwrite' }, /'no-stale-overwrite' has no odds/],
  ])('%s', (_, given, more, message) => {
    expect(() => drawn('mip-lr/direct', asked(given, more), 1)).toThrow(message)
  })

  test('what may be anything in between is not gone through', () => {
    const question = asked({ leaves: '0..10' })
    expect(() => exactOdds(variantOf('mip-lr/direct'), question)).toThrow(
      /Give it in steps \(--given 'leaves\(a\)=10..40\/5'\)/,
    )
  })
})
