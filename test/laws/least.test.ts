import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonical } from '../../checker/canonical.ts'
import { check } from '../../checker/check.ts'
import { costOf } from '../../checker/cost.ts'
import type { Fairness, Model, Value } from '../../checker/model.ts'
import { always, type Claim, eventuallyAlways, everyStep, type Predicate } from '../../checker/property.ts'
import { enabledOutcomes, referenceGraph } from '../../checker/reference.ts'
import type { Trace } from '../../checker/verdict.ts'
import { fairForEvers } from './oracle.ts'
import { randomModel } from './random-model.ts'

/** Runs that explain are least by faults, moves, messages and steps: held against brute force on the reference graph. */
const p: Predicate = { name: 'p', holds: (look) => (look(0) === 0 ? true : 'cell 0 is not 0') }
const isP = (values: readonly Value[]): boolean => values[0] === 0

interface Edge {
  readonly from: number
  readonly to: number
  readonly cost: number
  /** Class and strength of what the step is owed by. */
  readonly fair: string
}

const owed = (fair: Fairness | null | undefined): string =>
  fair === null || fair === undefined ? '' : `${fair.strength} ${fair.class}`

/** Every step with its cost, terminal states stuttering at the cost of a step. */
function edgesOf(model: Model) {
  const graph = referenceGraph(model)
  const number = new Map(graph.values.map((values, s) => [canonical(values as Value), s]))
  const edges = graph.values.flatMap((values, from): Edge[] =>
    enabledOutcomes(model, values).map((outcome) => {
      const next = [...values]
      for (const [cell, value] of outcome.sets) next[cell] = value
      for (const [cell, parcel] of outcome.sends) next[cell] = model.absorb(cell, next[cell]!, parcel)
      return { from, to: number.get(canonical(next as Value))!, cost: costOf(outcome.label), fair: owed(outcome.fair) }
    }),
  )
  return { graph, edges }
}

/** Cheapest ways from the initial states, by relaxing until nothing changes. */
function costs(initial: readonly number[], edges: readonly Edge[]): Map<number, number> {
  const cost = new Map(initial.map((s) => [s, 0]))
  for (let changed = true; changed; ) {
    changed = false
    for (const { from, to, cost: step } of edges) {
      const here = cost.get(from)
      if (here === undefined || here + step >= (cost.get(to) ?? Number.POSITIVE_INFINITY)) continue
      cost.set(to, here + step)
      changed = true
    }
  }
  return cost
}

const paid = (trace: Trace, from: number, to: number): number =>
  trace.steps.slice(from, to).reduce((sum, step) => sum + costOf(step), 0)
const least = (model: Model, claim: Claim) => check(model, [{ id: 'it', ...claim }], { least: true })[0]!

test('a safety violation is least', () => {
  fc.assert(
    fc.property(randomModel(), (model) => {
      const { graph, edges } = edgesOf(model)
      const cost = costs(graph.initial, edges)
      const wrong = graph.values.flatMap((values, s) => (isP(values) ? [] : [cost.get(s)!]))
      const verdict = least(model, always(p))
      expect(verdict.kind).toBe(wrong.length > 0 ? 'violated' : 'holds')
      if (verdict.kind !== 'violated') return
      expect(paid(verdict.trace!, 0, verdict.trace!.steps.length)).toBe(Math.min(...wrong))
    }),
    { numRuns: 300 },
  )
})

test('a violating step is reached at the least cost', () => {
  const keeps = {
    name: 'keeps',
    holds: (a: (c: number) => Value, b: (c: number) => Value) => a(0) === b(0) || 'it changes',
  }
  fc.assert(
    fc.property(randomModel(), (model) => {
      const { graph, edges } = edgesOf(model)
      const cost = costs(graph.initial, edges)
      const wrong = edges.flatMap(({ from, to, cost: step }) =>
        graph.values[from]![0] === graph.values[to]![0] ? [] : [cost.get(from)! + step],
      )
      const verdict = least(model, everyStep(keeps as never))
      expect(verdict.kind).toBe(wrong.length > 0 ? 'violated' : 'holds')
      if (verdict.kind !== 'violated') return
      expect(paid(verdict.trace!, 0, verdict.trace!.steps.length)).toBe(Math.min(...wrong))
    }),
    { numRuns: 300 },
  )
})

const tiny = randomModel(2, 2).filter((model) => {
  const graph = referenceGraph(model)
  const resting = graph.values.filter(
    (_, s) => !graph.edges.some((edge) => edge.from === s && edge.fair !== null),
  ).length
  return graph.edges.length + resting <= 10
})

test('the stem of a lasso is least: no state from which a fair violating cycle goes out is cheaper', () => {
  fc.assert(
    fc.property(tiny, (model) => {
      const { graph, edges } = edgesOf(model)
      const cost = costs(graph.initial, edges)
      const bad = fairForEvers(graph).filter(({ states }) => states.some((s) => !isP(graph.values[s]!)))
      const verdict = least(model, eventuallyAlways(p))
      expect(verdict.kind).toBe(bad.length > 0 ? 'violated' : 'holds')
      if (verdict.kind !== 'violated') return
      const { trace } = verdict
      const cheapest = Math.min(...bad.flatMap(({ states }) => states.map((s) => cost.get(s)!)))
      expect(paid(trace!, 0, trace!.loopStart!)).toBe(cheapest)
    }),
    { numRuns: 300 },
  )
})

test('the cycle is least: no closed walk from where the stem ends is fair, violating and cheaper', () => {
  fc.assert(
    fc.property(tiny, (model) => {
      const { graph, edges } = edgesOf(model)
      const verdict = least(model, eventuallyAlways(p))
      if (verdict.kind !== 'violated') return
      const trace = verdict.trace!
      const entry = trace.states[trace.loopStart!]!
      const start = graph.values.findIndex((values) => canonical(values as Value) === canonical(entry as Value))
      const cycle = paid(trace, trace.loopStart!, trace.steps.length)
      // A run that rests, in a state in which nothing is owed, has no step for ever.
      if (!graph.edges.some((edge) => edge.from === start && edge.fair !== null)) return
      const bad = fairForEvers(graph).filter(
        ({ states }) => states.includes(start) && states.some((s) => !isP(graph.values[s]!)),
      )
      for (const { edges: set } of bad) {
        // A closed walk over a strongly connected set takes each of its edges at least once.
        const lower = set.reduce((sum, one) => {
          const same = edges.filter(
            ({ from, to, fair }) => from === one.from && to === one.to && fair === owed(one.fair),
          )
          return sum + Math.min(...same.map(({ cost: step }) => step))
        }, 0)
        // So that one which takes each exactly once and no more is a bound that the least cycle has to meet.
        const simple = set.every((one) => set.filter((two) => two.from === one.from).length === 1)
        if (simple) expect(cycle).toBeLessThanOrEqual(lower)
      }
    }),
    { numRuns: 300 },
  )
})
