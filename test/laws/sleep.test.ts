// Sleep sets: all states, each as deep, by fewer steps; what is claimed of states and steps is decided as without them (docs/decisions/0017).
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkVariant, replayStory, variantOf } from '../../analysis/index.ts'
import { dj } from '../../bench/dj.ts'
import { canonical } from '../../checker/canonical.ts'
import { check } from '../../checker/check.ts'
import { explore } from '../../checker/explore.ts'
import { type StateGraph, valuesOf } from '../../checker/graph.ts'
import type { Model } from '../../checker/model.ts'
import type { Property } from '../../checker/property.ts'
import { full, sample } from '../full.ts'
import { brokenTwin, type Fault, someOf } from './broken-twin.ts'
import { claims, decided } from './claims.ts'
import { randomModel } from './random-model.ts'
import { shippedSearches } from './shipped.ts'

/** With so many cells and rules some commute; some change nothing. */
const models = fc.oneof(randomModel(6, 7), randomModel(6, 7, 2))

/** Each state, with how deep it is and whether it is an end. */
function statesOf(graph: StateGraph): string[] {
  const { store, terminals } = graph
  const depths: number[] = []
  const ends = new Set(terminals)
  return Array.from({ length: store.count }, (_, s) => {
    const parent = store.parentOf(s)
    depths.push(parent < 0 ? 0 : depths[parent]! + 1)
    return `${canonical(valuesOf(graph, s))} ${depths[s]} ${ends.has(s)}`
  }).sort()
}

/** In what a search with sleep sets differs from one without; null where it does not. */
function difference(model: Model, search: typeof explore): string | null {
  const [with_, without] = [search(model, { sleep: true }), explore(model)]
  if (with_.transitions > without.transitions) return 'more steps'
  return canonical(statesOf(with_)) === canonical(statesOf(without)) ? null : 'other states'
}

test('the same states are found, as deep', () => {
  let [taken, all] = [0, 0]
  fc.assert(
    fc.property(models, (model) => {
      expect(difference(model, explore)).toBeNull()
      taken += explore(model, { sleep: true }).transitions
      all += explore(model).transitions
    }),
    { numRuns: full ? 20_000 : 500 },
  )
  expect(taken).toBeLessThan(all * 0.95)
})

/** Two rules that look at one cell each, and leave their name in a third that none looks at. */
const blind: Model = {
  cells: ['one', 'other', 'last'],
  initial: [[0, 0, 'nobody']],
  rules: ['one', 'other'].map((name, cell) => ({
    name,
    reads: [cell, 2],
    fire: (look) =>
      look(cell) === 1
        ? []
        : [
            {
              label: { kind: 'step', text: name },
              sets: [
                [cell, 1],
                [2, name],
              ],
              sends: [],
            },
          ],
  })),
  absorb: (_, before) => before,
}

test('who was last counts where nobody looks', () => {
  expect(difference(blind, explore)).toBeNull()
})

/** More rules than a set has bits. The first and the last commute; one that has no bit of its own follows the last. */
const many: Model = {
  cells: Array.from({ length: 35 }, (_, cell) => `cell ${cell}`),
  initial: [Array.from({ length: 35 }, () => 0)],
  rules: Array.from({ length: 35 }, (_, cell) => ({
    name: `rule ${cell}`,
    reads: cell === 32 ? [32, 34] : [cell],
    fire: (look) => {
      const goes = [0, 34].includes(cell) || (cell === 32 && look(34) === 1)
      return look(cell) === 0 && goes
        ? [{ label: { kind: 'step', text: `rule ${cell}` }, sets: [[cell, 1]], sends: [] }]
        : []
    },
  })),
  absorb: (_, before) => before,
}

test('rules beyond the bits of a set never sleep', () => {
  expect(difference(many, explore)).toBeNull()
})

test('of the yardstick model half of the steps are enough', () => {
  const model = dj('direct', 2, 0)
  expect(difference(model, explore)).toBeNull()
  expect(explore(model, { sleep: true }).transitions).toBeLessThan(explore(model).transitions * 0.5)
})

