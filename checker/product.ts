import type { Automaton } from './automaton.ts'
import type { Edges } from './explore.ts'

/**
 * The state graph and an automaton, in step: a path of the product is a path of the graph that the automaton can read.
 * Nodes are numbered breadth-first from the initial ones.
 */
export interface Product {
  readonly count: number
  /** The state of the graph and of the automaton in each node. */
  readonly state: Int32Array
  readonly phase: Int32Array
  /** The node from which each was first reached, −1 for initial ones. */
  readonly parent: Int32Array
  readonly start: Int32Array
  readonly target: Int32Array
  /** Fairness class of the step, −1 if it is not owed or only stutters. */
  readonly fair: Int32Array
}

/**
 * @param labels for each state, a bit mask of the predicates that hold in it
 * @param initial numbers of the initial states
 * @param expanded only states below this number have edges; steps that leave them are left out
 */
export function productOf(
  edges: Edges,
  labels: Int32Array,
  initial: readonly number[],
  expanded: number,
  automaton: Automaton,
): Product {
  const phases = automaton.states.length
  const numbers = new NumberMap(expanded, phases)
  const state: number[] = []
  const phase: number[] = []
  const parent: number[] = []
  const start: number[] = [0]
  const target: number[] = []
  const fair: number[] = []

  const fits = (s: number, q: number): boolean => {
    const { mustHold, mustFail } = automaton.states[q]!
    const label = labels[s] as number
    return (label & mustHold) === mustHold && (label & mustFail) === 0
  }
  const node = (s: number, q: number, from: number): number => {
    const known = numbers.get(s, q)
    if (known >= 0) return known
    const number = state.push(s) - 1
    phase.push(q)
    parent.push(from)
    numbers.set(s, q, number)
    return number
  }

  for (const s of initial) {
    if (s >= expanded) continue
    automaton.states.forEach((q, i) => {
      if (q.initial && fits(s, i)) node(s, i, -1)
    })
  }
  for (let n = 0; n < state.length; n++) {
    const s = state[n]!
    const successors = automaton.states[phase[n]!]!.successors
    const first = edges.start[s] as number
    const last = edges.start[s + 1] as number
    // A run that ends stutters there for ever: a terminal state is its own successor.
    for (let e = first; e < Math.max(last, first + 1); e++) {
      const to = first === last ? s : (edges.target[e] as number)
      if (to >= expanded) continue
      for (const q of successors) {
        if (!fits(to, q)) continue
        target.push(node(to, q, n))
        fair.push(first === last ? -1 : (edges.fair[e] as number))
      }
    }
    start.push(target.length)
  }
  return {
    count: state.length,
    state: Int32Array.from(state),
    phase: Int32Array.from(phase),
    parent: Int32Array.from(parent),
    start: Int32Array.from(start),
    target: Int32Array.from(target),
    fair: Int32Array.from(fair),
  }
}

class NumberMap {
  readonly #phases: number
  readonly #numbers: Int32Array

  constructor(states: number, phases: number) {
    this.#phases = phases
    this.#numbers = new Int32Array(states * phases).fill(-1)
  }

  get(s: number, q: number): number {
    return this.#numbers[s * this.#phases + q] as number
  }

  set(s: number, q: number, number: number): void {
    this.#numbers[s * this.#phases + q] = number
  }
}
