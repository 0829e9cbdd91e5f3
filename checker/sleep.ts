import type { Budget } from './budget.ts'
import { type Cells, NONE, touches } from './cells.ts'
import type { Compiled } from './compile.ts'
import type { Room } from './frozen.ts'

/**
 * Sleep sets (Godefroid, LNCS 1032, chapter 5) for a breadth-first search that stores its states: every state is found, as deep as ever, by fewer steps. Where two steps of a state commute, only
 * the way on which the earlier rule comes first is followed: after the later one the earlier one sleeps.
 *
 * Of a state of the next layer, take the steps to it from this one, and of these the one of the last rule. It is never asleep: if it were, a step of a still later rule would have led where it begins, and would lead to the
 * same state after it (docs/decisions/0017). So nothing has to be remembered of states that were expanded, and a set is kept of each that is to be: a bit for each group of rules.
 */
export class SleepSets {
  readonly #budget: Budget
  /** Of the states from the first one of the layer in hand on, each at its number modulo the length, a power of two. */
  #ring: Int32Array
  #room: Room = { ints: (length) => new Int32Array(length) }
  #from = 0
  /** The first state of the next layer. */
  next: number

  /** @param count how many states there are: they are of the first layer */
  constructor(count: number, budget: Budget) {
    this.#budget = budget
    this.next = count
    this.#ring = new Int32Array(0)
    this.reserve(count)
  }

  get ring(): Int32Array {
    return this.#ring
  }

  /** The rules that sleep in a state of the layer in hand. */
  at(state: number): number {
    return this.#ring[state & (this.#ring.length - 1)] as number
  }

  /** A step of the layer in hand leads to a state that is new, in which rules may sleep. */
  found(state: number, asleep: number): void {
    this.reserve(state + 1)
    this.#ring[state & (this.#ring.length - 1)] = asleep
  }

  /** The same of a state that is known: what slept on some way may. */
  reached(state: number, asleep: number): void {
    if (state >= this.next) this.#ring[state & (this.#ring.length - 1)] = this.at(state) | asleep
  }

  /** All of a layer have been expanded: the next one goes up to a state. */
  nextLayer(end: number): void {
    this.#from = this.next
    this.next = end
  }

  /**
   * Makes room for the states up to one.
   * @throws Stopped when there is none
   */
  reserve(end: number): void {
    let length = Math.max(this.#ring.length, LEAST)
    while (length < end - this.#from) length *= 2
    if (length > this.#ring.length) this.#moveTo(length)
  }

  /** Lies from now on where somebody else works on it too. */
  moveTo(room: Room): void {
    this.#room = room
    this.#moveTo(this.#ring.length)
  }

  #moveTo(length: number): void {
    const old = this.#ring
    this.#budget.take(length * Int32Array.BYTES_PER_ELEMENT)
    const ring = this.#room.ints(length)
    for (let state = this.#from; state < this.#from + old.length; state++)
      ring[state & (length - 1)] = old[state & (old.length - 1)] as number
    this.#ring = ring
    this.#budget.give(old.byteLength)
  }
}

const LEAST = 64

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
  for (const { bit, writes } of enabled) if (touches(looked, writes)) kept &= ~bit
  return kept
}

/** Whether neither decides of the other, and no cell is left to the last one. */
const commute = (one: Compiled, other: Compiled, writes: Cells): boolean =>
  (one.reads & writes) === NONE && (one.writes & (other.reads | writes)) === NONE
