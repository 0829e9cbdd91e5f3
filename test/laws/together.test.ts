import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dj } from '../../bench/dj.ts'
import { alone, type Phase } from '../../checker/crew.ts'
import { SpecError } from '../../checker/errors.ts'
import { type ExploreOptions, explore } from '../../checker/explore.ts'
import { wallClock } from '../../checker/limits.ts'
import type { Model } from '../../checker/model.ts'
import type { Sharing } from '../../checker/team.ts'
import { randomModel } from './random-model.ts'

/** All that a search finds, numbers included. */
function found(model: Model, options: ExploreOptions) {
  const seen: unknown[] = []
  const graph = explore(model, {
    keepEdges: true,
    visit: (state, row, terminal, changed) => {
      seen.push([state, [...row], terminal, changed])
      return false
    },
    visitEdge: (from, row, next, changed) => seen.push([from, [...row], [...next], changed]),
    ...options,
  })
  const { store, edges, transitions, depth, terminals, expanded, incomplete, failure } = graph
  const states = Array.from({ length: store.count }, (_, s) => [store.parentOf(s), ...store.row(s)])
  const findsItself = states.every((_, s) => store.find(store.row(s)) === s)
  const { start, target, fair } = edges!
  return {
    ...{ states, start: [...start], target: [...target], fair: [...fair], transitions, depth, terminals, expanded },
    ...{ incomplete, failure: failure?.message ?? null, findsItself, seen },
  }
}

/** Options of a search in a crew, and how often it looked for successors together. */
function together(members: number, sharing: Sharing, options: ExploreOptions = {}) {
  const counted = { times: 0 }
  const crew = alone(members, members % 2 === 0)
  const begin = (phase: Phase): void => {
    if (phase === 'find') counted.times++
    crew.begin(phase)
  }
  return { counted, options: { ...options, sharing, control: { ...wallClock, crew: () => ({ ...crew, begin }) } } }
}

const members = fc.integer({ min: 2, max: 5 })
const sharings = fc.record({
  from: fc.constantFrom(0, 1, 3),
  most: fc.constantFrom(1, 2, 7, 64),
  least: fc.constantFrom(1, 2, 5),
  block: fc.constantFrom(1, 2, 5),
})

test('a search together finds what a search alone finds, with the same numbers', () => {
  let settled = 0
  fc.assert(
    fc.property(randomModel(), members, sharings, (model, size, sharing) => {
      const { counted, options } = together(size, sharing)
      expect(found(model, options)).toEqual(found(model, {}))
      settled += counted.times
    }),
    { numRuns: 300 },
  )
  expect(settled).toBeGreaterThan(300)
})

test('it does so on the yardstick model, where rows become wider on the way', () => {
  const model = dj('direct', 2, 0)
  const { counted, options } = together(2, { from: 100, most: 50, least: 20, block: 8 })
  expect(found(model, options)).toEqual(found(model, {}))
  expect(counted.times).toBeGreaterThan(20)
})

test('a bound of states ends both at the same place', () => {
  fc.assert(
    fc.property(randomModel(), members, sharings, fc.integer({ min: 1, max: 30 }), (model, size, sharing, states) => {
      const limits = { states }
      const { seen: _, ...one } = found(model, together(size, sharing, { limits }).options)
      const { seen: __, ...other } = found(model, { limits })
      expect(one).toEqual(other)
    }),
    { numRuns: 200 },
  )
})

test('a visitor that wants no more, or throws, ends both at the same place', () => {
  fc.assert(
    fc.property(randomModel(), members, sharings, fc.nat(20), fc.boolean(), (model, size, sharing, last, throws) => {
      const visit = (state: number): boolean => {
        if (state === last && throws) throw new SpecError('here', {}, new Error('no'))
        return state >= last
      }
      const { seen: _, ...one } = found(model, together(size, sharing, { visit }).options)
      const { seen: __, ...other } = found(model, { visit })
      expect(one).toEqual(other)
    }),
    { numRuns: 200 },
  )
})
