import { expect, test } from 'vitest'
import { Budget, Stopped } from '../../checker/budget.ts'
import { check } from '../../checker/check.ts'
import { clock, nestedClaims, rings } from './rings.ts'

/** A search keeps to what the process may take, where somebody says what it takes. */

test('ends when the process takes more than its memory, in whatever it is doing, and asks no more then', () => {
  const model = rings(2, 60)
  const limits = { memory: 2 ** 30 }
  const unbounded = check(model, nestedClaims)
  /** A process that has taken too much when it is asked for the nth time, in a time that goes on. */
  const taking = (nth: number) => {
    const process = { asked: 0, counted: 0 }
    const takesMoreThan = (bound: number, counted: number): boolean => {
      if (bound === Number.POSITIVE_INFINITY) return false
      expect(bound).toBe(limits.memory)
      process.counted = counted
      return ++process.asked >= nth
    }
    const time = clock()
    return { process, control: { now: () => 30 * time.now(), takesMoreThan } }
  }
  const never = taking(Number.POSITIVE_INFINITY)
  const whole = check(model, nestedClaims, { control: never.control, limits })
  expect(whole.map(({ kind }) => kind)).toEqual(unbounded.map(({ kind }) => kind))
  expect(never.process.asked).toBeGreaterThan(100)
  const kinds = new Set<string>()
  for (let nth = 1; nth <= never.process.asked; nth += Math.ceil(never.process.asked / 20)) {
    const { process, control } = taking(nth)
    const verdicts = check(model, nestedClaims, { control, limits })
    expect(process.asked).toBe(nth)
    expect(verdicts.at(-1)).toMatchObject({ kind: 'incomplete', because: 'memory' })
    // From there on what was counted then is the bound; what is told may take 16 MiB more.
    expect(verdicts.at(-1)!.statistics.memory).toBeLessThanOrEqual(process.counted + 2 ** 24 + 2 ** 20)
    verdicts.forEach((verdict, i) => {
      kinds.add(`${i} ${verdict.kind}`)
      if (verdict.kind !== 'incomplete') expect(verdict.kind).toBe(unbounded[i]!.kind)
    })
  }
  expect([...kinds]).toEqual(expect.arrayContaining(['0 incomplete', `0 ${unbounded[0]!.kind}`]))
})

test('goes on where the process has no room for something that can be done without', () => {
  const process = 2 ** 29
  let now = 0
  const control = {
    now: () => now++,
    takesMoreThan: (bound: number, _: number, more: number) => process + more > bound,
  }
  const budget = new Budget({ memory: 2 ** 30 }, control)
  expect(budget.ifAffordable(() => budget.take(2 ** 29 + 1))).toBe(null)
  budget.take(2 ** 28)
  budget.look()
  for (let i = 0; i < 3; i++) expect(() => budget.take(2 ** 29 + 1)).toThrow(Stopped)
  budget.take(2 ** 10)
  expect(budget.held).toBe(2 ** 28 + 2 ** 10)
})
