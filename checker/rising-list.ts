import { type Budget, longer } from './budget.ts'

/** Every so often a number is kept as it is. */
const STRIDE = 16
/** A step that has no room in a byte. */
const LARGE = 255

/** A list of integers of which none is less than the one before it: a byte for each step, a word for every sixteenth. */
export class RisingList {
  readonly #budget: Budget
  #steps = new Uint8Array(0)
  #bases = new Int32Array(0)
  /** The steps that have no room, by position. */
  readonly #large = new Map<number, number>()
  #last = 0
  /** The one that was asked for last. */
  #askedAt = -1
  #asked = 0
  length = 0

  constructor(budget: Budget) {
    this.#budget = budget
  }

  /** @throws Stopped when the budget has no room; the list is then as it was */
  push(value: number): void {
    const at = this.length
    if (at === this.#steps.length) this.#grow()
    const step = value - this.#last
    if (at % STRIDE === 0) this.#bases[at / STRIDE] = value
    else if (step < LARGE) this.#steps[at] = step
    else {
      this.#steps[at] = LARGE
      this.#large.set(at, step)
    }
    this.#last = value
    this.length++
  }

  at(i: number): number {
    const base = i - (i % STRIDE)
    // They are mostly asked for one after another.
    const isNext = this.#askedAt < i && this.#askedAt >= base
    let at = isNext ? this.#askedAt : base
    let value = isNext ? this.#asked : (this.#bases[base / STRIDE] as number)
    while (++at <= i) {
      const step = this.#steps[at] as number
      value += step === LARGE ? (this.#large.get(at) as number) : step
    }
    this.#askedAt = i
    this.#asked = value
    return value
  }

  #grow(): void {
    const length = Math.max(STRIDE, longer(this.length))
    this.#bases = this.#budget.enlarged(this.#bases, Math.ceil(length / STRIDE))
    this.#steps = this.#budget.enlarged(this.#steps, length)
  }
}
