// The loop in WebAssembly (wasm/loop.ts) finds what its twin in TypeScript (checker/explore.ts) finds, numbers included.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shippedVariant, worldOf } from '../../analysis/world.ts'
import { dj } from '../../bench/dj.ts'
import { ALL, NONE } from '../../checker/cells.ts'
import { check } from '../../checker/check.ts'
import type { ChunkSizes } from '../../checker/chunk.ts'
import { SpecError } from '../../checker/errors.ts'
import { type ExploreOptions, explore } from '../../checker/explore.ts'
import type { StateGraph } from '../../checker/graph.ts'
import { Kernel, type Kerneling } from '../../checker/kernel.ts'
import { wallClock } from '../../checker/limits.ts'
import type { Model } from '../../checker/model.ts'
import { BYTES } from '../../checker/wasm/bytes.ts'
import { loopOn } from '../../checker/wasm/loop.ts'
import { compiledLoop } from '../../generate/compiled-loop.ts'
import type { Scenario } from '../../spec/internet/scenario.ts'
import { full, sample } from '../full.ts'
import { brokenTwin } from './broken-twin.ts'
import { claims, decided } from './claims.ts'
import { found } from './found.ts'
import { randomModel, throwing } from './random-model.ts'
import { takingTurns } from './taking-turns.ts'

/** Some have cells and rules that commute. */
const models = fc.oneof(randomModel(), randomModel(6, 7))

const chunkSizes = {
  from: fc.constantFrom(0, 1, 4),
  states: fc.constantFrom(1, 2, 5, 64),
  block: fc.constantFrom(1, 2, 32),
  successors: fc.constantFrom(1, 3, 10, 200),
}
const sizes: fc.Arbitrary<Kerneling> = fc.record({ ...chunkSizes, together: fc.record(chunkSizes) })
/** How many work together, and how many blocks are made before the one that searches goes on. */
const crews = fc.record({ size: fc.integer({ min: 2, max: 4 }), early: fc.constantFrom(0, 1, 2, 1e9) })

/** With a kernel, alone or together with others. */
type Way = Pick<ExploreOptions, 'kernel' | 'control'>
let helped = 0
const waysOf = (open = loopOn): fc.Arbitrary<Way> =>
  fc.record({ kernel: sizes, crew: fc.option(crews) }).map(({ kernel, crew }) => {
    if (crew === null) return { kernel }
    const tell = (filling: boolean) => !filling && helped++
    return { kernel, control: { ...wallClock, crew: () => takingTurns(crew.size, crew.early, tell, open) } }
  })
const ways = waysOf()

/** From its first state on, so many at a time. */
const always = (chunk: ChunkSizes): Kerneling => ({ ...chunk, from: 0, together: { ...chunk, from: 0 } })

const never: ExploreOptions = { kernel: null }
const numRuns = full ? 20_000 : 300

/** Nothing of steps is looked at, and no list of them is kept. */
const asleep: ExploreOptions = { sleep: true, keepEdges: false, looksAt: () => ({ states: ALL, steps: NONE }) }

function differs(model: Model, way: Way, options: ExploreOptions = {}, search = explore): boolean {
  return (
    JSON.stringify(found(model, { ...options, ...way }, search)) !==
    JSON.stringify(found(model, { ...options, ...never }))
  )
}

test('a search by a kernel finds what a search without one finds, with the same numbers', () => {
  fc.assert(
    fc.property(models, ways, (model, way) => {
      expect(found(model, way)).toEqual(found(model, never))
    }),
    { numRuns },
  )
  expect(helped).toBeGreaterThan(100)
})

test('it does so with sleep sets, of whatever is looked at', () => {
  fc.assert(
    fc.property(models, ways, fc.nat(63), (model, way, steps) => {
      const options = { ...asleep, looksAt: () => ({ states: ALL, steps }) }
      expect(found(model, { ...options, ...way })).toEqual(found(model, { ...options, ...never }))
    }),
    { numRuns },
  )
})

