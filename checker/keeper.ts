import type { Budget } from './budget.ts'
import type { CompiledModel } from './compile.ts'
import type { EdgeList } from './edge-list.ts'
import type { StateGraph } from './graph.ts'
import type { Fairness, Value } from './model.ts'
import type { StateStore } from './store.ts'

/** Keeps a search in memory now and then, so that it can be gone on with: `checkpoint.ts` does, in a file. */
export interface Keeper {
  /** What was kept before, and is gone on with; null where it begins. */
  readonly from: KeptSearch | null
  isDue(): boolean
  /**
   * @param layerEnd the number of the first state that is deeper than the one to be expanded next, where that is known
   * @param steps what has been seen of properties of steps
   */
  keep(soFar: StateGraph, layerEnd: number, steps?: readonly SeenStep[]): void
}

/** A step that violates a property: of states observers learn again what they knew, of steps not. */
export interface SeenStep {
  readonly property: number
  readonly state: number
  readonly reason: string
  readonly next: readonly number[]
}

/** A search as it was before the state numbered `expanded` was. */
export interface KeptSearch {
  readonly values: readonly (readonly Value[])[]
  readonly fairness: readonly Fairness[]
  readonly expanded: number
  readonly transitions: number
  readonly depth: number
  readonly layerEnd: number
  readonly terminals: readonly number[]
  readonly steps: readonly SeenStep[]
  /** Tells, once, of all states that were found, and of the edges of those that were expanded, one after another: not all of it is in memory at a time. */
  read(tell: KeptStates): void
}

export interface KeptStates {
  /** Into which the integers of each state are put. */
  readonly row: Int32Array
  state(parent: number): void
  /** Only where edges were kept: those of a state, and its end. */
  edge(target: number, fair: number): void
  endOfState(): void
}

/** What is filled with what was kept. */
export interface Filled {
  readonly compiled: CompiledModel
  readonly store: StateStore
  readonly edges: EdgeList | null
  readonly budget: Budget
}

/** Puts what was kept where it was: the same integers for the same values, the same numbers for the same states. */
export function takeUp(kept: KeptSearch, { compiled, store, edges, budget }: Filled): void {
  compiled.know(kept.values, kept.fairness)
  store.widen()
  const row = new Int32Array(compiled.width)
  const packed = new Int32Array(store.layout.size)
  kept.read({
    row,
    state: (parent) => {
      budget.poll()
      store.layout.pack(row, packed, 0)
      store.add(packed, 0, parent)
    },
    edge: (target, fair) => edges?.add(target, fair),
    endOfState: () => {
      budget.poll()
      edges?.endOfState()
    },
  })
}

/** Lets a visitor see again what it saw: each state that was expanded, and whether nothing could happen in it. True once it wants no more. */
export function seeAgain(
  kept: KeptSearch,
  { budget }: Filled,
  visit: (state: number, terminal: boolean) => boolean,
): boolean {
  let ends = 0
  for (let state = 0; state < kept.expanded; state++) {
    budget.poll()
    const terminal = kept.terminals[ends] === state
    if (terminal) ends++
    if (visit(state, terminal)) return true
  }
  return false
}
