import { automatonOf } from './automaton.ts'
import type { Budget } from './budget.ts'
import { type Cycles, cyclesOfProduct } from './cycles.ts'
import { type FairComponent, fairComponents, nearestFairComponent } from './fairness.ts'
import type { StateGraph } from './graph.ts'
import { heldBackAlong } from './held-back.ts'
import { type Lasso, lassoThrough } from './lasso.ts'
import { leastLasso } from './least.ts'
import type { Observer } from './observer.ts'
import { productOf } from './product.ts'
import { alwaysInTheEnd, type Formula, not, type Predicate } from './property.ts'
import { lassoTrace } from './trace.ts'
import type { Trace } from './verdict.ts'

/** Where to look for a run that violates a formula: its product with an automaton of the negation, and what accepts it. */
interface Searched {
  readonly predicates: readonly Predicate[]
  readonly cycles: Cycles
  readonly accepting: readonly ((node: number) => boolean)[]
}

/** A fair run on which a formula fails; `heldBack`: the rules that wait, held back, all the way round, null where there is no run to look at. */
export interface Violation {
  readonly reason: string
  readonly trace: Trace | null
  readonly heldBack: readonly string[] | null
}

/**
 * A fair run on which a formula fails, within what of the graph was expanded; null where there is none.
 * @param cycles those of the graph
 * @param least a least run by cost, if it can be afforded, instead of a shortest one
 * @throws Stopped when it is not known in time whether there is one
 */
export function fairViolation(
  graph: StateGraph,
  cycles: () => Cycles,
  formula: Formula,
  observer: Observer,
  budget: Budget,
  least: boolean,
): Violation | null {
  budget.look()
  const searched = searchedFor(graph, cycles, formula, observer, budget)
  const { accepting } = searched
  const { product } = searched.cycles
  const component = nearestFairComponent(searched.cycles, graph.edges!, graph.compiled.fairness, accepting, budget)
  if (component === null) return null
  // From here on it is known to be violated; what is left is to say how.
  const lasso = (least ? leastOf(graph, searched, budget) : null) ?? shortestOf(searched.cycles, component, budget)
  if (lasso === null)
    return { reason: 'a fair run violates it; there was no room or time left to tell it', trace: null, heldBack: null }
  const cycle = lasso.cycle.map((visit) => product.stateOf(visit.node))
  return {
    reason: observer.reasonIn(graph, searched.predicates, cycle),
    trace: budget.telling(() => lassoTrace(graph, product, lasso, budget)),
    heldBack: heldBackAlong(graph, cycle),
  }
}

function leastOf(graph: StateGraph, { cycles, accepting }: Searched, budget: Budget): Lasso | null {
  return budget.ifAffordable(() => {
    const components = fairComponents(cycles, graph.edges!, graph.compiled.fairness, accepting, budget)
    return leastLasso(graph, cycles.product, components, budget)
  })
}

const shortestOf = (cycles: Cycles, component: FairComponent, budget: Budget): Lasso | null =>
  budget.telling(() => lassoThrough(cycles, component, budget))

function searchedFor(
  graph: StateGraph,
  cycles: () => Cycles,
  formula: Formula,
  observer: Observer,
  budget: Budget,
): Searched {
  const edges = graph.edges!
  const stable = alwaysInTheEnd(formula)
  if (stable !== null) {
    const holds = observer.labels.heldInTheEnd(graph, stable, budget)
    return { predicates: [stable], cycles: cycles(), accepting: [(node: number) => !holds(node)] }
  }
  const automaton = automatonOf(not(formula), budget)
  const labels = observer.labels.of(graph, automaton.predicates, budget)
  const product = productOf(edges, labels, graph.initial, graph.expanded, automaton, budget)
  const accepting = automaton.accepting.map((set) => (node: number) => set.has(product.phaseOf(node)))
  return { predicates: automaton.predicates, cycles: cyclesOfProduct(product, budget), accepting }
}
