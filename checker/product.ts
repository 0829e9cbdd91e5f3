import type { Automaton } from './automaton.ts'
import type { Budget } from './budget.ts'
import { EdgeList } from './edge-list.ts'
import type { Edges, StateGraph } from './graph.ts'
import { IntList } from './int-list.ts'
import type { StateLabels } from './labels.ts'

/**
 * The state graph and an automaton, in step: a path of the product is a path of the graph that the automaton can read.
 * Nodes are numbered breadth-first from the initial ones.
 */
export interface Product {
  readonly count: number
  /** What they lead to that is not below `count` was never looked at. Steps that only stutter are owed to nobody. */
  readonly edges: Edges
  /** Whether a node has one more step, to itself: a run may stay there for ever, and nothing happens. */
  rests(node: number): boolean
  /** The state of the graph and of the automaton in a node. */
  stateOf(node: number): number
  phaseOf(node: number): number
  /** The node from which it was first reached, −1 for initial ones. */
  parentOf(node: number): number
}

/**
 * @param labels for each state, a bit mask of the predicates that hold in it
 * @param initial numbers of the initial states
 * @param expanded only states below this number have edges; steps that leave them are left out
 */
export function productOf(
  edges: Edges,
  labels: StateLabels,
  initial: readonly number[],
  expanded: number,
  automaton: Automaton,
  budget: Budget,
): Product {
  const phases = automaton.states.length
  const numbers = new NumberMap(expanded, phases, budget)
  const state = new IntList(budget)
  const phase = new IntList(budget)
  const parent = new IntList(budget)
  const found = new EdgeList(budget)

  const fits = (s: number, q: number): boolean => {
    const { mustHold, mustFail } = automaton.states[q]!
    const label = labels[s] as number
    return (label & mustHold) === mustHold && (label & mustFail) === 0
  }
  const node = (s: number, q: number, from: number): number => {
    const known = numbers.get(s, q)
    if (known >= 0) return known
    const number = state.length
    state.push(s)
    phase.push(q)
    parent.push(from)
    numbers.set(s, q, number)
    return number
  }

  for (const s of initial) {
    if (s >= expanded) continue
    budget.poll(phases)
    automaton.states.forEach((q, i) => {
      if (q.initial && fits(s, i)) node(s, i, -1)
    })
  }
  for (let n = 0; n < state.length; n++) {
    const s = state.at(n)
    const successors = automaton.states[phase.at(n)]!.successors
    const first = edges.first(s)
    const last = edges.first(s + 1)
    budget.poll(1 + (last - first + 1) * successors.length)
    const lead = (to: number, fairClass: number): void => {
      if (to >= expanded) return
      for (const q of successors) {
        if (!fits(to, q)) continue
        found.add(node(to, q, n), fairClass)
      }
    }
    for (let e = first; e < last; e++) lead(edges.target(e), edges.fair(e))
    if (mayRest(edges, s)) lead(s, -1)
    found.endOfState()
  }
  return {
    count: state.length,
    edges: found,
    // The automaton reads on while a run rests: those steps are among the others.
    rests: () => false,
    stateOf: (n) => state.at(n),
    phaseOf: (n) => phase.at(n),
    parentOf: (n) => parent.at(n),
  }
}

/**
 * Whether a run may stay in a state for ever: nothing that can happen there is owed. It is its own successor then, as one is in which nothing can happen at all.
 */
function mayRest(edges: Edges, state: number): boolean {
  const last = edges.first(state + 1)
  for (let e = edges.first(state); e < last; e++) if (edges.fair(e) >= 0) return false
  return true
}

/**
 * The product with an automaton of one state that reads anything: the state graph itself, stuttering where a run may rest. Enough
 * for 'again and again not p', which a state's own label decides.
 */
export function graphAsProduct({ expanded, store, edges }: StateGraph): Product {
  return {
    count: expanded,
    edges: edges!,
    rests: (s) => mayRest(edges!, s),
    stateOf: (s) => s,
    phaseOf: () => 0,
    parentOf: (s) => store.parentOf(s),
  }
}

class NumberMap {
  readonly #phases: number
  readonly #numbers: Int32Array

  constructor(states: number, phases: number, budget: Budget) {
    this.#phases = phases
    this.#numbers = budget.ints(states * phases).fill(-1)
  }

  get(s: number, q: number): number {
    return this.#numbers[s * this.#phases + q] as number
  }

  set(s: number, q: number, number: number): void {
    this.#numbers[s * this.#phases + q] = number
  }
}
