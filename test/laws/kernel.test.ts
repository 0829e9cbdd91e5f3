// The loop in WebAssembly (wasm/loop.ts) finds what its twin in TypeScript (checker/explore.ts) finds, numbers included.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dj } from '../../bench/dj.ts'
import { ALL, NONE } from '../../checker/cells.ts'
import { check } from '../../checker/check.ts'
import { alone } from '../../checker/crew.ts'
import { SpecError } from '../../checker/errors.ts'
import { type ExploreOptions, explore } from '../../checker/explore.ts'
import type { StateGraph } from '../../checker/graph.ts'
import { Kernel, type Kerneling } from '../../checker/kernel.ts'
import { wallClock } from '../../checker/limits.ts'
import type { Model } from '../../checker/model.ts'
import { BYTES } from '../../checker/wasm/bytes.ts'
import { compiledLoop } from '../../generate/compiled-loop.ts'
import { full } from '../full.ts'
import { brokenTwin } from './broken-twin.ts'
import { claims, decided } from './claims.ts'
import { found } from './found.ts'
import { randomModel, throwing } from './random-model.ts'

/** Some have cells and rules that commute. */
const models = fc.oneof(randomModel(), randomModel(6, 7))

const sizes: fc.Arbitrary<Kerneling> = fc.record({
  from: fc.constantFrom(0, 1, 4),
  states: fc.constantFrom(1, 2, 5, 64),
  successors: fc.constantFrom(1, 3, 10, 200),
})

const never: ExploreOptions = { kernel: null }
const numRuns = full ? 20_000 : 300

/** Nothing of steps is looked at, and no list of them is kept. */
const asleep: ExploreOptions = { sleep: true, keepEdges: false, looksAt: () => ({ states: ALL, steps: NONE }) }

function differs(model: Model, kernel: Kerneling, options: ExploreOptions = {}, search = explore): boolean {
  return (
    JSON.stringify(found(model, { ...options, kernel }, search)) !==
    JSON.stringify(found(model, { ...options, ...never }))
  )
}

test('a search by a kernel finds what a search without one finds, with the same numbers', () => {
  fc.assert(
    fc.property(models, sizes, (model, kernel) => {
      expect(found(model, { kernel })).toEqual(found(model, never))
    }),
    { numRuns },
  )
})

test('it does so with sleep sets, of whatever is looked at', () => {
  fc.assert(
    fc.property(models, sizes, fc.nat(63), (model, kernel, steps) => {
      const options = { ...asleep, looksAt: () => ({ states: ALL, steps }) }
      expect(found(model, { ...options, kernel })).toEqual(found(model, { ...options, ...never }))
    }),
    { numRuns },
  )
})

test('it does so where more and more steps are looked at on the way', () => {
  fc.assert(
    fc.property(models, claims, sizes, fc.boolean(), (model, claimed, kernel, sleep) => {
      const properties = claimed(model)
      const [one, other] = [
        { sleep, kernel },
        { sleep, kernel: null },
      ].map((options) => decided(check(model, properties, options)))
      expect(one).toEqual(other)
    }),
    { numRuns },
  )
})

test('it does so on the yardstick model, where rows become wider and slots more on the way', () => {
  const counts = ({ store, transitions, depth }: StateGraph) => [store.count, transitions, depth]
  const model = dj('direct', 2, 1)
  for (const sleep of [false, true]) {
    const kernel = { from: 10, states: 100, successors: 500 }
    const [one, other] = [explore(model, { sleep, kernel }), explore(model, { sleep, kernel: null })]
    expect(counts(one)).toEqual(counts(other))
    for (let s = 0; s < one.store.count; s += 101) {
      expect([...one.store.row(s)]).toEqual([...other.store.row(s)])
      expect(one.store.parentOf(s)).toBe(other.store.parentOf(s))
    }
  }
})

test('a bound of states ends both at the same place', () => {
  fc.assert(
    fc.property(models, sizes, fc.integer({ min: 1, max: 30 }), (model, kernel, states) => {
      const limits = { states }
      expect(found(model, { limits, kernel })).toEqual(found(model, { limits, ...never }))
    }),
    { numRuns },
  )
})

test('a visitor that wants no more, or throws, ends both at the same place', () => {
  fc.assert(
    fc.property(models, sizes, fc.nat(20), fc.boolean(), (model, kernel, last, throws) => {
      const visit = (state: number): boolean => {
        if (state === last && throws) throw new SpecError('here', {}, new Error('no'))
        return state >= last
      }
      expect(found(model, { visit, kernel })).toEqual(found(model, { visit, ...never }))
    }),
    { numRuns },
  )
})

test('a rule that throws ends both in the same state', () => {
  let failures = 0
  fc.assert(
    fc.property(models, sizes, fc.nat(6), (model, kernel, at) => {
      const throws = throwing(model, at)
      const one = found(throws, { kernel })
      expect(one).toEqual(found(throws, never))
      if (one.failure !== null) failures++
    }),
    { numRuns },
  )
  expect(failures).toBeGreaterThan(20)
})

