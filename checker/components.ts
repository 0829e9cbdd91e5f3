import type { Budget } from './budget.ts'
import { IntList } from './int-list.ts'

/** A directed graph in compressed rows: the edges of node n are start[n] … start[n+1]−1. */
export interface Rows {
  readonly start: Int32Array
  readonly target: Int32Array
}

/** Strongly connected components of parts of a graph (Tarjan, without recursion; its memory is taken once). */
export class ComponentFinder {
  readonly #graph: Rows
  readonly #budget: Budget
  readonly #index: Int32Array
  readonly #low: Int32Array
  readonly #onStack: Int32Array
  readonly #stack: IntList
  readonly #path: IntList
  readonly #edgeAt: IntList

  constructor(graph: Rows, budget: Budget) {
    this.#graph = graph
    this.#budget = budget
    this.#index = budget.ints(graph.start.length)
    this.#low = budget.ints(graph.start.length)
    this.#onStack = budget.ints(graph.start.length)
    this.#stack = new IntList(budget)
    this.#path = new IntList(budget)
    this.#edgeAt = new IntList(budget)
  }

  /** The components of the whole graph, but for nodes on no cycle. */
  ofAll(): Int32Array[] {
    const count = this.#graph.start.length - 1
    const all = this.#budget.ints(count)
    for (let node = 0; node < count; node++) all[node] = node
    return this.of(all, this.#budget.ints(count), 0)
  }

  /**
   * The components of the subgraph of `nodes`, which are exactly those with `inside[n] === mark`. Nodes on no cycle are left
   * out: there are many, and no run can stay in them.
   */
  of(nodes: Int32Array, inside: Int32Array, mark: number): Int32Array[] {
    const { start, target } = this.#graph
    const index = this.#index
    const low = this.#low
    const onStack = this.#onStack
    const found: Int32Array[] = []
    const stack = this.#stack
    const path = this.#path
    const edgeAt = this.#edgeAt
    let visited = 0
    const enter = (node: number): void => {
      index[node] = low[node] = ++visited
      onStack[node] = 1
      stack.push(node)
      path.push(node)
      edgeAt.push(start[node] as number)
    }
    for (let i = 0; i < nodes.length; i++) {
      const root = nodes[i] as number
      if (index[root] !== 0) continue
      enter(root)
      while (path.length > 0) {
        this.#budget.poll()
        const node = path.top()
        const edge = edgeAt.top()
        if (edge < (start[node + 1] as number)) {
          edgeAt.setTop(edge + 1)
          const to = target[edge] as number
          if (inside[to] !== mark) continue
          if (index[to] === 0) enter(to)
          else if (onStack[to] === 1 && (index[to] as number) < (low[node] as number)) low[node] = index[to] as number
          continue
        }
        path.pop()
        edgeAt.pop()
        if (path.length > 0) {
          const above = path.top()
          if ((low[node] as number) < (low[above] as number)) low[above] = low[node] as number
        }
        if (low[node] !== index[node]) continue
        if (stack.top() === node && !this.#hasLoop(node)) {
          stack.pop()
          onStack[node] = 0
        } else found.push(this.#popComponent(node))
      }
    }
    for (let i = 0; i < nodes.length; i++) index[nodes[i] as number] = 0
    return found
  }

  #hasLoop(node: number): boolean {
    const { start, target } = this.#graph
    for (let e = start[node] as number; e < (start[node + 1] as number); e++) if (target[e] === node) return true
    return false
  }

  /** The nodes of a component, the last that was entered first. */
  #popComponent(root: number): Int32Array {
    const stack = this.#stack
    let from = stack.length - 1
    while (stack.at(from) !== root) from--
    const component = this.#budget.ints(stack.length - from)
    for (let i = 0; i < component.length; i++) {
      const member = stack.pop()
      this.#onStack[member] = 0
      component[i] = member
    }
    return component
  }
}
