import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dj } from '../../bench/dj.ts'
import { canonical } from '../../checker/canonical.ts'
import { check } from '../../checker/check.ts'
import { KeepingError } from '../../checker/errors.ts'
import { explore } from '../../checker/explore.ts'
import { checkOnDisk } from '../../checker/layers/check.ts'
import { KeyReader } from '../../checker/layers/key-file.ts'
import type { Sizes } from '../../checker/layers/merge.ts'
import type { Model, Value } from '../../checker/model.ts'
import {
  always,
  everyStep,
  infinitelyOften,
  never,
  noDeadlock,
  type Property,
  reachable,
  type StatePredicate,
} from '../../checker/property.ts'
import { after, enabledOutcomes } from '../../checker/reference.ts'
import type { Trace, Verdict } from '../../checker/verdict.ts'
import { CELL_VALUES, randomModel } from './random-model.ts'
import { scratch } from './scratch.ts'

const freshFolder = scratch()

/** So small that everything spills, is merged in parts, and is read a few words at a time. */
const TINY: Sizes = { tables: 64, block: 3, files: 2, chunk: 3 }

const isAt = (cell: number, value: Value): StatePredicate => ({
  name: `cell ${cell} is ${value}`,
  holds: (look) => look(cell) === value || `cell ${cell} is ${JSON.stringify(look(cell))}`,
})

/** True in all states: without it a search ends once all else is decided. */
const anchor: Property = { id: 'anchor', ...always({ name: 'true', holds: () => true }) }

const asked = (cell: number, value: number): Property[] => [
  anchor,
  { id: 'never', ...never(isAt(cell, value)) },
  { id: 'reachable', ...reachable(isAt(cell, value)) },
  { id: 'witnessed', ...always(anchorPredicate), witness: isAt(cell, value) },
  { id: 'ends', ...noDeadlock(isAt(cell, value)) },
  {
    id: 'no step down',
    ...everyStep({
      name: 'not down',
      holds: (before, later) => (before(cell) as number) <= (later(cell) as number) || 'it goes down',
    }),
  },
]
const anchorPredicate: StatePredicate = { name: 'also true', holds: () => true }

const onDisk = (model: Model, properties: readonly Property[], partitions = 1, sizes = TINY): Verdict[] =>
  checkOnDisk(model, properties, { folder: freshFolder(), about: {}, partitions, resume: false, sizes })

/** What has to be the same: of what is violated, how long the shortest run is, and that it is one. */
function told(verdict: Verdict) {
  const { property, kind, statistics } = verdict
  const { states, transitions, depth } = statistics
  const trace = 'trace' in verdict ? verdict.trace : undefined
  return { property, kind, states, transitions, depth, steps: trace?.steps.length }
}

function mustBeARun(model: Model, { states, steps }: Trace): void {
  expect(model.initial.map(canonical)).toContain(canonical(states[0]!))
  steps.forEach((label, i) => {
    const texts = enabledOutcomes(model, states[i]!).map((one) => [
      one.label.text,
      canonical(after(model, states[i]!, one)),
    ])
    expect(texts).toContainEqual([label.text, canonical(states[i + 1]!)])
  })
}

test('in layers on disk is found what is found in memory: counts, verdicts and the lengths of runs', () => {
  const spilled = { runs: 0 }
  fc.assert(
    fc.property(
      randomModel(4),
      fc.nat({ max: CELL_VALUES - 1 }),
      fc.constantFrom(1, 2, 3),
      (model, value, partitions) => {
        const properties = asked(value % model.cells.length, value)
        const [slow, fast] = [onDisk(model, properties, partitions), check(model, properties)]
        expect(slow.map(told)).toEqual(fast.map(told))
        for (const verdict of slow) if ('trace' in verdict) mustBeARun(model, verdict.trace!)
        if (slow[0]!.statistics.states > 20) spilled.runs++
      },
    ),
    { numRuns: 300 },
  )
  expect(spilled.runs).toBeGreaterThan(5)
})

test('of the yardstick too, where domains grow and keys get longer', () => {
  for (const partitions of [1, 3]) {
    const model = dj('direct', 2, 0)
    const { store, transitions, depth } = explore(model)
    const path = freshFolder()
    const [verdict] = checkOnDisk(model, [anchor], {
      folder: path,
      about: {},
      partitions,
      resume: false,
      sizes: { tables: 2 ** 14, block: 64, files: 4, chunk: 100 },
    })
    expect(verdict!.kind).toBe('holds')
    expect(verdict!.statistics).toMatchObject({ states: store.count, transitions, depth })
    const layouts = readdirSync(join(path, 'layers')).map((layer) => {
      const reader = new KeyReader(join(path, 'layers', layer, 'states-0'), null)
      reader.close()
      return reader.layout.bits.join()
    })
    expect(new Set(layouts).size).toBeGreaterThan(2)
  }
})

