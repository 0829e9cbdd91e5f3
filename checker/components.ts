/** A directed graph in compressed rows: the edges of node n are start[n] … start[n+1]−1. */
export interface Rows {
  readonly start: Int32Array
  readonly target: Int32Array
}

/** Strongly connected components of parts of a graph (Tarjan, without recursion; its memory is taken once). */
export class ComponentFinder {
  readonly #graph: Rows
  readonly #index: Int32Array
  readonly #low: Int32Array
  readonly #onStack: Uint8Array

  constructor(graph: Rows) {
    this.#graph = graph
    this.#index = new Int32Array(graph.start.length)
    this.#low = new Int32Array(graph.start.length)
    this.#onStack = new Uint8Array(graph.start.length)
  }

  /**
   * The components of the subgraph of `nodes`, which are exactly those with `inside[n] === mark`. Nodes on no cycle are left
   * out: there are many, and no run can stay in them.
   */
  of(nodes: readonly number[], inside: Int32Array, mark: number): number[][] {
    const { start, target } = this.#graph
    const index = this.#index
    const low = this.#low
    const onStack = this.#onStack
    const found: number[][] = []
    const stack: number[] = []
    const path: number[] = []
    const edgeAt: number[] = []
    let visited = 0
    const enter = (node: number): void => {
      index[node] = low[node] = ++visited
      onStack[node] = 1
      stack.push(node)
      path.push(node)
      edgeAt.push(start[node] as number)
    }
    for (const root of nodes) {
      if (index[root] !== 0) continue
      enter(root)
      while (path.length > 0) {
        const node = path[path.length - 1]!
        const edge = edgeAt[edgeAt.length - 1]!
        if (edge < (start[node + 1] as number)) {
          edgeAt[edgeAt.length - 1] = edge + 1
          const to = target[edge] as number
          if (inside[to] !== mark) continue
          if (index[to] === 0) enter(to)
          else if (onStack[to] === 1 && (index[to] as number) < (low[node] as number)) low[node] = index[to] as number
          continue
        }
        path.pop()
        edgeAt.pop()
        const above = path[path.length - 1]
        if (above !== undefined && (low[node] as number) < (low[above] as number)) low[above] = low[node] as number
        if (low[node] !== index[node]) continue
        if (stack[stack.length - 1] === node && !this.#hasLoop(node)) {
          stack.pop()
          onStack[node] = 0
        } else found.push(popComponent(stack, onStack, node))
      }
    }
    for (const node of nodes) index[node] = 0
    return found
  }

  #hasLoop(node: number): boolean {
    const { start, target } = this.#graph
    for (let e = start[node] as number; e < (start[node + 1] as number); e++) if (target[e] === node) return true
    return false
  }
}

function popComponent(stack: number[], onStack: Uint8Array, root: number): number[] {
  const component: number[] = []
  for (;;) {
    const member = stack.pop()!
    onStack[member] = 0
    component.push(member)
    if (member === root) return component
  }
}
