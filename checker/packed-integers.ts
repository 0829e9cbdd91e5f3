import type { Budget } from './budget.ts'

const BITS = 32

/** Integers that do not change any more, each by how much it is more than the least of them, in as many bits as the largest of these needs. */
export class PackedIntegers {
  readonly #words: Int32Array
  readonly #least: number
  readonly #width: number
  readonly #mask: number

  private constructor(words: Int32Array, least: number, width: number) {
    this.#words = words
    this.#least = least
    this.#width = width
    this.#mask = width === BITS ? -1 : 2 ** width - 1
  }

  /** Integers that may change, as they are. */
  static over(integers: Int32Array): PackedIntegers {
    return new PackedIntegers(integers, 0, BITS)
  }

  /**
   * @param integers at least one, that differ by less than 2^31
   * @throws Stopped when the budget has no room
   */
  static of(integers: Int32Array, budget: Budget): PackedIntegers {
    let [least, most] = [integers[0] as number, integers[0] as number]
    for (let i = 1; i < integers.length; i++) {
      const integer = integers[i] as number
      if (integer < least) least = integer
      if (integer > most) most = integer
    }
    const width = BITS - Math.clz32(most - least)
    // Also where all are the same one is looked at.
    const words = budget.ints(Math.max(1, Math.ceil((integers.length * width) / BITS)))
    let [word, bits, shift] = [0, 0, 0]
    for (let i = 0; i < integers.length; i++) {
      const more = (integers[i] as number) - least
      bits |= more << shift
      shift += width
      if (shift < BITS) continue
      words[word++] = bits
      shift -= BITS
      bits = more >>> (width - shift)
    }
    if (shift > 0) words[word] = bits
    return new PackedIntegers(words, least, width)
  }

  at(i: number): number {
    const words = this.#words
    const bit = i * this.#width
    const [word, shift] = [bit >>> 5, bit & 31]
    let more = (words[word] as number) >>> shift
    if (shift + this.#width > BITS) more |= (words[word + 1] as number) << (BITS - shift)
    return (more & this.#mask) + this.#least
  }
}
