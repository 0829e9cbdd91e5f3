import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shippedVariant, worldOf } from '../../analysis/world.ts'
import { dj } from '../../bench/dj.ts'
import { Budget } from '../../checker/budget.ts'
import { type CheckOptions, check } from '../../checker/check.ts'
import { alone, type Crew, type Phase } from '../../checker/crew.ts'
import { SpecError } from '../../checker/errors.ts'
import { type ExploreOptions, explore } from '../../checker/explore.ts'
import type { StateGraph } from '../../checker/graph.ts'
import { wallClock } from '../../checker/limits.ts'
import { type Chunk, NOT_KNOWN, type Shared, WHICH } from '../../checker/partitioned.ts'
import type { Sharing } from '../../checker/team.ts'
import { found } from './found.ts'
import { randomModel, throwing } from './random-model.ts'

/** Options of a search in a crew, and how often it looked for successors together. */
function together(members: number, sharing: Sharing, options: ExploreOptions = {}) {
  const counted = { times: 0 }
  const crew = alone(members, members % 2 === 0)
  const begin = (phase: Phase): void => {
    if (phase === 'find') counted.times++
    crew.begin(phase)
  }
  return {
    counted,
    options: { ...options, kernel: null, sharing, control: { ...wallClock, crew: () => ({ ...crew, begin }) } },
  }
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
    { numRuns: 500 },
  )
  expect(settled).toBeGreaterThan(300)
})

test('it does so on the yardstick model, where rows become wider on the way', () => {
  const model = dj('direct', 2, 0)
  const { counted, options } = together(2, { from: 100, most: 50, least: 20, block: 8 })
  expect(found(model, options)).toEqual(found(model, {}))
  expect(counted.times).toBeGreaterThan(20)
})

test('it does so where the slots become more on the way', () => {
  const model = dj('direct', 2, 1)
  const { options } = together(2, { from: 1000, most: 2000, least: 20, block: 50 })
  const [one, other] = [explore(model, options), explore(model)]
  const counts = ({ store, transitions, depth }: StateGraph) => [store.count, transitions, depth]
  expect(counts(one)).toEqual(counts(other))
  for (let s = 0; s < one.store.count; s += 101) expect([...one.store.row(s)]).toEqual([...other.store.row(s)])
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

test('a rule that throws ends both in the same state', () => {
  let failures = 0
  fc.assert(
    fc.property(randomModel(), members, sharings, fc.nat(6), (model, size, sharing, at) => {
      const throws = throwing(model, at)
      const { seen: _, ...one } = found(throws, together(size, sharing).options)
      const { seen: __, ...other } = found(throws, {})
      expect(one).toEqual(other)
      if (one.failure !== null) failures++
    }),
    { numRuns: 200 },
  )
  expect(failures).toBeGreaterThan(20)
})

test('what is interrupted, or out of memory, has found the first states that a search alone finds', () => {
  const reasons = new Set<string | null>()
  const memory = fc.integer({ min: 2_000, max: 600_000 })
  const most = fc.constantFrom(2, 10, 1e9)
  fc.assert(
    fc.property(randomModel(), members, sharings, most, memory, (model, size, sharing, looks, bytes) => {
      let left = looks
      const { options } = together(size, sharing, { keepEdges: false, limits: { memory: bytes } })
      // One look at the clock and at this for each step.
      const now = () => performance.now() / 1000
      const control = { ...options.control, now, interrupted: () => left-- <= 0 }
      const budget = new Budget(options.limits, control)
      const poll = () => Budget.prototype.poll.call(budget, 4096)
      const one = explore(model, { ...options, budget: Object.assign(budget, { poll }) })
      const other = explore(model)
      reasons.add(one.incomplete)
      expect(one.store.count).toBeLessThanOrEqual(other.store.count)
      for (let s = 0; s < one.store.count; s++) {
        expect([...one.store.row(s)]).toEqual([...other.store.row(s)])
        expect(one.store.parentOf(s)).toBe(other.store.parentOf(s))
        expect(one.store.find(one.store.row(s))).toBe(s)
      }
    }),
    { numRuns: 300 },
  )
  expect([...reasons].sort()).toEqual(['interrupted', 'memory', null])
})

/** A crew that does one thing wrong of a chunk of which the successors were made. */
function broken(crew: Crew, what: (chunk: Chunk) => void): Crew {
  let shared: Shared | null = null
  return {
    ...crew,
    hand: (given) => {
      shared = given
      crew.hand(given)
    },
    finish: (phase) => {
      crew.finish(phase)
      if (phase === 'expand') what(shared!.chunks[shared!.turn[WHICH] as 0 | 1])
    },
  }
}

const changed = (integers: Int32Array, when: (integer: number) => boolean, to: (integer: number) => number): void =>
  integers.set(integers.map((integer) => (when(integer) ? to(integer) : integer)))

test.each<[string, (chunk: Chunk) => void]>([
  [
    'drops a successor',
    ({ counts }) =>
      changed(
        counts,
        (count) => count > 1,
        (count) => count - 1,
      ),
  ],
  [
    'knows what it cannot know',
    ({ counts }) =>
      changed(
        counts,
        (count) => count === NOT_KNOWN,
        () => 0,
      ),
  ],
  [
    'takes a step of another class',
    ({ fair }) =>
      changed(
        fair,
        (id) => id > 0,
        (id) => id - 1,
      ),
  ],
])('the law notices a member that %s', (_, what) => {
  const wrong = () => {
    fc.assert(
      fc.property(randomModel(), (model) => {
        const control = { ...wallClock, crew: () => broken(alone(2, true), what) }
        const sharing = { from: 0, most: 64, least: 1, block: 2 }
        expect(found(model, { control, sharing })).toEqual(found(model, {}))
      }),
      { numRuns: 300 },
    )
  }
  expect(wrong).toThrow()
})

test.each(['sip/direct both-move', 'mipv6/home-address-one-agent both-move', 'sip-setup/paper-relookup both-move'])(
  'of %s, both say the same, to the last step of each run',
  (name) => {
    const [target, scenario] = name.split(' ')
    const shipped = shippedVariant(target!)
    const { internet, properties } = worldOf(shipped, shipped.variant.scenarios.find((one) => one.name === scenario)!)
    const said = (options: CheckOptions) =>
      check(internet.model, properties, options).map(
        ({ statistics: { seconds: _, memory: __, ...counts }, ...rest }) => ({
          ...rest,
          counts,
        }),
      )
    let times = 0
    const crew = alone(3, true)
    const begin = (phase: Phase) => {
      times++
      crew.begin(phase)
    }
    const sharing = { from: 50, most: 100, least: 10, block: 8 }
    const control = { ...wallClock, crew: () => ({ ...crew, begin }) }
    expect(said({ control, sharing })).toEqual(said({}))
    expect(times).toBeGreaterThan(2)
  },
)
