import type { Time } from '../../checker/model.ts'
import type { Network } from './address.ts'

/** From when until when, in whole milliseconds, both ends included; null: without end. */
export type Interval = readonly [earliest: number, latest: number | null]

/** How long what a scenario lets happen takes. Everything is closed intervals of milliseconds; to process something takes no time. */
export interface Timing {
  /** One way, of a packet from one network to another. */
  readonly latency: Interval
  /** That of certain ways, by 'west-1>home-b': from where it was sent, to its destination's network. */
  readonly latencies?: Readonly<Record<string, Interval>>
  /** From detaching to attaching. */
  readonly blackout: Interval
  /** That of certain hosts. */
  readonly blackouts?: Readonly<Record<string, Interval>>
  /** When a host leaves its first network, after the beginning; '*' is each that is not named. Otherwise [0, null]: whenever it likes, or never. */
  readonly leaves?: Readonly<Record<string, Interval>>
  /** How long a host stays in each network after that, before it leaves again: in the same way. */
  readonly stays?: Readonly<Record<string, Interval>>
  /** How long an old address is kept beside the new one. */
  readonly overlap?: Interval
  /** By certain hosts. */
  readonly overlaps?: Readonly<Record<string, Interval>>
  /** From a crash until the node is back. */
  readonly outage?: Interval
  /** Timers, by name, that are not as long as their standard says. */
  readonly timers?: Readonly<Record<string, Interval>>
  /** Every real instant, or whole milliseconds only: see `Time` of the checker. */
  readonly as?: Time['as']
}

/** A mobile internet as it is: one-way latencies of 10 to 40 ms, handoffs of 20 to 1,700 ms. */
export const usualTiming: Timing = {
  latency: [10, 40],
  blackout: [20, 1700],
  overlap: [1000, 1000],
  outage: [1000, 5000],
}

const WHENEVER: Interval = [0, null]
const ONE_SECOND: Interval = [1000, 1000]

export const latencyOf = ({ latency, latencies }: Timing, from: Network, to: Network): Interval =>
  latencies?.[`${from}>${to}`] ?? latency

export const blackoutOf = ({ blackout, blackouts }: Timing, host: string): Interval => blackouts?.[host] ?? blackout

/** How long a host stays where it is: at its stop, counted from 0. */
export function stayOf({ leaves, stays }: Timing, host: string, stop: number): Interval {
  const given = stop === 0 ? leaves : stays
  return given?.[host] ?? given?.['*'] ?? WHENEVER
}

export const overlapOf = ({ overlap, overlaps }: Timing, host: string): Interval =>
  overlaps?.[host] ?? overlap ?? ONE_SECOND
export const outageOf = ({ outage }: Timing): Interval => outage ?? ONE_SECOND

const told = ([earliest, latest]: Interval): string =>
  latest === null
    ? earliest === 0
      ? 'at any time'
      : `after ${earliest} ms or more`
    : earliest === latest
      ? `${earliest} ms`
      : `${earliest}–${latest} ms`

/** What is assumed of time, a phrase each. */
export function timingInWords(timing: Timing, moving: readonly string[], movement: string): string[] {
  const { latency, latencies = {}, timers = {}, as = 'dense' } = timing
  return [
    as === 'dense' ? 'dense time' : 'time in whole milliseconds',
    `one-way latency ${told(latency)}`,
    ...Object.entries(latencies).map(([way, interval]) => `${way} ${told(interval)}`),
    ...moving.flatMap((host) => [
      `${host} leaves ${told(stayOf(timing, host, 0))}`,
      ...(movement === 'phased' ? [`blackout of ${host} ${told(blackoutOf(timing, host))}`] : []),
      ...(movement === 'make-before-break' ? [`overlap of ${host} ${told(overlapOf(timing, host))}`] : []),
    ]),
    'timers as long as their standards say',
    ...Object.entries(timers).map(([timer, interval]) => `${timer} ${told(interval)}`),
  ]
}
