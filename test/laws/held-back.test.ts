import fc from 'fast-check'
import { expect, test } from 'vitest'
import { check } from '../../checker/check.ts'
import type { Look, Model, Outcome, Rule, Value } from '../../checker/model.ts'
import { always, eventually, eventuallyAlways } from '../../checker/property.ts'
import { enabledOutcomes, referenceGraph } from '../../checker/reference.ts'
import { fairForEvers } from './oracle.ts'
import { randomModel } from './random-model.ts'

/** What waits for ever, and is held back all the time: by search, and by the definition, over all sets of edges that a run takes for ever. */

const MOST_EDGES = 11

/** Most rules are patient, and each that is says that it waits where it has an outcome: the same one all the time. */
const saying = (model: Model): Model => ({
  ...model,
  rules: model.rules.map((rule, i) => ({
    ...rule,
    rank: i,
    patient: i > 0,
    waits: (look: Look) => (rule.fire(look).length > 0 ? 'it' : null),
  })),
})

const tiny = randomModel(2, 4)
  .map(saying)
  .filter((model) => {
    const graph = referenceGraph(model)
    const resting = graph.values.filter(
      (_, s) => !graph.edges.some((edge) => edge.from === s && edge.fair !== null),
    ).length
    return graph.edges.length + resting <= MOST_EDGES
  })

/** Whether a rule has outcomes in a state, none of which can be taken. */
const isHeldBack = (model: Model, { patient, fire, name }: Rule, values: readonly Value[]): boolean =>
  patient === true &&
  fire((cell) => values[cell]!).length > 0 &&
  !enabledOutcomes(model, values).some(({ label }) => label.text.startsWith(`${name}.`))

const holds = { id: 'holds', ...always({ name: 'anything', holds: () => true as const }) }
const isZero = { name: 'zero', holds: (look: Look) => look(0) === 0 || 'it is not' }

test('what waits for ever and never comes is found, as the brute-force oracle finds it', () => {
  let seen = 0
  fc.assert(
    fc.property(tiny, (model) => {
      const graph = referenceGraph(model)
      const forEvers = fairForEvers(graph)
      const expected = model.rules
        .filter((rule) => forEvers.some(({ states }) => states.every((s) => isHeldBack(model, rule, graph.values[s]!))))
        .map(({ name }) => name)
      expect(check(model, [holds])[0]!.heldBack ?? []).toEqual(expected)
      if (expected.length > 0) seen++
    }),
    { numRuns: 400 },
  )
  expect(seen).toBeGreaterThan(20)
})

test('of a run that is shown, what it says waits and never comes does so in each state that it goes round', () => {
  let seen = 0
  fc.assert(
    fc.property(randomModel().map(saying), (model) => {
      const [verdict] = check(model, [{ id: 'p', ...eventuallyAlways(isZero) }])
      if (verdict!.kind !== 'violated' || verdict!.trace === undefined) return
      const { states, loopStart } = verdict!.trace
      const expected = model.rules
        .filter((rule) => states.slice(loopStart!).every((values) => isHeldBack(model, rule, values)))
        .map(({ name }) => name)
      expect(verdict!.heldBack ?? []).toEqual(expected)
      if (expected.length > 0) seen++
    }),
    { numRuns: 500 },
  )
  expect(seen).toBeGreaterThan(10)
})

/**
 * A short timer that fires `most` times, and a long one that waits from the beginning; `key` says which long one it is, after so many of the short one.
 */
function timers(most: number, key: (fired: number) => string): Model {
  const outcome = (name: string, sets: Outcome['sets']): Outcome => ({
    label: { kind: 'timer', text: name },
    sets,
    sends: [],
    fair: { class: name, strength: 'strong' },
  })
  const fired = (look: Look): number => look(0) as number
  const isOver = (look: Look): boolean => look(1) === 'over'
  return {
    cells: ['fired', 'long'],
    initial: [[0, 'waits']],
    absorb: (_, value) => value,
    rules: [
      {
        name: 'short',
        reads: [0],
        rank: 1,
        patient: true,
        fire: (look) =>
          fired(look) === most ? [] : [outcome('short', [[0, (fired(look) + 1) % (most === Infinity ? 3 : 10)]])],
      },
      {
        name: 'long',
        reads: [0, 1],
        rank: 2,
        patient: true,
        waits: (look) => (isOver(look) ? null : key(fired(look))),
        fire: (look) => (isOver(look) ? [] : [outcome('long', [[1, 'over']])]),
      },
    ],
  }
}

test.each([
  ['a short timer that begins anew for ever holds back a longer one', Number.POSITIVE_INFINITY, () => '', ['long']],
  ['one that ends does not', 3, () => '', undefined],
  ['nor is it one that waits, where that begins anew itself', Number.POSITIVE_INFINITY, String, undefined],
] as const)('%s', (_, most, key, expected) => {
  const model = timers(most, key)
  const never = {
    id: 'never',
    ...always({ name: 'not over', holds: (look: Look) => look(1) !== 'over' || 'it is over' }),
  }
  const comes = { id: 'comes', ...eventually({ name: 'over', holds: (look: Look) => look(1) === 'over' || 'not yet' }) }
  const [safety] = check(model, [never])
  expect([safety!.kind, safety!.heldBack]).toEqual([most === 3 ? 'violated' : 'holds', expected])
  const [, liveness] = check(model, [never, comes])
  expect([liveness!.kind, liveness!.heldBack]).toEqual([most === 3 ? 'holds' : 'violated', expected])
})