test('it does so where more and more steps are looked at on the way', () => {
  fc.assert(
    fc.property(models, claims, ways, fc.boolean(), (model, claimed, way, sleep) => {
      const properties = claimed(model)
      const [one, other] = [
        { sleep, ...way },
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
  const kernel = always({ states: 100, block: 10, successors: 1000 })
  let fillings = 0
  const tell = (filling: boolean) => filling && fillings++
  const together = { kernel, control: { ...wallClock, crew: () => takingTurns(3, 2, tell) } }
  const all = [false, true].flatMap((sleep) => [
    { sleep, kernel },
    { sleep, ...together },
  ])
  for (const way of all) {
    const [one, other] = [explore(model, way), explore(model, { sleep: way.sleep, kernel: null })]
    expect(counts(one)).toEqual(counts(other))
    for (let s = 0; s < one.store.count; s += 101) {
      expect([...one.store.row(s)]).toEqual([...other.store.row(s)])
      expect(one.store.parentOf(s)).toBe(other.store.parentOf(s))
    }
  }
  expect(fillings).toBeGreaterThan(20)
})

test('a bound of states ends both at the same place', () => {
  fc.assert(
    fc.property(models, ways, fc.integer({ min: 1, max: 30 }), (model, way, states) => {
      const limits = { states }
      expect(found(model, { limits, ...way })).toEqual(found(model, { limits, ...never }))
    }),
    { numRuns },
  )
})

test('a visitor that wants no more, or throws, ends both at the same place', () => {
  fc.assert(
    fc.property(models, ways, fc.nat(20), fc.boolean(), (model, way, last, throws) => {
      const visit = (state: number): boolean => {
        if (state === last && throws) throw new SpecError('here', {}, new Error('no'))
        return state >= last
      }
      expect(found(model, { visit, ...way })).toEqual(found(model, { visit, ...never }))
    }),
    { numRuns },
  )
})

test('a rule that throws ends both in the same state', () => {
  let failures = 0
  fc.assert(
    fc.property(models, ways, fc.nat(6), (model, way, at) => {
      const throws = throwing(model, at)
      const one = found(throws, way)
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
    fc.property(models, ways, memory, fc.constantFrom(2, 10, 1e9), (model, way, bytes, looks) => {
      let times = 0
      const control = { ...wallClock, ...way.control, interrupted: () => ++times > looks }
      const one = found(model, { ...way, control, limits: { memory: bytes } })
      const other = found(model, never)
      reasons.add(one.incomplete)
      expect(one.states).toEqual(other.states.slice(0, one.states.length))
      expect(one.findsItself).toBe(true)
    }),
    { numRuns },
  )
  expect(reasons.size).toBeGreaterThan(1)
})

test('a kernel that has no memory leaves all to the search', () => {
  const kernel = always({ states: 5, block: 2, successors: 10 })
  const open = Kernel.of
  Kernel.of = () => null
  try {
    fc.assert(
      fc.property(models, (model) => !differs(model, { kernel })),
      { numRuns: 50 },
    )
  } finally {
    Kernel.of = open
  }
})

test('what has no room in its memory is left to the search', () => {
  const model = dj('direct', 2, 0)
  const counts = ({ store, transitions, depth }: StateGraph) => [store.count, transitions, depth]
  const bytes = fc.constantFrom(2_000, 10_000, 20_000, 40_000, 60_000, Number.POSITIVE_INFINITY)
  const memory = fc.record({ tables: bytes, slots: bytes, rows: bytes })
  fc.assert(
    fc.property(memory, ways, fc.boolean(), (memory, way, sleep) => {
      const graph = explore(model, { ...way, kernel: { ...way.kernel!, memory }, sleep })
      expect(counts(graph)).toEqual(counts(explore(model, { sleep, kernel: null })))
      graph.release()
    }),
    { numRuns: 100 },
  )
})

const source = readFileSync(resolve(import.meta.dirname, '../../wasm/loop.ts'), 'utf8')
const base64 = async (text: string) => Buffer.from(await compiledLoop(text)).toString('base64')

test('what is shipped is what wasm/loop.ts says', async () => {
  expect(BYTES).toBe(await base64(source))
})

const FAULTS: Readonly<Record<string, readonly [text: string, by: string, options?: ExploreOptions]>> = {
  'patient rules are as the others': ['at(group, 1) !== 0 && rank > lowest', 'rank < 0'],
  'what is touched is not put back': [
    'put(nextRowAt, cell, at(rowAt, cell))',
    'put(nextRowAt, cell, at(nextRowAt, cell))',
  ],
  'what is sent changes nothing': ['changed |= change(start, cell, integer)\n  }\n  put', '}\n  put'],
  'other fairness classes': ['put(fairAt, c, at(codeAt, i))', 'put(fairAt, c, at(codeAt, i) + 1)'],
  'all states of a slot are one': ['(entry & ~numberMask) === tag && (number >= known', '(true || number >= known'],
  'a state is not found again': ['(entry & ~numberMask) === tag &&', 'entry === -2 &&'],
  'a state that is new twice is two': ['if (number === count) {', 'if (true) {'],
  'of many successors the last is left out': [
    'put(countsAt, state - from, more)',
    'put(countsAt, state - from, min(more, 2))',
  ],
  'all is known of what is not': ['if (node === 0) return -1', 'if (node === 0) continue'],
  'members write to the same place': ['const start = member * room', 'const start = 0 * room'],
  'slots that are filled anew are taken for the old ones': ['anew ? firstSlot(at(hashesAt, c)) : ~number', '~number'],
  'a state is left out of slots that are filled anew': [
    'atomic.add<i32>(<usize>nextAt, FILLED)',
    'atomic.add<i32>(<usize>nextAt, FILLED + 1)',
  ],
  'a slot that is taken is taken again when all are filled anew': [
    'while (at(slotsAt, slot) !== -1 || !takes(slot, entry)) slot = slotAfter(slot)',
    'takes(slot, entry)',
  ],
  'states are counted too late': [
    'put(afterAt, state - from, count)',
    'if (state > first) put(afterAt, state - from, count)',
  ],
  'repacked from the wrong end': ['rowBytes > bytes ? states - 1 - i : i', 'rowBytes > bytes ? i : states - 1 - i'],
  'bytes of the next row are read': ['put(baseAt, words - 1, at(baseAt, words - 1) & mask)', '{}'],
  'bytes of the next row are compared': ['(at(stored, last) & lastMask) ===', 'at(stored, last) ==='],
  'bytes of the next row are written': ['if (lastMask === -1) put(place, 0, word)', 'if (true) put(place, 0, word)'],
  'the last byte of a row is left out': ['left !== 0; left >>= 8', 'left > 255; left >>= 8'],
  'nothing ever sleeps': ['let sleeping = ringMask < 0 ? 0 :', 'let sleeping = ringMask < 9999 ? 0 :', asleep],
  'rules sleep that decide of others': ['(at(codeAt, place + READS) & writes) === 0 && ', '', asleep],
  'what slept on another way is forgotten': ['number >= nextLayer', 'number === count - 1', asleep],
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
  fc.assert(fc.property(ways, (way) => !differs(lengthens, way)))
})

/** One of them never comes to an end. */
const bounded: ExploreOptions = { limits: { states: 1_000 } }

/** Its states need more slots than there are from the beginning. */
const many = dj('direct', 1, 2)

test('a search that gave its memory back twice gave it back once', () => {
  const kernel = always({ states: 100, block: 10, successors: 1000 })
  const search = (model: Model) => explore(model, { kernel })
  const first = search(dj('direct', 1, 1))
  first.release()
  const second = search(dj('direct', 2, 0))
  const rows = Array.from({ length: second.store.count }, (_, s) => [...second.store.row(s)])
  first.release()
  search(dj('direct', 1, 2)).release()
  expect(Array.from({ length: second.store.count }, (_, s) => [...second.store.row(s)])).toEqual(rows)
  second.release()
})

const makeBeforeBreak = ['mobike/single-homed', 'wireguard/roaming', 'hip/rvs-when-sent-again']

test.each(makeBeforeBreak)(
  'it does so where an old address lasts a round trip, between packets and timers: %s',
  (name) => {
    const shipped = shippedVariant(name)
    const twice = shipped.variant.scenarios.find((one) => one.name === 'both-move-twice')!
    const overlapping: Partial<Scenario> = { movement: 'make-before-break', overlap: 'round-trip' }
    const { model } = worldOf(shipped, { ...twice, ...overlapping, losses: 1, duplicates: 1 }).internet
    const kernel = always({ states: 100, block: 10, successors: 1000 })
    const limits = { states: 6_000 }
    const [one, other] = [kernel, null].map((kernel) => explore(model, { kernel, limits })) as [StateGraph, StateGraph]
    const counts = ({ store, transitions, depth }: StateGraph) => [store.count, transitions, depth]
    expect(counts(one)).toEqual(counts(other))
    one.release()
  },
)

describe('they show it when', () => {
  test('ranks are cut to whole numbers', async () => {
    const fault = { file: 'common.ts', changes: [['ranks.indexOf(rank)', 'Math.min(rank, 2 ** 31 - 1)'] as const] }
    const twin = await brokenTwin<{ explore: typeof explore }>('explore.ts', fault)
    const agrees = fc.property(models, ways, (model, way) => !differs(model, way, bounded, twin.explore))
    expect(fc.check(agrees, { numRuns: 5_000, seed: 1, endOnFailure: true }).failed).toBe(true)
  })

  test('every fault changes a line that is there', () => {
    for (const [text] of Object.values(FAULTS)) expect(source).toContain(text)
  })

  test.each(sample(Object.entries(FAULTS), 3))('%s', async (_, [text, by, options]) => {
    const fault = { file: 'wasm/bytes.ts', changes: [[BYTES, await base64(source.replaceAll(text, by))] as const] }
    const twin = await brokenTwin<{ explore: typeof explore }>('explore.ts', fault)
    const { loopOn: open } = await brokenTwin<{ loopOn: typeof loopOn }>('wasm/loop.ts', fault)
    const shown = fc.oneof(
      { weight: 20, arbitrary: models },
      { weight: 2, arbitrary: fc.constant(lengthens) },
      { weight: /anew|nextAt, FILLED|takes/.test(text) ? 20 : 0, arbitrary: fc.constant(many) },
    )
    const agrees = fc.property(shown, waysOf(open), (model, way) => {
      return !differs(model, way, { ...options, ...(model !== many && bounded) }, twin.explore)
    })
    expect(fc.check(agrees, { numRuns: 5_000, seed: 1, endOnFailure: true }).failed).toBe(true)
  })
})
