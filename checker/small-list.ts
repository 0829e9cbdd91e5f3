import { type Budget, longer, type NumberKind } from './budget.ts'

/** Integers that have a byte each, or two, or four. */
export type SmallIntegers = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array

type Kind = NumberKind<SmallIntegers>
const SIGNED: readonly Kind[] = [Int8Array, Int16Array, Int32Array]
const UNSIGNED: readonly Kind[] = [Uint8Array, Uint16Array, Uint32Array]

const isSigned = (array: SmallIntegers): boolean => SIGNED.includes(array.constructor as Kind)
const mostOf = (bytes: number, signed: boolean): number => 2 ** (8 * bytes - (signed ? 1 : 0)) - 1

/** The largest integer that an array has room for. */
export const mostIn = (array: SmallIntegers): number => mostOf(array.BYTES_PER_ELEMENT, isSigned(array))

/** A copy that has room for an integer that is too large for an array, out of a budget. */
export function widened(array: SmallIntegers, value: number, budget: Budget): SmallIntegers {
  const signed = isSigned(array)
  const Kind = (signed ? SIGNED : UNSIGNED).find((kind) => value <= mostOf(kind.BYTES_PER_ELEMENT, signed))!
  return budget.copied<SmallIntegers>(array, Kind, array.length)
}

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
    this.#array = widened(this.#array, value, this.#budget)
    this.#most = mostIn(this.#array)
  }
}
