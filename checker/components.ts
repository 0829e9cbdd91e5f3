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

/** No number of a node that is on the way: of those whose component is known, and of those that do not belong to what is looked at. */
const OUTSIDE = 2 ** 31 - 1

/** Whether what `among` says of a node, or does not say of one that nobody looked at, is a place in a list of so many. */
export const isPlace = (said: number | undefined, length: number): boolean => said !== undefined && said < length

/** Strongly connected components of a graph, and of parts of it. Its memory, a word a node, is taken once. */
export class ComponentFinder {
  readonly #graph: DirectedGraph
  readonly #budget: Budget
  /** Of nodes of the part that is looked at 0, to begin with; of all others that they are outside, and of all of them in between. */
  readonly #words: Int32Array

  /** @param words one a node, which nobody else needs from now on */
  constructor(graph: DirectedGraph, budget: Budget, words: Int32Array) {
    this.#graph = graph
    this.#budget = budget
    this.#words = words.fill(OUTSIDE)
  }

  /** The components of the whole graph. Nodes on no cycle are left out, here and below: there are many, and no run can stay in them. */
  ofAll(): Components {
    return this.#within(
      (word) => this.#words.fill(word),
      (search) => {
        for (let node = 0; node < this.#graph.count; node++) search.from(node)
      },
    )
  }

  /** The components of the subgraph of some nodes. */
  of(nodes: Int32Array): Components {
    return this.#within(
      (word) => this.#fill(nodes, word),
      (search) => {
        for (let i = 0; i < nodes.length; i++) search.from(nodes[i] as number)
      },
    )
  }

  /** Does a piece of work that looks up where nodes are in a list: what it is given says it by node, and of all others, as far as it goes, something that is no place there. */
  among<Result>(nodes: Int32Array, work: (places: Int32Array) => Result): Result {
    for (let i = 0; i < nodes.length; i++) this.#words[nodes[i] as number] = i
    try {
      return work(this.#words)
    } finally {
      this.#fill(nodes, OUTSIDE)
    }
  }

  #fill(nodes: Int32Array, word: number): void {
    for (let i = 0; i < nodes.length; i++) this.#words[nodes[i] as number] = word
  }

  #within(fill: (word: number) => void, work: (search: Tarjan) => void): Components {
    const budget = this.#budget
    const found = new Components(budget)
    fill(0)
    try {
      budget.scope(() => work(new Tarjan(this.#graph, budget, this.#words, found)))
    } catch (error) {
      // It has been ended on the way.
      fill(OUTSIDE)
      throw error
    }
    budget.take(found.bytes)
    return found
  }
}

/** Tarjan's search, without recursion, in one word a node as by Pearce (2016), and stacks. */
class Tarjan {
  readonly #graph: DirectedGraph
  readonly #budget: Budget
  /** The least number, in the order in which nodes were come to, of those on the way that a node leads to; 0 of one that was not come to. */
  readonly #low: Int32Array
  readonly #found: Components
  readonly #stack: IntList
  /** The way to the node in hand: nodes, their own numbers, below 0 where they have an edge to themselves, and, of all but the last, which edge is next. */
  readonly #path: IntList
  readonly #own: IntList
  readonly #edgeAt: IntList

  constructor(graph: DirectedGraph, budget: Budget, low: Int32Array, found: Components) {
    this.#graph = graph
    this.#budget = budget
    this.#low = low
    this.#found = found
    this.#stack = new IntList(budget)
    this.#path = new IntList(budget)
    this.#own = new IntList(budget)
    this.#edgeAt = new IntList(budget)
  }

  /** What can be reached from a node, and was not before. */
  from(root: number): void {
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
        if (to >= count) continue
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
          low[done] = OUTSIDE
        } else this.#popComponent(done)
      }
      if (path.length === 0) return
      node = path.top()
      edge = edgeAt.pop()
      end = edges.first(node + 1)
      if ((low[done] as number) < (low[node] as number)) low[node] = low[done] as number
    }
  }

  /** The nodes of a component, the last that was entered first. */
  #popComponent(root: number): void {
    for (;;) {
      const member = this.#stack.pop()
      this.#low[member] = OUTSIDE
      this.#found.push(member)
      if (member === root) break
    }
    this.#found.endOfSet()
  }
}