/** One that is stopped in the middle, in a folder; and how it is gone on with. */
function begun(states = 100) {
  const folder = freshFolder()
  const search = (resume: boolean, about = 'DJ', limits = {}): Verdict =>
    checkOnDisk(
      dj('direct', 1, 1),
      [anchor],
      { folder, about: { model: about }, partitions: null, resume, sizes: TINY },
      { limits },
    )[0]!
  expect(search(false, 'DJ', { states }).kind).toBe('incomplete')
  return { folder, search }
}

test('a search that was stopped at a bound goes on to the same end', () => {
  const { store, transitions, depth } = explore(dj('direct', 1, 1))
  for (const states of [1, 30, 200, 500]) {
    const verdict = begun(states).search(true)
    expect(verdict).toMatchObject({ kind: 'holds', statistics: { states: store.count, transitions, depth } })
  }
})

test('a folder that is not for it is refused, and why', () => {
  const { folder, search } = begun()
  expect(() => search(false)).toThrow('nobody is at it. Go on with it by --resume')
  expect(() => search(true, 'another')).toThrow('is another one: there, model: DJ; here: another')
  const go = (properties: readonly Property[], model: Model, partitions: number | null = null, path = folder) =>
    checkOnDisk(model, properties, { folder: path, about: { model: 'DJ' }, partitions, resume: true })
  expect(() => go([anchor], dj('direct', 1, 0))).toThrow('there, rules:')
  expect(() => go([], dj('direct', 1, 1))).toThrow('there, properties: anchor')
  expect(() => go([anchor], dj('direct', 1, 1), 7)).toThrow('is cut into 4 parts, and --partitions says 7')
  expect(() => go([anchor], dj('direct', 1, 1), null, freshFolder())).toThrow('There is no search')
  const full = freshFolder()
  mkdirSync(full)
  writeFileSync(join(full, 'thesis.tex'), '')
  expect(() => go([anchor], dj('direct', 1, 1), null, full)).toThrow('no search, but other things (thesis.tex)')
  const live: Property = { id: 'live', ...infinitelyOften(isAt(0, 0)) }
  expect(() => go([anchor, live], dj('direct', 1, 1))).toThrow(
    'cannot be asked of it (live). Ask for the others: --property anchor',
  )
  const timed = { ...dj('direct', 1, 1), time: { clocks: [], as: 'dense' as const } }
  expect(() => go([anchor], timed)).toThrow('with a clock cannot be kept on disk')
})

test('where its values cannot be kept, no rule is blamed', () => {
  const folder = freshFolder()
  let states = 0
  const inTheWay: Property = {
    id: 'in-the-way',
    ...always({
      name: 'nothing is in the way',
      holds: (look) => {
        look(0)
        if (states++ === 3) {
          rmSync(join(folder, 'values'))
          mkdirSync(join(folder, 'values'))
        }
        return true
      },
    }),
  }
  const search = () =>
    checkOnDisk(dj('direct', 1, 1), [inTheWay], { folder, about: {}, partitions: null, resume: false, sizes: TINY })
  expect(search).toThrow(KeepingError)
})

test('a file that is damaged is noticed, and said', () => {
  const kinds: readonly [file: RegExp, what: string][] = [
    [/^states-0$/, 'damaged'],
    [/^expanded-0/, 'damaged'],
    [/^values$/, 'damaged'],
    [/^search.json$/, 'damaged'],
  ]
  const damages: ((path: string) => void)[] = [
    (path) => truncateSync(path, Math.floor(readFileSync(path).length / 2)),
    (path) => {
      const bytes = readFileSync(path)
      bytes[Math.floor(bytes.length / 2)]! ^= 0x10
      writeFileSync(path, bytes)
    },
    (path) => {
      const bytes = readFileSync(path)
      writeFileSync(path, bytes.subarray(0, -4))
    },
  ]
  for (const [file, what] of kinds)
    for (const damage of damages) {
      const { folder, search } = begun()
      const path = (readdirSync(folder, { recursive: true }) as string[]).find((name) => file.test(basename(name)))!
      damage(join(folder, path))
      expect(() => search(true), `${path} ${damage}`).toThrow(what)
    }
  // What was cut off, as by a full disk, and then gone on with, harms nobody.
  const { folder, search } = begun()
  appendFileSync(join(folder, 'values'), '123 [0,{"addr')
  rmSync(join(folder, 'layers', '0', 'runs'), { recursive: true, force: true })
  expect(search(true).kind).toBe('holds')
})
