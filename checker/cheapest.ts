import type { Budget } from './budget.ts'

/** Tells of a step from the node in hand: to which node, at which cost, and the fairness class that owes it. True where no way to it was known that costs as little. */
export type Lead = (node: number, cost: number, fair: number) => boolean

/** A node on a way, and the fairness class of the step to it. */
export interface Reached {
  readonly node: number
  readonly fair: number
}

/** Dijkstra's search over numbered nodes, in flat arrays; of equal costs the node that was found first. */
export class CheapestWays {
  readonly #budget: Budget
  readonly #heap: Heap
  /** By node: the least cost so far, and the last step of that way. */
  #cost: Float64Array
  #before: Int32Array
  #fair: Int32Array

  /** @param nodes how many there are at first; others may be numbered from there on */
  constructor(nodes: number, budget: Budget) {
    this.#budget = budget
    this.#heap = new Heap(budget)
    this.#cost = budget.doubles(nodes).fill(Number.POSITIVE_INFINITY)
    this.#before = budget.ints(nodes)
    this.#fair = budget.ints(nodes)
  }

  /**
   * The nearest node that is wanted; −1 where there is none.
   *
   * @param onward tells of all steps from a node
   * @throws Stopped when the budget ends before that
   */
  search(
    roots: readonly number[],
    onward: (node: number, lead: Lead) => void,
    wanted: (node: number) => boolean,
  ): number {
    const heap = this.#heap
    let [here, cost, steps] = [-1, 0, 0]
    const lead: Lead = (node, step, fair) => {
      steps++
      if (node >= this.#cost.length) this.#makeRoom(node)
      const total = cost + step
      if (total >= (this.#cost[node] as number)) return false
      this.#cost[node] = total
      this.#before[node] = here
      this.#fair[node] = fair
      heap.push(total, node)
      return true
    }
    for (const root of roots) lead(root, 0, -1)
    while (heap.size > 0) {
      cost = heap.leastCost
      here = heap.pop()
      // It was come to by a better way since.
      if (cost > (this.#cost[here] as number)) continue
      if (wanted(here)) return here
      steps = 0
      onward(here, lead)
      this.#budget.poll(1 + steps)
    }
    return -1
  }

  /** The way to a node that was reached, from a root on. */
  wayTo(node: number): Reached[] {
    const way: Reached[] = []
    for (let at = node; at >= 0; at = this.#before[at] as number) way.push({ node: at, fair: this.#fair[at] as number })
    return way.reverse()
  }

  #makeRoom(node: number): void {
    const length = Math.max(64, 2 * (node + 1))
    const known = this.#cost.length
    this.#cost = this.#budget.enlarged(this.#cost, length).fill(Number.POSITIVE_INFINITY, known)
    this.#before = this.#budget.enlarged(this.#before, length)
    this.#fair = this.#budget.enlarged(this.#fair, length)
  }
}

/** A binary heap of nodes by cost, then by order of arrival. */
class Heap {
  readonly #budget: Budget
  #costs: Float64Array
  #orders: Int32Array
  #nodes: Int32Array
  #arrivals = 0
  size = 0

  constructor(budget: Budget) {
    this.#budget = budget
    this.#costs = budget.doubles(64)
    this.#orders = budget.ints(64)
    this.#nodes = budget.ints(64)
  }

  get leastCost(): number {
    return this.#costs[0] as number
  }

  push(cost: number, node: number): void {
    if (this.size === this.#costs.length) this.#makeRoom()
    const order = this.#arrivals++
    let at = this.size++
    while (at > 0) {
      const parent = (at - 1) >> 1
      // What comes later stays below what costs the same.
      if ((this.#costs[parent] as number) <= cost) break
      this.#move(parent, at)
      at = parent
    }
    this.#put(at, cost, order, node)
  }

  /** Takes the node of least cost out. */
  pop(): number {
    const node = this.#nodes[0] as number
    const last = --this.size
    const cost = this.#costs[last] as number
    const order = this.#orders[last] as number
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= last) break
      if (child + 1 < last && this.#isLess(child + 1, this.#costs[child] as number, this.#orders[child] as number))
        child++
      if (!this.#isLess(child, cost, order)) break
      this.#move(child, at)
      at = child
    }
    this.#put(at, cost, order, this.#nodes[last] as number)
    return node
  }

  #isLess(at: number, cost: number, order: number): boolean {
    const mine = this.#costs[at] as number
    return mine < cost || (mine === cost && (this.#orders[at] as number) < order)
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#costs[from] as number, this.#orders[from] as number, this.#nodes[from] as number)
  }

  #put(at: number, cost: number, order: number, node: number): void {
    this.#costs[at] = cost
    this.#orders[at] = order
    this.#nodes[at] = node
  }

  #makeRoom(): void {
    const length = this.#costs.length * 2
    this.#costs = this.#budget.enlarged(this.#costs, length)
    this.#orders = this.#budget.enlarged(this.#orders, length)
    this.#nodes = this.#budget.enlarged(this.#nodes, length)
  }
}
