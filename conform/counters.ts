import { A_MOMENT } from './observation.ts'

/** Seconds by which packets overtake each other. */
const OVERTAKING = 10 * A_MOMENT

/** A packet with a number, in the series that its number is of. */
export interface Numbered {
  readonly series: string
  readonly number: number
  readonly time: number
}

/** Numbers of packets that only go up, each series for itself. What is missing was lost before anybody saw it. */
export class Counters {
  readonly #all: readonly (Numbered | null)[]
  readonly #later = new Map<string, { readonly i: number; readonly number: number; readonly time: number }[]>()
  readonly #greatest = new Map<string, number>()
  readonly #first: number

  /**
   * @param all the packets of a log, in their order; null for those that have none
   * @param first what a series begins with
   */
  constructor(all: readonly (Numbered | null)[], first: number) {
    this.#all = all
    this.#first = first
    for (const [i, one] of all.entries()) {
      if (one === null) continue
      const series = this.#later.get(one.series) ?? []
      series.push({ i, number: one.number, time: one.time })
      this.#later.set(one.series, series)
    }
  }

  /** 'new', or what is wrong with a packet's number: asked of one after the other. */
  of(i: number): string {
    const { series, number, time } = this.#all[i]!
    if (!Number.isInteger(number)) return 'none'
    const before = this.#greatest.get(series) ?? this.#first - 1
    if (number <= before) return `${number}, when ${before} was there before`
    const smaller = this.#later.get(series)!.find((one) => one.i > i && one.number > before && one.number <= number)
    if (number > before + 1 && smaller !== undefined) {
      const overtakes = smaller.number !== number && smaller.time - time < OVERTAKING
      return overtakes ? 'new' : `${number}, before ${smaller.number}`
    }
    this.#greatest.set(series, number)
    return 'new'
  }
}
