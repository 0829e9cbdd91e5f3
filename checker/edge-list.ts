import type { Budget } from './budget.ts'
import type { Edges } from './graph.ts'
import { IntList } from './int-list.ts'
import { SmallList } from './small-list.ts'

/** The edges of a search, as they are found: those of a state after those of the state before it. */
export class EdgeList {
  readonly #start: IntList
  readonly #target: IntList
  readonly #fair: SmallList

  constructor(budget: Budget) {
    this.#start = new IntList(budget)
    this.#target = new IntList(budget)
    this.#fair = new SmallList(budget)
  }

  /** Before the first state, and after each. */
  endOfState(): void {
    this.#start.push(this.#target.length)
  }

  add(target: number, fair: number): void {
    this.#target.push(target)
    this.#fair.push(fair)
  }

  /** The same of so many, one after another in both lists. */
  addAll(targets: Int32Array, fair: Int32Array, from: number, count: number): void {
    this.#target.pushAll(targets, from, count)
    this.#fair.pushAll(fair, from, count)
  }

  /** The edges of the states that came to an end. */
  finish(): Edges {
    const count = this.#start.length === 0 ? 0 : this.#start.at(this.#start.length - 1)
    return { start: this.#start.view(), target: this.#target.view(count), fair: this.#fair.view(count) }
  }
}
