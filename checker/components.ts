import type { Budget } from './budget.ts'
import type { Edges } from './graph.ts'
import { IntList } from './int-list.ts'

/** A directed graph; what is not below `count` is no node. */
export interface DirectedGraph {
  readonly count: number
  readonly edges: Edges
  /** Whether a node has one more edge, to itself. */
  rests(node: number): boolean
}

/** Sets of nodes, one after another in one list. */
export class Components implements Iterable<Int32Array> {
  readonly #nodes: IntList
  readonly #ends: IntList

  constructor(budget: Budget) {
    this.#nodes = new IntList(budget)
    this.#ends = new IntList(budget)
  }

  get bytes(): number {
    return this.#nodes.bytes + this.#ends.bytes
  }

  /** Adds a node to the set that is to come. */
  push(node: number): void {
    this.#nodes.push(node)
  }

  endOfSet(): void {
    this.#ends.push(this.#nodes.length)
  }

  *[Symbol.iterator](): Iterator<Int32Array> {
    const nodes = this.#nodes.view()
    for (let i = 0, from = 0; i < this.#ends.length; i++) {
      const end = this.#ends.at(i)
      yield nodes.subarray(from, end)
      from = end
    }
  }
}

/** No number of a node that is on the way: of those whose component is known. */
const DONE = 2 ** 31 - 1

/**
 * Strongly connected components of parts of a graph (Tarjan, without recursion, in one word a node as by Pearce, 2016, and stacks; its memory is taken once).
 */
export class ComponentFinder {
  readonly #graph: DirectedGraph
  readonly #budget: Budget
  /** The least number, in the order in which nodes were come to, of those on the way that a node leads to; 0 of one that was not come to. */
  readonly #low: Int32Array
  readonly #stack: IntList
  /** The way to the node in hand: nodes, their own numbers, below 0 where they have an edge to themselves, and, of all but the last, which edge is next. */
  readonly #path: IntList
  readonly #own: IntList
  readonly #edgeAt: IntList

  constructor(graph: DirectedGraph, budget: Budget) {
    this.#graph = graph
    this.#budget = budget
    this.#low = budget.ints(graph.count)
    this.#stack = new IntList(budget)
    this.#path = new IntList(budget)
    this.#own = new IntList(budget)
    this.#edgeAt = new IntList(budget)
  }

  /** The components of the whole graph, but for nodes on no cycle. */
  ofAll(): Components {
    const found = new Components(this.#budget)
    for (let node = 0; node < this.#graph.count; node++) this.#from(node, null, 0, found)
    this.#low.fill(0)
    return found
  }

  /**
   * The components of the subgraph of `nodes`, which are exactly those with `inside[n] === mark`. Nodes on no cycle are left
   * out: there are many, and no run can stay in them.
   */
  of(nodes: Int32Array, inside: Int32Array, mark: number): Components {
    const found = new Components(this.#budget)
    for (let i = 0; i < nodes.length; i++) this.#from(nodes[i] as number, inside, mark, found)
    for (let i = 0; i < nodes.length; i++) this.#low[nodes[i] as number] = 0
    return found
  }

  /** What can be reached from a node, and was not before. */
  #from(root: number, inside: Int32Array | null, mark: number, found: Components): void {
    const graph = this.#graph
    const { edges, count } = graph
    const low = this.#low
    const [stack, path, own, edgeAt] = [this.#stack, this.#path, this.#own, this.#edgeAt]
    if (low[root] !== 0) return
    let visited = 0
    /** The node in hand, its next edge, and the end of its edges. */
    let [node, edge, end] = [root, 0, 0]
    const enter = (next: number): void => {
      low[next] = ++visited
      stack.push(next)
      path.push(next)
      own.push(visited)
      node = next
      edge = edges.first(next)
      end = edges.first(next + 1)
      this.#budget.poll(1 + end - edge)
    }
    enter(root)
    for (;;) {
      if (edge < end) {
        const to = edges.target(edge++)
        if (inside === null ? to >= count : inside[to] !== mark) continue
        if (to === node) own.setTop(-Math.abs(own.top()))
        else if (low[to] === 0) {
          edgeAt.push(edge)
          enter(to)
        } else if ((low[to] as number) < (low[node] as number)) low[node] = low[to] as number
        continue
      }
      const done = path.pop()
      const number = own.pop()
      if (low[done] === Math.abs(number)) {
        if (stack.top() === done && number > 0 && !graph.rests(done)) {
          stack.pop()
          low[done] = DONE
        } else this.#popComponent(done, found)
      }
      if (path.length === 0) return
      node = path.top()
      edge = edgeAt.pop()
      end = edges.first(node + 1)
      if ((low[done] as number) < (low[node] as number)) low[node] = low[done] as number
    }
  }

  /** The nodes of a component, the last that was entered first. */
  #popComponent(root: number, found: Components): void {
    for (;;) {
      const member = this.#stack.pop()
      this.#low[member] = DONE
      found.push(member)
      if (member === root) break
    }
    found.endOfSet()
  }
}
