import type { Budget } from './budget.ts'
import { costOf } from './cost.ts'
import { type Following, outcomesOf, type StateGraph, standsFor, valuesOf } from './graph.ts'
import type { Lasso, Visit } from './lasso.ts'
import type { Label, Value } from './model.ts'
import type { Product } from './product.ts'
import type { Trace } from './verdict.ts'

/** The numbers of the states on a shortest path from an initial state. */
export function pathTo(graph: StateGraph, state: number): number[] {
  const path: number[] = []
  for (let s = state; s >= 0; s = graph.store.parentOf(s)) path.push(s)
  return path.reverse()
}

/**
 * The run along a path, with one more step where the integers of a further state are given.
 * @throws Stopped when it is too long to be told
 */
export function traceTo(graph: StateGraph, path: readonly number[], budget: Budget, further?: Int32Array): Trace {
  const states = path.map((s) => stateOf(graph, s, budget))
  const steps = path.slice(1).map((to, i) => stepBetween(graph, path[i]!, to, budget))
  if (further !== undefined) {
    states.push(graph.compiled.decode(further))
    // A search that stopped there may not have stored it.
    steps.push(stepFrom(graph, path.at(-1)!, ({ next }) => areSame(next, further), budget))
  }
  return { cells: graph.compiled.model.cells, states, steps, loopStart: null }
}

/**
 * The run along a lasso: the stem, then the cycle without a repetition of its first state.
 * @throws Stopped when it is too long to be told
 */
export function lassoTrace(graph: StateGraph, product: Product, lasso: Lasso, budget: Budget): Trace {
  const state = ({ node }: Visit): number => product.stateOf(node)
  // What only stutters is the automaton reading on, in a state in which the run may rest.
  const moves = (visits: readonly Visit[], before: number): Visit[] => {
    let at = before
    return visits.filter((visit) => {
      const from = at
      at = state(visit)
      if (from !== at) return true
      const leadsThere = leadingTo(graph, at)
      return outcomesOf(graph.compiled, graph.store.row(from)).some(
        (step) => step.fair === visit.fair && leadsThere(step),
      )
    })
  }
  const stem = [lasso.stem[0]!, ...moves(lasso.stem.slice(1), state(lasso.stem[0]!))]
  const cycle = moves(lasso.cycle, state(lasso.stem.at(-1)!))
  const visits = [...stem, ...cycle]
  const states = visits.map(state)
  const kept = cycle.length === 0 ? states : states.slice(0, -1)
  return {
    cells: graph.compiled.model.cells,
    states: kept.map((s) => stateOf(graph, s, budget)),
    steps: visits.slice(1).map((visit, i) => stepBetween(graph, states[i]!, states[i + 1]!, budget, visit.fair)),
    loopStart: stem.length - 1,
  }
}

/** A list of references to values that the search holds anyway. */
function stateOf(graph: StateGraph, state: number, budget: Budget): readonly Value[] {
  budget.poll(graph.store.width)
  budget.take(graph.store.width * 8)
  return valuesOf(graph, state)
}

const areSame = (one: Int32Array, other: Int32Array): boolean => one.every((integer, cell) => integer === other[cell])

/** Whether an outcome is a state of a graph, without looking for it. */
function leadingTo(graph: StateGraph, state: number): (step: Following) => boolean {
  const row = graph.store.row(state)
  return ({ next }) => areSame(standsFor(graph, next), row)
}

const stepBetween = (graph: StateGraph, from: number, to: number, budget: Budget, fair?: number): Label =>
  stepFrom(graph, from, leadingTo(graph, to), budget, fair)

function stepFrom(
  graph: StateGraph,
  from: number,
  leadsThere: (step: Following) => boolean,
  budget: Budget,
  fair?: number,
): Label {
  // Of several steps to a state the cheapest is told.
  const all = outcomesOf(graph.compiled, graph.store.row(from))
  budget.poll(all.length)
  const steps = all.filter(leadsThere).sort((one, other) => costOf(one.label) - costOf(other.label))
  const step = steps.find((candidate) => candidate.fair === fair) ?? steps[0]
  if (step === undefined)
    throw new Error(`What was found to follow state ${from} does not: a rule is not pure, or a bug.`)
  return step.label
}