test('what is interrupted, or out of memory, has found the first states that a search without one finds', () => {
  const reasons = new Set<string | null>()
  const memory = fc.integer({ min: 2_000, max: 600_000 })
  fc.assert(
    fc.property(models, sizes, memory, fc.constantFrom(2, 10, 1e9), (model, kernel, bytes, looks) => {
      let times = 0
      const control = { ...wallClock, interrupted: () => ++times > looks }
      const one = found(model, { kernel, control, limits: { memory: bytes } })
      const other = found(model, never)
      reasons.add(one.incomplete)
      expect(one.states).toEqual(other.states.slice(0, one.states.length))
      expect(one.findsItself).toBe(true)
    }),
    { numRuns },
  )
  expect(reasons.size).toBeGreaterThan(1)
})

test('it does so where others help, before it or not at all', () => {
  const sharings = fc.record({
    from: fc.constantFrom(0, 10, 1e9),
    most: fc.constantFrom(2, 50),
    least: fc.constant(1),
    block: fc.constant(2),
  })
  // The second is large enough for slots that are in more than one partition.
  fc.assert(
    fc.property(fc.oneof(models, fc.constant(dj('direct', 1, 1))), sizes, sharings, (model, kernel, sharing) => {
      const control = { ...wallClock, crew: () => alone(2, true) }
      expect(found(model, { kernel, sharing, control })).toEqual(found(model, never))
    }),
    { numRuns: 100 },
  )
})

test('a kernel that has no memory leaves all to the search', () => {
  const kernel = { from: 0, states: 5, successors: 10 }
  const open = Kernel.of
  Kernel.of = () => null
  try {
    fc.assert(
      fc.property(models, (model) => !differs(model, kernel)),
      { numRuns: 50 },
    )
  } finally {
    Kernel.of = open
  }
})

const source = readFileSync(resolve(import.meta.dirname, '../../wasm/loop.ts'), 'utf8')
const base64 = async (text: string) => Buffer.from(await compiledLoop(text)).toString('base64')

test('what is shipped is what wasm/loop.ts says', async () => {
  expect(BYTES).toBe(await base64(source))
})

const FAULTS: Readonly<Record<string, readonly [text: string, by: string, options?: ExploreOptions]>> = {
  'patient rules are as the others': ['at(group, 1) !== 0 && rank > lowest', 'rank < 0'],
  'what is touched is not put back': ['put(nextAt, cell, at(rowAt, cell))', 'put(nextAt, cell, at(nextAt, cell))'],
  'what is sent changes nothing': ['changed |= change(start, cell, integer)\n  }\n  put', '}\n  put'],
  'other fairness classes': ['put(fairAt, c, at(codeAt, i))', 'put(fairAt, c, at(codeAt, i) + 1)'],
  'all states of a slot are one': [
    '(entry & ~numberMask) === tag && areSame(packedAt + ((number * size) << 2), row)',
    'number >= 0',
  ],
  'a state is not found again': ['(entry & ~numberMask) === tag &&', 'entry === -2 &&'],
  'of many successors the last is left out': [
    'put(countsAt, state - from, more)',
    'put(countsAt, state - from, min(more, 2))',
  ],
  'repacked from the wrong end': ['size > words ? states - 1 - i : i', 'size > words ? i : states - 1 - i'],
  'nothing ever sleeps': ['let sleeping = ringMask < 0 ? 0 :', 'let sleeping = ringMask < 9999 ? 0 :', asleep],
  'rules sleep that decide of others': ['(at(codeAt, place + READS) & writes) === 0 && ', '', asleep],
  'what slept on another way is forgotten': ['number >= nextLayer', 'number < 0', asleep],
}

/** Its rows become longer than a word when cells have had more values: one after another goes up to 3. */
const lengthens: Model = {
  cells: Array.from({ length: 20 }, (_, cell) => `cell ${cell}`),
  initial: [Array.from({ length: 20 }, () => 0)],
  rules: Array.from({ length: 20 }, (_, cell) => ({
    name: `rule ${cell}`,
    reads: cell === 0 ? [0] : [cell - 1, cell],
    fire: (look) => {
      const value = look(cell) as number
      return value < 3 && (cell === 0 || look(cell - 1) === 3)
        ? [{ label: { kind: 'step', text: `rule ${cell}` }, sets: [[cell, value + 1]], sends: [] }]
        : []
    },
  })),
  absorb: (_, before) => before,
}

test('it does so where rows become longer on the way', () => {
  fc.assert(fc.property(sizes, (kernel) => !differs(lengthens, kernel)))
})

/** One of them never comes to an end. */
const bounded: ExploreOptions = { limits: { states: 1_000 } }

describe('they show it when', () => {
  test.each(Object.entries(FAULTS))('%s', async (_, [text, by, options]) => {
    expect(source).toContain(text)
    const changes = [[BYTES, await base64(source.replaceAll(text, by))]] as const
    const twin = await brokenTwin<{ explore: typeof explore }>('explore.ts', { file: 'wasm/bytes.ts', changes })
    const agrees = fc.property(
      fc.oneof(models, fc.constant(lengthens)),
      sizes,
      (model, kernel) => !differs(model, kernel, { ...options, ...bounded }, twin.explore),
    )
    expect(fc.check(agrees, { numRuns: 5_000, seed: 1, endOnFailure: true }).failed).toBe(true)
  })
})