function sameVerdicts(model: Model, properties: readonly Property[], judge: typeof check): boolean {
  return canonical(decided(judge(model, properties, { sleep: true }))) === canonical(decided(check(model, properties)))
}

test('claims of states and steps are decided as without, by runs as short', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(models, claims, (model, claimed) => {
      const properties = claimed(model)
      expect(sameVerdicts(model, properties, check)).toBe(true)
      for (const { property, kind } of check(model, properties, { sleep: true })) seen.add(`${property} ${kind}`)
    }),
    { numRuns: full ? 20_000 : 500 },
  )
  expect(seen.size).toBe(10)
})

const inSleep = (text: string, by: string): Fault => ({ file: 'sleep.ts', changes: [[text, by]] })

const FAULTS: Readonly<Record<string, Fault>> = {
  'what decides of a rule may be changed': inSleep('(one.reads & writes) === NONE && ', ''),
  'what a rule changes may decide of the other': inSleep('(other.reads | writes)', 'writes'),
  'a cell may be left to the last of two': inSleep('(other.reads | writes)', 'other.reads'),
  'later rules sleep too': inSleep('e < which; e++', 'e < enabled.length; e++'),
  'what sleeps in one layer sleeps in the next': inSleep('- 1)] = asleep', '- 1)] = this.at(state) | asleep'),
  'two rules have one bit': { file: 'compile.ts', changes: [['place >= MOST_BITS', 'place < 0']] },
  'patient rules are as the others': {
    file: 'compile.ts',
    changes: [
      ['patient === true ? ALL : NONE', 'patient === true ? NONE : NONE'],
      ['patient === true || place', 'patient === null || place'],
    ],
  },
}

const STEP_FAULTS: Readonly<Record<string, Fault>> = {
  'steps that change nothing sleep though every step is to be seen': inSleep(
    'touches(looked, writes)',
    '(looked & writes) !== NONE',
  ),
  'steps that are looked at sleep': inSleep('touches(looked, writes)', 'looked === writes + 0.5'),
  'what is looked at is known from the beginning': {
    file: 'explore.ts',
    changes: [['looksAt?.().steps ?? ALL)', '0)']],
  },
}

describe('they show it when', () => {
  test.each(someOf(FAULTS, 2))('%s', async (fault) => {
    const twin = await brokenTwin<{ explore: typeof explore }>('explore.ts', FAULTS[fault]!)
    const shown = fc.oneof(models, fc.constant(blind), fc.constant(many))
    const agrees = fc.property(shown, (model) => difference(model, twin.explore) === null)
    expect(fc.check(agrees, { numRuns: 5_000, seed: 1, endOnFailure: true }).failed).toBe(true)
  })

  test.each(someOf(STEP_FAULTS, 2))('%s', async (fault) => {
    const twin = await brokenTwin<{ check: typeof check }>('check.ts', STEP_FAULTS[fault]!)
    const agrees = fc.property(models, claims, (model, claimed) => sameVerdicts(model, claimed(model), twin.check))
    expect(fc.check(agrees, { numRuns: 5_000, seed: 1, endOnFailure: true }).failed).toBe(true)
  })
})

const cases = shippedSearches(({ time }) => time === undefined)

test.each(sample(cases, 41))('of protocols, too: $name', ({ protocol, variant, scenario }) => {
  const target = variantOf(protocol, variant.name)
  const limits = { states: full ? 2_000_000 : 20_000 }
  const without = checkVariant(target, scenario, { limits })
  const sleeping = checkVariant(target, scenario, { limits, reduce: ['sleep-sets'] })
  for (const [i, { property, kind, verdict, reason, steps, states, story }] of sleeping.entries()) {
    if (kind === 'liveness') {
      expect(verdict).toBe('incomplete')
      expect(reason).toContain('whole runs')
      continue
    }
    if (story !== null) expect(replayStory(target, story), property).toMatchObject({ kind: 'still happens' })
    const other = without[i]!
    if (other.verdict === 'incomplete') continue
    expect([verdict, steps, states], property).toEqual([other.verdict, other.steps, other.states])
  }
})
