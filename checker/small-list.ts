import { type Budget, longer } from './budget.ts'

/** Integers that have a byte each, or as many bytes as the largest needs. */
export type SmallIntegers = Int8Array | Int16Array | Int32Array

/** A list of integers, most of them small: it grows out of a budget, and has a byte for each while that is enough. */
export class SmallList {
  readonly #budget: Budget
  #array: SmallIntegers = new Int8Array(0)
  #most = 2 ** 7 - 1
  length = 0

  constructor(budget: Budget) {
    this.#budget = budget
  }

  /**
   * @param value at least -1
   * @throws Stopped when the budget has no room
   */
  push(value: number): void {
    if (value > this.#most) this.#widen(value)
    if (this.length === this.#array.length) this.#grow(this.length + 1)
    this.#array[this.length++] = value
  }

  /** The same of many: each at least -1. */
  pushAll(values: Int32Array, from: number, count: number): void {
    const end = this.length + count
    if (end > this.#array.length) this.#grow(end)
    for (let i = from; i < from + count; i++) {
      const value = values[i] as number
      if (value > this.#most) this.#widen(value)
      this.#array[this.length++] = value
    }
  }

  /** The integers so far, without a copy. */
  view(length = this.length): SmallIntegers {
    return this.#array.subarray(0, length)
  }

  #grow(least: number): void {
    this.#array = this.#budget.enlarged<SmallIntegers>(this.#array, Math.max(longer(this.length), least, 1 << 10))
  }

  #widen(value: number): void {
    const Kind = value < 2 ** 15 ? Int16Array : Int32Array
    this.#array = this.#budget.copied<SmallIntegers>(this.#array, Kind, this.#array.length)
    this.#most = 2 ** (8 * Kind.BYTES_PER_ELEMENT - 1) - 1
  }
}
