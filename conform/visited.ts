import { backsOffFreely, type Lastings, type LogClock, type Running } from './log-clock.ts'
import type { Place } from './place.ts'

/**
 * Places that were looked at. A place is not new if one like it was looked at whose timers may all fire as early or earlier: whatever the new one can do, that one can, since
 * nothing has to fire because it may. So it is with how often a timer has fired that never has to, and takes longer each time.
 */
export class Visited {
  readonly #clock: LogClock
  readonly #lastings: Lastings
  readonly #backsOffFreely = new Map<number, boolean>()
  /** For places that are alike but for when timers may fire: the positions from which they may, of each place than which no other is as good, and how often those have fired that never have to. */
  readonly #dues = new Map<string, (readonly number[])[]>()
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
    const key = this.#keyOf(place)
    const due = place.running.flatMap((one) => {
      const from = this.#clock.dueFrom(one, place.cursor)
      return this.#isFree(one) ? [from, one.fired] : [from]
    })
    const known = this.#dues.get(key)
    if (known === undefined) this.#dues.set(key, [due])
    else {
      if (known.some((other) => isNoLater(other, due))) return false
      const others = known.filter((other) => !isNoLater(due, other))
      others.push(due)
      this.#dues.set(key, others)
    }
    this.#size += 1
    return true
  }

  #isFree({ which }: Running): boolean {
    const known = this.#backsOffFreely.get(which)
    if (known !== undefined) return known
    const is = backsOffFreely(this.#lastings(which))
    this.#backsOffFreely.set(which, is)
    return is
  }

  /** Equal for places that are alike but for when their timers may fire; which timers run follows from the state. */
  #keyOf({ words, cursor, pending, running }: Place): string {
    const key: number[] = []
    put(key, cursor)
    const waiting = pending.map(({ look, overdue }) => look * POSITIONS + Math.min(overdue, POSITIONS - 1))
    for (const one of waiting.sort((a, b) => a - b)) put(key, one)
    put(key, waiting.length)
    for (const one of running) {
      if (this.#isFree(one)) continue
      put(key, one.fired)
      put(key, this.#clock.isEver(one.overdue) ? 0 : one.overdue + 1)
    }
    for (const word of words) put(key, word)
    return String.fromCharCode(...key)
  }
}

/** More than any log has lines. */
const POSITIONS = 2 ** 23

/** Two places that are alike have the same timers, in the same order. */
const isNoLater = (one: readonly number[], other: readonly number[]): boolean => one.every((due, i) => due <= other[i]!)

/** A number as characters, so that no two rows of numbers look alike: 15 bits each, the highest bit tells that there are more. */
function put(key: number[], number: number): void {
  let rest = number
  for (; rest >= 0x8000; rest = Math.floor(rest / 0x8000)) key.push(0x8000 | (rest % 0x8000))
  key.push(rest)
}
