import { type Budget, longer, type NumberKind } from './budget.ts'

/** Integers that have a byte each, or two, or four. */
type SmallIntegers = Uint8Array | Uint16Array | Uint32Array

const KINDS: readonly NumberKind<SmallIntegers>[] = [Uint8Array, Uint16Array, Uint32Array]

/** The largest integer that has room in so many bytes. */
const mostIn = ({ BYTES_PER_ELEMENT }: { readonly BYTES_PER_ELEMENT: number }): number =>
  2 ** (8 * BYTES_PER_ELEMENT) - 1

/** A list of integers from 0 on, most of them small: it grows out of a budget, and has a byte for each while that is enough. */
export class SmallList {
  readonly #budget: Budget
  #array: SmallIntegers = new Uint8Array(0)
  #most = mostIn(this.#array)
  length = 0

  constructor(budget: Budget) {
    this.#budget = budget
  }

  get bytes(): number {
    return this.#array.byteLength
  }

  /** @throws Stopped when the budget has no room */
  push(value: number): void {
    if (value > this.#most) this.#widen(value)
    if (this.length === this.#array.length) this.#grow()
    this.#array[this.length++] = value
  }

  at(i: number): number {
    return this.#array[i] as number
  }

  #grow(): void {
    this.#array = this.#budget.enlarged<SmallIntegers>(this.#array, Math.max(longer(this.length), 1 << 10))
  }

  #widen(value: number): void {
    const Kind = KINDS.find((kind) => value <= mostIn(kind))!
    this.#array = this.#budget.copied<SmallIntegers>(this.#array, Kind, this.#array.length)
    this.#most = mostIn(this.#array)
  }
}
