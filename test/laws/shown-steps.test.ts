// Of steps that are alike in all that a property looks at one is shown (checker/shown-steps.ts): what is decided is what is decided where all are.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { check } from '../../checker/check.ts'
import type { Kerneling } from '../../checker/kernel.ts'
import type { Look, Model } from '../../checker/model.ts'
import { everyStep, type Property } from '../../checker/property.ts'
import { full } from '../full.ts'
import { brokenTwin, type Fault, someOf } from './broken-twin.ts'
import { decided } from './claims.ts'
import { randomModel } from './random-model.ts'

const models = randomModel(5, 6)

/** From the first state on. */
const chunk = { from: 0, states: 5, block: 2, successors: 20 }
const remembering: Kerneling = { ...chunk, together: chunk }

/** Claims of steps that look at two cells more where the first does not decide: at more and more. */
const claims = fc
  .record({
    cells: fc.tuple(fc.nat(5), fc.nat(5), fc.nat(5)),
    first: fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }),
    others: fc.array(fc.constantFrom(true, true, true, false), { minLength: 81, maxLength: 81 }),
    rests: fc.boolean(),
  })
  .map(({ cells, first, others, rests }) => (model: Model): Property[] => {
    const [one, two, three] = cells.map((cell) => cell % model.cells.length) as [number, number, number]
    const at = (look: Look, cell: number): number => look(cell) as number
    const holds = (before: Look, after: Look) => {
      const [from, to] = [at(before, one), at(after, one)]
      if ((rests && from === to) || first[from * 3 + to]) return true
      const [more, most] = [at(before, two) * 3 + at(after, two), at(before, three) * 3 + at(after, three)]
      return others[more * 9 + most]! || 'does not'
    }
    return [{ id: 'steps', ...everyStep({ name: 'steps so', holds }) }]
  })

const agrees = (model: Model, properties: Property[], checked = check): boolean => {
  const [one, other] = [checked(model, properties, { kernel: remembering }), check(model, properties, { kernel: null })]
  return JSON.stringify(decided(one)) === JSON.stringify(decided(other))
}

test('what is decided of steps is what is decided where all are shown', () => {
  const kinds = new Set<string>()
  fc.assert(
    fc.property(models, claims, (model, claimed) => {
      const properties = claimed(model)
      kinds.add(check(model, properties, { kernel: remembering })[0]!.kind)
      return agrees(model, properties)
    }),
    { numRuns: full ? 20_000 : 1_000 },
  )
  expect([...kinds].sort()).toEqual(['holds', 'violated'])
})

/** Cells that go up one after another: more and more values, so that a state takes a second word on the way. */
const cells = Array.from({ length: 12 }, (_, cell) => `cell ${cell}`)
const lengthens: Model = {
  cells,
  initial: [cells.map(() => 0)],
  rules: cells.map((name, cell) => ({
    name,
    reads: cell === 0 ? [0] : [cell - 1, cell],
    fire: (look) => {
      const value = look(cell) as number
      const goesUp = value < 7 && (cell === 0 || (look(cell - 1) as number) > 5)
      return goesUp ? [{ label: { kind: 'step', text: name }, sets: [[cell, value + 1]], sends: [] }] : []
    },
  })),
  absorb: (_, before) => before,
}

test('it is so where rows become longer on the way', () => {
  const says = (most: number): Property => {
    const name = `the last is at most ${most}`
    const holds = (before: Look, after: Look) =>
      before(11) === after(11) || (after(11) as number) <= most || 'it goes on'
    return { id: name, ...everyStep({ name, holds }) }
  }
  for (const properties of [[says(3)], [says(7)], [says(5), says(6)]]) expect(agrees(lengthens, properties)).toBe(true)
  expect(check(lengthens, [says(6)])[0]!.kind).toBe('violated')
})

const inSteps = (text: string, by: string): Fault => ({ file: 'shown-steps.ts', changes: [[text, by]] })

const FAULTS: Readonly<Record<string, Fault>> = {
  'the state before is not compared': inSteps('steps[place + 2 * w] === from && ', ''),
  'the state after is not compared': inSteps(' && steps[place + 2 * w + 1] === to', ''),
  'what was remembered of fewer cells stays': inSteps('this.#steps.fill(0)', ''),
  'other cells are looked at, and nobody asks': inSteps(' && looked === this.#looked', ''),
  'who looks at more is taken to have looked at all': {
    file: 'explore.ts',
    changes: [['if (shown !== null && looksAt!().steps !== looked) shown = null', '']],
  },
  'who objects to what changes nothing is not asked of all': inSteps('if (looked === ALL) return false', ''),
}

describe('they show it when', () => {
  test.each(someOf(FAULTS, 2))('%s', async (fault) => {
    const twin = await brokenTwin<{ check: typeof check }>('check.ts', FAULTS[fault]!)
    const property = fc.property(models, claims, (model, claimed) => agrees(model, claimed(model), twin.check))
    expect(fc.check(property, { numRuns: 20_000, seed: 1, endOnFailure: true }).failed).toBe(true)
  })
})
