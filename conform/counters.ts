import { A_MOMENT } from './observation.ts'

/** Seconds by which packets overtake each other. */
const OVERTAKING = 10 * A_MOMENT

/** A packet with a number, in the series that its number is of. */
export interface Numbered {
  readonly series: string
  readonly number: number
  readonly time: number
}

/** A packet in its series. */
interface InSeries {
  readonly number: number
  readonly time: number
  /** The least number of those after it. */
  leastLater: number
}

/** Numbers of packets that only go up, each series for itself. What is missing was lost before anybody saw it. */
export class Counters {
  readonly #all: readonly (Numbered | null)[]
  readonly #series = new Map<string, InSeries[]>()
  /** Where a packet is in its series. */
  readonly #places: number[] = []
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
      const series = this.#series.get(one.series) ?? []
      this.#places[i] = series.length
      series.push({ number: one.number, time: one.time, leastLater: Number.POSITIVE_INFINITY })
      this.#series.set(one.series, series)
    }
    for (const series of this.#series.values()) {
      let least = Number.POSITIVE_INFINITY
      for (const one of series.toReversed()) {
        one.leastLater = least
        least = Math.min(least, one.number)
      }
    }
  }

  /** 'new', or what is wrong with a packet's number: asked of one after the other. */
  of(i: number): string {
    const { series, number, time } = this.#all[i]!
    if (!Number.isInteger(number)) return 'none'
    const before = this.#greatest.get(series) ?? this.#first - 1
    if (number <= before) return `${number}, when ${before} was there before`
    const smaller = number > before + 1 ? this.#smallerAfter(i, before) : undefined
    if (smaller !== undefined) {
      const overtakes = smaller.number !== number && smaller.time - time < OVERTAKING
      return overtakes ? 'new' : `${number}, before ${smaller.number}`
    }
    this.#greatest.set(series, number)
    return 'new'
  }

  /** Of those after a packet whose number is not greater, and not one that was there before: one that it cannot have overtaken, or else the first. */
  #smallerAfter(i: number, before: number): InSeries | undefined {
    const { series, number, time } = this.#all[i]!
    const all = this.#series.get(series)!
    const place = this.#places[i]!
    if (all[place]!.leastLater > number) return undefined
    const smaller = all.slice(place + 1).filter((one) => one.number > before && one.number <= number)
    return smaller.find((one) => one.number === number || one.time - time >= OVERTAKING) ?? smaller[0]
  }
}
