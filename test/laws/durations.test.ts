import fc from 'fast-check'
import { expect, test } from 'vitest'
import { extremesOf } from '../../analysis/timing/extremes.ts'
import { whileRunning } from '../../analysis/timing/measure.ts'
import { canonical } from '../../checker/canonical.ts'
import { check } from '../../checker/check.ts'
import type { Model, Value } from '../../checker/model.ts'
import { lastsAtMost, type Predicate } from '../../checker/property.ts'
import { after, enabledOutcomes } from '../../checker/reference.ts'
import { type Clocks, goesOn } from '../../checker/timed/reference.ts'
import { scheduleOf } from '../../checker/timed/schedule.ts'
import { full } from '../full.ts'
import { randomTimedModel } from './random-timed-model.ts'

const runs: Predicate = { name: 'cell 0 is 0', holds: (look) => look(0) === 0 || 'it is not' }

/** Longer than what comes to an end in models with clocks as short as these. */
const MOST = 60

/** Unit by unit, in every state: how long cell 0 has been 0. */
function lengths(model: Model): { longest: number; shortest: number } {
  const known = new Set<string>()
  const open: { cells: readonly Value[]; clocks: Clocks; since: number }[] = []
  let [longest, shortest] = [-1, Number.POSITIVE_INFINITY]
  const add = (cells: readonly Value[], before: Clocks, since: number): void => {
    const clocks: Clocks = Object.fromEntries(
      model
        .time!.clocks.flatMap((rule) => rule.running((cell) => cells[cell]!))
        .map((clock) => [clock.id, goesOn(clock, before[clock.id])]),
    )
    if (cells[0] === 0) longest = Math.max(longest, since)
    const key = canonical([cells, clocks as unknown as Value, since])
    if (known.has(key)) return
    known.add(key)
    open.push({ cells, clocks, since })
  }
  for (const cells of model.initial) add(cells, {}, 0)
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const { cells, clocks, since } = state
    for (const outcome of enabledOutcomes(model, cells)) {
      const { [outcome.clock ?? '']: own, ...others } = clocks
      if (own !== undefined && own.age! < own.earliest) continue
      const next = after(model, cells, outcome)
      if (cells[0] === 0 && next[0] !== 0) shortest = Math.min(shortest, since)
      add(
        next,
        own === undefined ? others : { ...others, [own.id]: { ...own, age: null } },
        cells[0] === 0 && next[0] === 0 ? since : 0,
      )
    }
    if (Object.values(clocks).some(({ age, latest }) => age === latest)) continue
    const older = Object.entries(clocks).map(([id, clock]) => [
      id,
      { ...clock, age: Math.min(clock.age! + 1, clock.latest ?? clock.earliest) },
    ])
    add(cells, Object.fromEntries(older), cells[0] === 0 ? Math.min(since + 1, MOST) : 0)
  }
  return { longest, shortest }
}

test('the longest and the shortest that something lasts are those of a search unit by unit', () => {
  const seen = { never: 0, bounded: 0, without: 0, standing: 0, shortest: 0 }
  fc.assert(
    fc.property(randomTimedModel(2, 2), (make) => {
      let found: ReturnType<typeof extremesOf>
      try {
        found = extremesOf(make('dense'), whileRunning(runs))
      } catch {
        // Time stops.
        return
      }
      if (!found.complete) return
      const { longest, shortest } = lengths(make('dense'))
      if (shortest !== Number.POSITIVE_INFINITY) seen.shortest++
      expect(found.shortest?.units ?? Number.POSITIVE_INFINITY).toBe(shortest)
      if (longest < 0) {
        seen.never++
        expect(found.longest).toBeNull()
      } else if (longest < MOST) {
        // Round and round in no time: in steps that is for ever.
        if (found.longest!.units === null && scheduleOf(found.longest!.trace)!.period === 0) seen.standing++
        else {
          seen.bounded++
          expect(found.longest!.units).toBe(longest)
        }
      } else {
        seen.without++
        expect(found.longest!.units).toBeNull()
      }
    }),
    { numRuns: full ? 20_000 : 300 },
  )
  expect(seen.bounded).toBeGreaterThan(20)
  expect(seen.without).toBeGreaterThan(20)
  expect(seen.shortest).toBeGreaterThan(20)
  expect(seen.standing).toBeLessThan(seen.bounded / 4)
})

test('a property of how long something lasts at most holds where a search unit by unit finds nothing longer', () => {
  const seen = { holds: 0, violated: 0 }
  fc.assert(
    fc.property(randomTimedModel(2, 2), fc.integer({ min: 0, max: 12 }), (make, most) => {
      const verdict = check(make('dense'), [{ id: 'in time', ...lastsAtMost(runs, most) }])[0]!
      // Time stops.
      if (verdict.kind === 'failed') return
      const { longest } = lengths(make('dense'))
      expect(verdict.kind).toBe(longest > most ? 'violated' : 'holds')
      seen[verdict.kind as keyof typeof seen]++
    }),
    { numRuns: full ? 20_000 : 300 },
  )
  for (const kind of ['holds', 'violated'] as const) expect(seen[kind], kind).toBeGreaterThan(20)
})
