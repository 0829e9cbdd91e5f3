import { backsOffFreely, type Lastings, type LogClock, type Running } from './log-clock.ts'
import { Numbers } from './numbers.ts'
import type { Pending, Place } from './place.ts'

/**
 * Places that were looked at. A place is not new if one like it was looked at whose timers may all fire as early or earlier: whatever the new one can do, that one can, since
 * nothing has to fire because it may. So it is with how often a timer has fired that never has to, and takes longer each time.
 */
export class Visited {
  readonly #clock: LogClock
  readonly #lastings: Lastings
  readonly #backsOffFreely = new Map<number, boolean>()
  readonly #numbers = new Numbers()
  /** By number, for places that are alike but for when timers may fire: the positions from which they may, of each place than which no other is as good, and how often those have fired that never have to. */
  readonly #dues = new Map<number, (readonly number[])[]>()
  #size = 0

  constructor(clock: LogClock, lastings: Lastings) {
    this.#clock = clock
    this.#lastings = lastings
  }

  /** How many places were new. */
  get size(): number {
    return this.#size
  }

  /** Whether a place is new; from now on it is not. */
  isNew(place: Place): boolean {
    const number = this.#numbers.of(this.#keyOf(place))
    const due = this.#dueOf(place)
    const known = this.#dues.get(number)
    if (known === undefined) this.#dues.set(number, [due])
    else {
      if (known.some((other) => isNoLater(other, due))) return false
      const others = known.filter((other) => !isNoLater(due, other))
      others.push(due)
      this.#dues.set(number, others)
    }
    this.#size += 1
    return true
  }

  #dueOf({ running, cursor }: Place): number[] {
    const due: number[] = []
    for (const one of running) {
      due.push(this.#clock.dueFrom(one, cursor))
      if (this.#isFree(one)) due.push(one.fired)
    }
    return due
  }

  #isFree({ which }: Running): boolean {
    const known = this.#backsOffFreely.get(which)
    if (known !== undefined) return known
    const is = backsOffFreely(this.#lastings(which))
    this.#backsOffFreely.set(which, is)
    return is
  }

  /** Equal for places that are alike but for when their timers may fire; which timers run follows from the state. */
  #keyOf({ state, cursor, pending, running }: Place): number[] {
    const key = [state.number, cursor]
    for (const { look, overdue } of pending.length < 2 ? pending : sorted(pending))
      key.push(look, Math.min(overdue, NEVER))
    for (const one of running) {
      if (this.#isFree(one)) continue
      key.push(one.fired, this.#clock.isEver(one.overdue) ? NEVER : one.overdue)
    }
    return key
  }
}

/** More than any log has lines. */
const NEVER = 2 ** 31 - 1

const sorted = (pending: readonly Pending[]): Pending[] =>
  [...pending].sort((one, other) => one.look - other.look || (one.overdue < other.overdue ? -1 : 1))

/** Two places that are alike have the same timers, in the same order. */
const isNoLater = (one: readonly number[], other: readonly number[]): boolean => one.every((due, i) => due <= other[i]!)
