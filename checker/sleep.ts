import type { Budget } from './budget.ts'
import { type Cells, NONE } from './cells.ts'
import type { Compiled } from './compile.ts'

/**
 * Sleep sets (Godefroid, LNCS 1032, chapter 5) for a breadth-first search that stores its states: every state is found, as deep as ever, by fewer steps. Where two steps of a state commute, only
 * the way on which the earlier rule comes first is followed: after the later one the earlier one sleeps.
 *
 * Of a state of the next layer, take the steps to it from this one, and of these the one of the last rule. It is never asleep: if it were, a step of a still later rule would have led where it begins, and would lead to the
 * same state after it (docs/decisions/0017). So nothing has to be remembered of states that were expanded, and a set is kept of each that is to be: a bit for each group of rules.
 */
export class SleepSets {
  readonly #budget: Budget
  /** Of the states of the layer in hand, from `#from` on, and of those of the next one, from `#nextFrom` on. */
  #here: Int32Array = new Int32Array(0)
  #from = 0
  #next: Int32Array = new Int32Array(0)
  #nextFrom: number

  /** @param count how many states there are: they are of the first layer */
  constructor(count: number, budget: Budget) {
    this.#budget = budget
    this.#nextFrom = count
    this.#here = budget.ints(count)
  }

  /** The rules that sleep in a state of the layer in hand. */
  at(state: number): number {
    return this.#here[state - this.#from] as number
  }

  /** A step of the layer in hand leads to a state, in which rules may sleep: what slept on some way may. */
  reached(state: number, asleep: number): void {
    const place = state - this.#nextFrom
    if (place < 0 || asleep === 0) return
    if (place >= this.#next.length) this.#next = this.#budget.enlarged(this.#next, Math.max(64, 2 * (place + 1)))
    this.#next[place] = (this.#next[place] as number) | asleep
  }

  /** All of a layer have been expanded: the next one goes up to a state. */
  nextLayer(end: number): void {
    const [done, used, length] = [this.#here, this.#nextFrom - this.#from, end - this.#nextFrom]
    // A state in which nothing sleeps was not entered: the array may end before it.
    this.#here = this.#next.length >= length ? this.#next : this.#budget.enlarged(this.#next, length)
    this.#from = this.#nextFrom
    this.#next = done.fill(0, 0, used)
    this.#nextFrom = end
  }
}

/** Which rules sleep after an outcome of one of those that are enabled: earlier ones whose steps commute with it. */
export function asleepAfter(enabled: readonly Compiled[], which: number, outcome: number): number {
  const taken = enabled[which]!
  const writes = taken.writesOf[outcome] as Cells
  let asleep = 0
  for (let e = 0; e < which; e++) if (commute(enabled[e]!, taken, writes)) asleep |= enabled[e]!.bit
  return asleep
}

/** Of rules that sleep, those whose steps change nothing that is looked at: what is said of such a step is said of one that changes nothing. */
export function unseen(enabled: readonly Compiled[], asleep: number, looked: Cells): number {
  let kept = asleep
  for (const { bit, writes } of enabled) if ((writes & looked) !== NONE) kept &= ~bit
  return kept
}

/** Whether neither decides of the other, and no cell is left to the last one. */
const commute = (one: Compiled, other: Compiled, writes: Cells): boolean =>
  (one.reads & writes) === NONE && (one.writes & (other.reads | writes)) === NONE
