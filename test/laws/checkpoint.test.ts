import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dj } from '../../bench/dj.ts'
import { type CheckOptions, check } from '../../checker/check.ts'
import { checkWithCheckpoints } from '../../checker/checkpoint.ts'
import { wallClock } from '../../checker/limits.ts'
import type { Model, Value } from '../../checker/model.ts'
import { everyStep, infinitelyOften, never, noDeadlock, type Property, reachable } from '../../checker/property.ts'
import type { Verdict } from '../../checker/verdict.ts'
import { CELL_VALUES, randomModel } from './random-model.ts'
import { scratch } from './scratch.ts'
import { takingTurns } from './taking-turns.ts'

const freshFile = scratch()

const isAt = (cell: number, value: Value) => ({
  name: `cell ${cell} is ${value}`,
  holds: (look: (cell: number) => Value) => look(cell) === value || `cell ${cell} is ${JSON.stringify(look(cell))}`,
})

const asked = (cell: number, value: number): Property[] => [
  { id: 'again and again', ...infinitelyOften(isAt(cell, value)) },
  { id: 'never', ...never(isAt(cell, value)) },
  { id: 'reachable', ...reachable(isAt(cell, value)), witness: isAt(0, 0) },
  { id: 'ends', ...noDeadlock(isAt(cell, value)) },
  {
    id: 'no step down',
    ...everyStep({
      name: 'not down',
      holds: (before, later) => (before(cell) as number) <= (later(cell) as number) || 'it goes down',
    }),
  },
]

/** All but how long it took. */
const told = (verdicts: readonly Verdict[]) =>
  verdicts.map((verdict) => ({ ...verdict, statistics: { ...verdict.statistics, seconds: 0, memory: 0 } }))

const keptIn = (file: string, model: Model, properties: readonly Property[], resume: boolean, options = {}) =>
  checkWithCheckpoints(model, properties, { file, about: { model: 'one' }, every: 1e9, resume }, options)

const chunks = { from: 0, states: 5, block: 2, successors: 40 }
/** A search with others, from its first state on. */
const together: CheckOptions = {
  control: { ...wallClock, crew: () => takingTurns(2, 1) },
  kernel: { ...chunks, together: chunks },
}

test('stopped anywhere and gone on with, a search says what it says in one go, to the last step of each run', () => {
  let goneOn = 0
  fc.assert(
    fc.property(
      randomModel(4),
      fc.nat({ max: CELL_VALUES - 1 }),
      fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 3 }),
      fc.constantFrom({}, together),
      (model, value, percents, options) => {
        const properties = asked(value % model.cells.length, value)
        const file = freshFile()
        const whole = check(model, properties)
        const { states } = whole[0]!.statistics
        // Stopped within it, unless it is too small for that.
        const stops = percents.sort((a, b) => a - b).map((percent) => Math.max(2, Math.floor((states * percent) / 100)))
        for (const [i, stop] of stops.entries())
          keptIn(file, model, properties, i > 0, { ...options, limits: { states: stop } })
        const verdicts = keptIn(file, model, properties, true, options)
        if (states > stops[0]!) goneOn++
        expect(told(verdicts)).toEqual(told(whole))
      },
    ),
    { numRuns: 200 },
  )
  expect(goneOn).toBeGreaterThan(50)
})

test('what is ended while it takes up what was kept leaves the file as it was', () => {
  const [model, file] = [dj('direct', 1, 1), freshFile()]
  const properties = asked(0, 0).slice(0, 1)
  keptIn(file, model, properties, false, { limits: { states: 300 } })
  const before = readFileSync(file)
  expect(keptIn(file, model, properties, true, { limits: { states: 100 } })[0]!.kind).toBe('incomplete')
  expect(readFileSync(file).equals(before)).toBe(true)
  expect(told(keptIn(file, model, properties, true))).toEqual(told(check(model, properties)))
})

test('a file that is damaged, of another search, or not there is refused', () => {
  const [model, file] = [dj('direct', 1, 1), freshFile()]
  const properties: Property[] = [{ id: 'p', ...infinitelyOften({ name: 'any', holds: () => true }) }]
  expect(() => keptIn(file, model, properties, true)).toThrow('There is no checkpoint')
  expect(keptIn(file, model, properties, false, { limits: { states: 100 } })[0]!.kind).toBe('incomplete')
  expect(() => keptIn(file, model, properties, false)).toThrow('There is a file')
  expect(() => keptIn(file, dj('direct', 1, 0), properties, true)).toThrow('of another search: there, rules:')
  expect(() => keptIn(file, model, [], true)).toThrow('of another search: there, properties:')
  expect(() => keptIn(freshFile(), { ...model, time: { clocks: [], as: 'dense' } }, properties, false)).toThrow(
    'with a clock',
  )
  const whole = readFileSync(file)
  for (let at = 0; at < whole.length; at += Math.ceil(whole.length / 15)) {
    const bytes = Buffer.from(whole)
    bytes[at]! ^= 4
    writeFileSync(file, bytes)
    expect(() => keptIn(file, model, properties, true), `byte ${at}`).toThrow('is damaged')
    writeFileSync(file, whole)
    truncateSync(file, at)
    expect(() => keptIn(file, model, properties, true), `${at} bytes`).toThrow('is damaged')
  }
  writeFileSync(file, whole)
  expect(keptIn(file, model, properties, true)[0]!.kind).toBe('holds')
})
