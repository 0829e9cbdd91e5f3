import { type Budget, longer } from './budget.ts'

/** Every so often it is kept where a number stands: a power of two. */
const STRIDE = 64
const BITS = 32

/**
 * A list of integers from -1 on of which none is less than the one before it, in between two and three bits each where they rise as slowly as states find others: a one for each, after as many zeros as it is more than the one
 * before it (Elias, *Efficient storage and retrieval by content and address of static files*, Journal of the ACM 21, 1974).
 */
export class RisingList {
  readonly #budget: Budget
  #bits: Int32Array = new Int32Array(0)
  /** Where the one of every so many numbers stands. */
  #places: Uint32Array = new Uint32Array(0)
  /** The place after the last one, and the last number. */
  #end = 0
  #last = -1
  /** The one that was asked for last, and where it stands. */
  #askedAt = -1
  #askedPlace = 0
  length = 0

  constructor(budget: Budget) {
    this.#budget = budget
  }

  /** @throws Stopped when the budget has no room; the list is then as it was */
  push(value: number): void {
    const place = this.#end + value - this.#last
    if (place >= this.#bits.length * BITS) this.#grow(place)
    const at = this.length
    if ((at & (STRIDE - 1)) === 0) {
      if (at / STRIDE === this.#places.length)
        this.#places = this.#budget.enlarged(this.#places, Math.max(4, longer(this.#places.length)))
      this.#places[at / STRIDE] = place
    }
    this.#bits[place >>> 5] = (this.#bits[place >>> 5] as number) | (1 << (place & 31))
    this.#end = place + 1
    this.#last = value
    this.length++
  }

  at(i: number): number {
    const base = i & ~(STRIDE - 1)
    // They are mostly asked for one after another.
    const isNext = this.#askedAt <= i && this.#askedAt >= base
    let at = isNext ? this.#askedAt : base
    let place = isNext ? this.#askedPlace : (this.#places[base / STRIDE] as number)
    for (; at < i; at++) place = this.#oneFrom(place + 1)
    this.#askedAt = i
    this.#askedPlace = place
    // Of what stands before it i are ones, and the rest are zeros.
    return place - i - 1
  }

  #oneFrom(place: number): number {
    let word = place >>> 5
    let bits = (this.#bits[word] as number) & (-1 << (place & 31))
    while (bits === 0) bits = this.#bits[++word] as number
    return word * BITS + 31 - Math.clz32(bits & -bits)
  }

  #grow(place: number): void {
    const words = Math.max((place >>> 5) + 1, longer(this.#bits.length), 4)
    this.#bits = this.#budget.enlarged(this.#bits, words)
  }
}
