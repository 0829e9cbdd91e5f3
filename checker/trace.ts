import { costOf } from './cost.ts'
import { type StateGraph, stepsFrom, valuesOf } from './explore.ts'
import type { Lasso } from './lasso.ts'
import type { Label, Value } from './model.ts'
import type { Product } from './product.ts'
import type { Trace } from './verdict.ts'

/** The numbers of the states on a shortest path from an initial state. */
export function pathTo(graph: StateGraph, state: number): number[] {
  const path: number[] = []
  for (let s = state; s >= 0; s = graph.store.parents[s] as number) path.unshift(s)
  return path
}

/** The run along a path, with one more step where the integers of a further state are given. */
export function traceTo(
  graph: StateGraph,
  state: number,
  path: readonly number[] = pathTo(graph, state),
  further?: Int32Array,
): Trace {
  const states: (readonly Value[])[] = path.map((s) => valuesOf(graph, s))
  const steps = path.slice(1).map((to, i) => stepBetween(graph, path[i]!, to))
  if (further !== undefined) {
    states.push(graph.compiled.decode(further, 0))
    steps.push(stepBetween(graph, state, graph.store.find(further)))
  }
  return { cells: graph.compiled.model.cells, states, steps, loopStart: null }
}

/** The run along a lasso: the stem, then the cycle without a repetition of its first state. */
export function lassoTrace(graph: StateGraph, product: Product, lasso: Lasso): Trace {
  const visits = [...lasso.stem, ...lasso.cycle]
  const states = visits.map((visit) => product.state[visit.node] as number)
  const terminals = new Set(graph.terminals)
  // Once in a terminal state the run stays; further visits are only the automaton reading on.
  const end = states.findIndex((state) => terminals.has(state))
  const stays = end >= 0
  const kept = stays ? states.slice(0, end + 1) : states.slice(0, -1)
  const steps: Label[] = []
  for (let i = 1; i < (stays ? kept.length : visits.length); i++) {
    steps.push(stepBetween(graph, states[i - 1]!, states[i]!, visits[i]!.fair))
  }
  return {
    cells: graph.compiled.model.cells,
    states: kept.map((s) => valuesOf(graph, s)),
    steps,
    loopStart: stays ? end : lasso.stem.length - 1,
  }
}

function stepBetween(graph: StateGraph, from: number, to: number, fair?: number): Label {
  // Of several steps between two states the cheapest is told.
  const steps = stepsFrom(graph, from)
    .filter((step) => step.to === to)
    .sort((one, other) => costOf(one.label) - costOf(other.label))
  const step = steps.find((candidate) => candidate.fair === fair) ?? steps[0]
  if (step === undefined) throw new Error(`State ${to} does not follow state ${from}: a rule is not pure, or a bug.`)
  return step.label
}
