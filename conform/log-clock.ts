import type { Seen } from './observation.ts'

/** Seconds: real timers tick (Kamailio's every 62.5 ms). */
const TICK = 0.05

/** For each timer, by number, the position of the line by which it has come to its time; -1 where it does not run. */
export type Due = readonly number[]

/** What the times of a log rule out. */
export class LogClock {
  readonly #seen: readonly Seen[]
  readonly #latency: number
  readonly #tolerance: number

  /**
   * @param latency seconds that a packet is on its way at most: after such a pause nothing that was sent before still is
   * @param tolerance how much earlier than its standard says a timer may fire, as a share
   */
  constructor(seen: readonly Seen[], latency: number, tolerance: number) {
    this.#seen = seen
    this.#latency = latency
    this.#tolerance = tolerance
  }

  /** Whether the next line comes a while after the one before. */
  isPause(cursor: number): boolean {
    const [earlier, line] = [this.#seen[cursor - 1], this.#seen[cursor]]
    return earlier !== undefined && line !== undefined && line.time - earlier.time > this.#latency
  }

  /** Whether one line comes longer after another than a packet is on its way. */
  isLater(one: number, other: number): boolean {
    return this.#seen[other]!.time - this.#seen[one]!.time > this.#latency
  }

  /**
   * When the timers that run are due: those that begin now begin no earlier than the last line was seen. One that has just fired begins anew.
   *
   * @param seconds after which each timer fires at the earliest
   */
  due(seconds: readonly number[], running: readonly number[], before: Due, fired: number | null, cursor: number): Due {
    const due = seconds.map(() => -1)
    for (const timer of running) {
      const known = timer === fired ? -1 : (before[timer] ?? -1)
      due[timer] = known >= 0 ? known : this.#lineAfter(cursor, seconds[timer]! * (1 - this.#tolerance) - TICK)
    }
    return due
  }

  /** The first line that comes so many seconds later, or the end of the log. */
  #lineAfter(cursor: number, seconds: number): number {
    const began = this.#seen[cursor - 1]?.time ?? (this.#seen[0]?.time ?? 0) - this.#latency
    let line = cursor
    while (line < this.#seen.length && this.#seen[line]!.time - began < seconds) line += 1
    return line
  }
}
