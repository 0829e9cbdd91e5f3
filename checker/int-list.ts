import { type Budget, longer } from './budget.ts'

/** A list that has any has room for so many. */
const LEAST = 16

/** A list of 32-bit integers that grows out of a budget; also a stack. */
export class IntList {
  readonly #budget: Budget
  #array = new Int32Array(0)
  length = 0

  constructor(budget: Budget) {
    this.#budget = budget
  }

  get bytes(): number {
    return this.#array.byteLength
  }

  /** @throws Stopped when the budget has no room */
  push(value: number): void {
    if (this.length === this.#array.length) this.#grow(this.length + 1)
    this.#array[this.length++] = value
  }

  /** @throws Stopped when the budget has no room */
  pushAll(values: Int32Array, from: number, count: number): void {
    const end = this.length + count
    if (end > this.#array.length) this.#grow(end)
    const array = this.#array
    for (let i = 0; i < count; i++) array[this.length + i] = values[from + i] as number
    this.length = end
  }

  /** Takes the last off; the list must not be empty, here and below. */
  pop(): number {
    return this.#array[--this.length] as number
  }

  top(): number {
    return this.#array[this.length - 1] as number
  }

  setTop(value: number): void {
    this.#array[this.length - 1] = value
  }

  at(i: number): number {
    return this.#array[i] as number
  }

  /** The integers so far, without a copy. */
  view(length = this.length): Int32Array {
    return this.#array.subarray(0, length)
  }

  #grow(least: number): void {
    this.#array = this.#budget.enlarged(this.#array, Math.max(longer(this.length), least, LEAST))
  }
}
