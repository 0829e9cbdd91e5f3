import type { Seen } from './observation.ts'

/** Seconds: real timers tick (Kamailio's every 62.5 ms). */
const TICK = 0.05

/** How long a timer takes, in seconds; null where how late it may be is not held against a log. */
export interface Lasting {
  readonly earliest: number
  readonly latest: number | null
}

/** How long each timer that runs takes, the first time and each time that it starts again because it has fired; the last stands for all after it. */
export type Lastings = (which: number) => readonly Lasting[]

/** Whether a timer never has to fire, and takes no less the more often it has. */
export const backsOffFreely = (times: readonly Lasting[]): boolean =>
  times.every(({ earliest, latest }, i) => latest === null && earliest >= (times[i - 1]?.earliest ?? 0))

/** A timer that runs. When it may fire and must have fired is known by lines only: these are what is told apart. */
export interface Running {
  /** Its name, node and key. */
  readonly which: number
  /** How often it has fired since it began, as far as that makes a difference. */
  readonly fired: number
  /** The position of the first line before which it may have fired. */
  readonly due: number
  /** The position of the first line before which it must have fired. */
  readonly overdue: number
}

/** What the times of a log rule out. */
export class LogClock {
  readonly #seen: readonly Seen[]
  readonly #latency: number
  readonly #tolerance: number
  readonly #since: number
  /** Until when what was seen before a position is on its way for certain. */
  readonly #underWay: readonly number[]

  /**
   * @param since when the state was reached that the model begins with
   * @param latency seconds that a packet is on its way at most: after such a pause nothing that was sent before still is
   * @param tolerance how much earlier or later than its standard says a timer may fire, as a share
   */
  constructor(seen: readonly Seen[], since: number | undefined, latency: number, tolerance: number) {
    this.#seen = seen
    this.#since = since ?? (seen[0]?.time ?? 0) - latency
    this.#latency = latency
    this.#tolerance = tolerance
    let latest = this.#since
    this.#underWay = [latest, ...seen.map(({ time, until = time }) => (latest = Math.max(latest, until)))]
  }

  /** Whether the next line comes a while after the one before. */
  isPause(cursor: number): boolean {
    const line = this.#seen[cursor]
    return cursor > 0 && line !== undefined && line.time - this.#underWay[cursor]! > this.#latency
  }

  /** The position of the first line before which what is sent now must be seen. */
  seenBefore(cursor: number): number {
    return this.#firstAfter(this.#next(cursor) + this.#latency)
  }

  /** The same of what is sent when a packet arrives that was seen already: that is on its way no longer either. */
  answeredBefore(cursor: number): number {
    return Math.min(this.seenBefore(cursor), this.#firstAfter(this.#underWay[cursor]! + 2 * this.#latency))
  }

  /** Whether a timer may have fired before the next line was seen: after the last one, at any time. */
  isDue({ due }: Running, cursor: number): boolean {
    return cursor >= due
  }

  /** Whether a timer that still runs must have fired, and what it sent be seen, before the next line. */
  isOverdue({ overdue }: Running, cursor: number): boolean {
    return cursor >= overdue && cursor < this.#seen.length
  }

  /** The timers that run where the model begins. */
  first(armed: readonly number[], lastings: Lastings): Running[] {
    return armed.map((which) => this.#running(which, 0, lastings(which)[0]!, this.#since, this.#next(0)))
  }

  /**
   * The timers that run after a step: those that begin now begin between the last line that was seen and the next. One that has just fired begins anew, no
   * earlier and no later than it fired.
   */
  after(
    armed: readonly number[],
    lastings: Lastings,
    before: readonly Running[],
    fired: Running | null,
    cursor: number,
  ): Running[] {
    const [from, to] = [this.#last(cursor), this.#next(cursor)]
    return armed.map((which) => {
      const times = lastings(which)
      if (which !== fired?.which)
        return before.find((one) => one.which === which) ?? this.#running(which, 0, times[0]!, from, to)
      const again = Math.min(fired.fired + 1, times.length - 1)
      return this.#running(
        which,
        again,
        times[again]!,
        Math.max(from, this.#last(fired.due)),
        Math.min(to, this.#next(fired.overdue) - this.#latency),
      )
    })
  }

  /** The first position from now on at which a timer may fire; 0 if it may at once. */
  dueFrom({ due }: Running, cursor: number): number {
    return due <= cursor ? 0 : due
  }

  /** Whether what must have happened before a position may as well never happen. */
  isEver(overdue: number): boolean {
    return overdue >= this.#seen.length
  }

  #running(which: number, fired: number, { earliest, latest }: Lasting, from: number, to: number): Running {
    const due = this.#firstFrom(from + earliest * (1 - this.#tolerance) - TICK)
    if (latest === null) return { which, fired, due, overdue: this.#seen.length }
    const end = to + latest * (1 + this.#tolerance) + TICK + this.#latency
    return { which, fired, due, overdue: this.#firstAfter(end) }
  }

  /** The position of the first line that is not earlier, by halves: lines are in the order of their times. */
  #firstFrom(instant: number): number {
    return this.#first((time) => time >= instant)
  }

  #firstAfter(instant: number): number {
    return this.#first((time) => time > instant)
  }

  #first(isReached: (time: number) => boolean): number {
    let [low, high] = [0, this.#seen.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (isReached(this.#seen[middle]!.time)) high = middle
      else low = middle + 1
    }
    return low
  }

  #last(cursor: number): number {
    return this.#seen[cursor - 1]?.time ?? this.#since
  }

  #next(cursor: number): number {
    return this.#seen[cursor]?.time ?? Number.POSITIVE_INFINITY
  }
}
