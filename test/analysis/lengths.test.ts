import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exactOdds } from '../../analysis/odds/exact.ts'
import { expected } from '../../analysis/odds/expected.ts'
import { lengthsOf } from '../../analysis/odds/lengths.ts'
import type { Action, Mdp } from '../../analysis/odds/mdp.ts'
import type { Unfolded } from '../../analysis/odds/unfolded.ts'
import { variantOf } from '../../analysis/target.ts'

const forEver = Number.POSITIVE_INFINITY
const to = (...next: readonly (readonly [state: number, chance: number])[]): Action => ({
  to: next.map(([state]) => state),
  chance: next.map(([, chance]) => chance),
})
const certain = { least: 1, most: 1 }

/** It is so at 0; a move is over at 1, where it is not so for 10 ms; at 2 it is so for 5 ms, and then for good, or at 1 again. */
const flickers = (actions: readonly Action[]): Unfolded => ({
  mdp: { actions: [[to([1, 1])], [to([2, 1])], actions, [to([3, 1])]] },
  isSo: [true, false, true, true],
  isOver: [false, true, true, true],
  stays: [7, 10, 5, forEver],
})

describe('how long it takes until it is so for good', () => {
  test('by chance: what passes while it is so counts where it fails again', () => {
    const lengths = lengthsOf(flickers([to([3, 0.75], [1, 0.25])]), { least: certain, most: certain }, 1000)!
    // 10 ms, and each time that it fails again 5 + 10 more: a third of a time in the mean.
    for (const { least, most } of [lengths.mean!.least, lengths.mean!.most]) {
      expect(least).toBeLessThanOrEqual(15 + 1e-9)
      expect(most).toBeGreaterThanOrEqual(15 - 1e-9)
      expect(most - least).toBeLessThan(1e-5)
    }
    expect(lengths.shares).toEqual([
      { share: 0.5, least: 10, most: 10 },
      { share: 0.9, least: 25, most: 25 },
      { share: 0.99, least: 55, most: 55 },
    ])
  })

  test('by who decides: at once, or never', () => {
    const lengths = lengthsOf(
      flickers([to([3, 1]), to([1, 1])]),
      { least: { least: 0, most: 0 }, most: certain },
      1000,
    )!
    expect(lengths.mean!.least.least).toBeCloseTo(10, 5)
    expect(lengths.mean!.most.least).toBe(forEver)
    expect(lengths.shares[0]).toEqual({ share: 0.5, least: 10, most: forEver })
  })

  test('what goes on for longer than was looked is said to', () => {
    const lengths = lengthsOf(flickers([to([3, 0.25], [1, 0.75])]), { least: certain, most: certain }, 50)!
    expect(lengths.shares[1]).toEqual({ share: 0.9, least: null, most: null })
  })
})

test('losses: a retransmission a second until one arrives, in the mean and in shares', () => {
  // Sent when a is back, and each second from then on until it is acknowledged; lost with a half each: 25 ms, and a geometric number of seconds.
  const { lengths } = exactOdds(variantOf('mip-lr/direct-retransmitted'), {
    scenario: 'one-moves',
    property: 'binding-eventually-correct',
    loss: 0.5,
    given: { d: '25', blackout: '100', 'leaves(a)': '1000', 'update retransmission': '1000' },
    horizon: 100_000,
  })
  expect(lengths!.shares[0]!.least).toBe(25)
  expect(lengths!.mean!.least.least).toBeCloseTo(25 + 1000, 2)
  expect(lengths!.mean!.most.most).toBeCloseTo(25 + 1000, 2)
  // 1 − 2⁻⁷ is the first above 0.99.
  expect(lengths!.shares[2]).toEqual({ share: 0.99, least: 6025, most: 6025 })
})

describe('expected costs', () => {
  const states = 5
  const action = fc
    .tuple(
      fc.array(fc.tuple(fc.nat(states - 1), fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 9 }),
    )
    .map(([parts, cost]): Action => {
      const total = parts.reduce((sum, [, weight]) => sum + weight, 0)
      return { to: parts.map(([next]) => next), chance: parts.map(([, weight]) => weight / total), cost }
    })
  const mdps = fc
    .array(fc.array(action, { minLength: 1, maxLength: 2 }), { minLength: states, maxLength: states })
    .map((actions): Mdp => ({ actions }))
  const policies = (actions: Mdp['actions']): Action[][] =>
    actions.reduce<Action[][]>((all, own) => all.flatMap((chosen) => own.map((one) => [...chosen, one])), [[]])
  const target = states - 1

  /** Of one choice for each state: by Gauss's elimination where the target is certain, else infinite. */
  function costOf(chosen: readonly Action[]): number {
    const found = new Set([0])
    for (const state of found) if (state !== target) for (const next of chosen[state]!.to) found.add(next)
    const canReach = (from: number): boolean => {
      const seen = new Set([from])
      for (const state of seen) if (state !== target) for (const next of chosen[state]!.to) seen.add(next)
      return seen.has(target)
    }
    if (![...found].every(canReach)) return forEver
    const open = [...found].filter((state) => state !== target)
    const rows = open.map((state) => {
      const { to: next, chance, cost = 0 } = chosen[state]!
      const row = open.map((one) => (one === state ? 1 : 0) as number)
      next.forEach((one, k) => {
        const place = open.indexOf(one)
        if (place >= 0) row[place]! -= chance[k]!
      })
      return [...row, cost]
    })
    rows.forEach((_, i) => {
      const pivot = rows.findIndex((row, k) => k >= i && Math.abs(row[i]!) > 1e-12)
      ;[rows[i], rows[pivot]] = [rows[pivot]!, rows[i]!]
      rows.forEach((row, k) => {
        const factor = k === i ? 0 : row[i]! / rows[i]![i]!
        rows[i]!.forEach((value, j) => {
          row[j]! -= factor * value
        })
      })
    })
    const first = open.indexOf(0)
    return rows[first]!.at(-1)! / rows[first]![first]!
  }

  test('bounds of both sides are those of the best and the worst choice', () => {
    fc.assert(
      fc.property(mdps, (mdp) => {
        const all = policies(mdp.actions).map(costOf)
        for (const [choose, best] of [
          ['max', Math.max(...all)],
          ['min', Math.min(...all)],
        ] as const) {
          const { least, most } = expected(mdp, new Set([target]), choose, 0)!
          if (best === forEver) expect([least, most]).toEqual([forEver, forEver])
          else {
            expect(least).toBeLessThanOrEqual(best * (1 + 1e-9))
            expect(most).toBeGreaterThanOrEqual(best * (1 - 1e-9))
            expect(most - least).toBeLessThanOrEqual(1e-6 * best)
          }
        }
      }),
      { numRuns: 150 },
    )
  })

  test('who may go round at no cost is told apart', () => {
    const free: Mdp = {
      actions: [
        [
          { ...to([0, 1]), cost: 0 },
          { ...to([1, 1]), cost: 3 },
        ],
        [to([1, 1])],
      ],
    }
    expect(expected(free, new Set([1]), 'min', 0)).toBeNull()
    expect(expected(free, new Set([1]), 'max', 0)!.least).toBe(forEver)
  })
})
