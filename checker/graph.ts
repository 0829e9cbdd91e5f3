import type { CompiledModel } from './compile.ts'
import type { SpecError } from './errors.ts'
import type { Incomplete } from './limits.ts'
import type { Label, Value } from './model.ts'
import type { StateStore } from './store.ts'
import type { Mirror } from './symmetry.ts'

/** What a search found: all states within the bounds, numbered breadth-first, so that the least number is a nearest one. */
export interface StateGraph {
  readonly compiled: CompiledModel
  readonly store: StateStore
  /** Where states that differ only in who is who are one: the number of a state is that of the one that stands for it. */
  readonly mirror: Mirror | null
  /** How many states have had their outcomes followed: the numbers below it. Equal to `store.count` when complete. */
  readonly expanded: number
  readonly transitions: number
  /** Of the deepest state: the initial states have depth 0. */
  readonly depth: number
  readonly seconds: number
  readonly memory: number
  readonly incomplete: Incomplete | null
  /** A rule or predicate threw, in the state numbered `expanded` (or in an initial state, when there is none). */
  readonly failure: SpecError | null
  /** Numbers of the initial states. */
  readonly initial: readonly number[]
  /** All edges, where the search was asked to keep them. */
  readonly edges: Edges | null
  /** Numbers of expanded states without an outcome. */
  readonly terminals: readonly number[]
  /** Lets another search have its memory: nothing is asked of this one any more. */
  release(): void
}

/** Edges of states, or nodes, 0…n−1, numbered one after another: those of state s are first(s) … first(s+1)−1. */
export interface Edges {
  /** How many have edges, or are known to have none. */
  readonly states: number
  first(state: number): number
  target(edge: number): number
  /** Fairness class, −1 if the step is not owed. */
  fair(edge: number): number
}

/** One step out of a state: the label, the next state's integers and number (−1 if the search did not store it), and its fairness class. */
export interface StepOut extends Following {
  readonly to: number
}

/** The same without a look whether the next state is stored: its integers. */
export interface Following {
  readonly label: Label
  readonly next: Int32Array
  readonly fair: number
}

/** The steps out of a state, recomputed from the tables. */
export function stepsFrom(graph: StateGraph, state: number): StepOut[] {
  const { compiled, store } = graph
  return outcomesOf(compiled, store.row(state)).map((step) => ({
    ...step,
    to: store.find(standsFor(graph, step.next)),
  }))
}

/** The integers of the state that a graph has for one that is reached. */
export const standsFor = ({ mirror }: StateGraph, row: Int32Array): Int32Array => mirror?.representative(row) ?? row

/** The same of a state that is given by its integers. */
export function outcomesOf(compiled: CompiledModel, row: Int32Array): Following[] {
  const steps: Following[] = []
  compiled.enable(row)
  for (const { code, labels } of [...compiled.enabled]) {
    let at = 0
    for (const label of labels) {
      const next = row.slice()
      const fair = code[at++] as number
      for (let sets = code[at++] as number; sets > 0; sets--) next[code[at++] as number] = code[at++] as number
      for (let sends = code[at++] as number; sends > 0; sends--) {
        const cell = code[at++] as number
        next[cell] = compiled.absorb(cell, next[cell] as number, code[at++] as number)
      }
      steps.push({ label, next, fair })
    }
  }
  return steps
}

/** The values of a state, one a cell. */
export function valuesOf(graph: StateGraph, state: number): readonly Value[] {
  return graph.compiled.decode(graph.store.row(state))
}
