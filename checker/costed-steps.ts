import type { Budget } from './budget.ts'
import type { Compiled } from './compile.ts'
import { costOf } from './cost.ts'
import { type Edges, type StateGraph, stepsFrom } from './graph.ts'
import { SuccessorMaker } from './successor-maker.ts'

/** The steps out of one state of a graph after another, with what each costs; those to states that are not in the store are left out. */
export class CostedSteps {
  readonly #graph: StateGraph
  readonly #made: SuccessorMaker
  readonly #costs = new WeakMap<Compiled, readonly number[]>()
  /** Of the state in hand: how many, and of each the state that it leads to, its fairness class and its cost. */
  count = 0
  readonly to: number[] = []
  readonly fair: number[] = []
  readonly cost: number[] = []

  constructor(graph: StateGraph, budget: Budget) {
    this.#graph = graph
    this.#made = new SuccessorMaker(graph.compiled, graph.store, budget)
  }

  /** Takes a state in hand. One that was not expanded has none. */
  take(state: number): void {
    this.count = 0
    const { compiled, expanded, edges } = this.#graph
    if (state >= expanded) return
    compiled.enable(this.#made.take(state))
    if (edges !== null && state < edges.states) this.#alongEdges(state, edges)
    else this.#bySuccessors(state)
  }

  /** The edges of a state are in the order of what can happen there. */
  #alongEdges(state: number, edges: Edges): void {
    const { enabled } = this.#graph.compiled
    let e = edges.first(state)
    for (let i = 0; i < enabled.length; i++) {
      const costs = this.#costsOf(enabled[i]!)
      for (let k = 0; k < costs.length; k++, e++) this.#add(edges.target(e), edges.fair(e), costs[k] as number)
    }
  }

  #bySuccessors(state: number): void {
    const { compiled, store } = this.#graph
    const made = this.#made
    const count = made.make(state)
    if (count < 0) {
      // Some successor has no room in rows as they are: it is not in the store.
      for (const { label, to, fair } of stepsFrom(this.#graph, state)) this.#add(to, fair, costOf(label))
      return
    }
    store.lookUp(made.rows, count, made.hashes, made.found)
    const { enabled } = compiled
    let c = 0
    for (let i = 0; i < enabled.length; i++) {
      const costs = this.#costsOf(enabled[i]!)
      for (let k = 0; k < costs.length; k++, c++) {
        const found = made.found[c] as number
        const to = found >= 0 ? found : store.numberOf(made.rows, c * store.layout.size)
        this.#add(to, made.fair[c] as number, costs[k] as number)
      }
    }
  }

  #add(to: number, fair: number, cost: number): void {
    if (to < 0) return
    this.to[this.count] = to
    this.fair[this.count] = fair
    this.cost[this.count++] = cost
  }

  #costsOf(compiled: Compiled): readonly number[] {
    let costs = this.#costs.get(compiled)
    if (costs === undefined) {
      costs = compiled.labels.map(costOf)
      this.#costs.set(compiled, costs)
    }
    return costs
  }
}
