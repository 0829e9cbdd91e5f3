import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'
import type { Clock } from '../../checker/model.ts'
import { parameterOf } from '../../spec/internet/clocks.ts'
import type { Choice } from '../runs/walker.ts'
import { standsFor } from '../timing/parameters.ts'
import { type Duration, ofInterval } from './distribution.ts'
import { type Draws, intervalAt } from './race.ts'
import type { Luck, Tie } from './ties.ts'

/** What is random, by name: `d`, `leaves(b)`, `Timer A`; and how likely it is that a packet is lost on its way. */
export interface Chances {
  readonly durations: Readonly<Record<string, Duration>>
  /** Which of them depend on another. */
  readonly ties: Readonly<Record<string, Tie>>
  readonly loss: number
}

/** The duration that is given for what takes the time of a clock: of one alone before that of all. */
export function givenFor(durations: Chances['durations'], parameter: string): Duration | undefined {
  return durations[parameter] ?? Object.entries(durations).find(([name]) => standsFor(name, parameter))?.[1]
}

/** How long a clock takes: by what is given, or evenly within its standard's interval. Null where that has no end. */
export function durationFor({ durations }: Chances, clock: Clock, times: number): Duration | null {
  const { earliest, latest } = intervalAt(clock, times)
  return givenFor(durations, parameterOf(clock.id)) ?? ofInterval([earliest, latest])
}

/**
 * The dice of one run. What is drawn for one parameter does not depend on how often another is drawn for, so that variants that are held side by side
 * have the same luck (common random numbers).
 */
export class Dice {
  readonly #seed: number
  readonly #streams = new Map<string, RandomGenerator>()

  constructor(seed: number) {
    this.#seed = seed
  }

  /** From 0 to 1, the next of what is drawn for this. */
  share(of: string): number {
    let stream = this.#streams.get(of)
    if (stream === undefined) {
      stream = xoroshiro128plus(this.#seed ^ hash(of))
      this.#streams.set(of, stream)
    }
    return uniformFloat64(stream)
  }

  one<T>(of: string, all: readonly T[]): T {
    return all.length === 1 ? all[0]! : all[Math.min(Math.floor(this.share(of) * all.length), all.length - 1)]!
  }
}

/** Picks one of all times that something may take: by dice, or each in turn. */
export type Picks = (duration: Duration, of: string) => number

/** How long clocks take, with what is known of those that depend on one another. */
export const drawsOf =
  (chances: Chances, luck: Luck, pick: Picks): Draws =>
  (clock, times) => {
    const parameter = parameterOf(clock.id)
    const own = luck.take(parameter, (to) => pick(givenFor(chances.durations, to)!, to))
    if (own !== null) {
      const by = chances.ties[parameter]?.by ?? null
      return by === null ? own : own + pick(by, `${parameter}, after that`)
    }
    const duration = durationFor(chances, clock, times)
    return duration === null ? Number.POSITIVE_INFINITY : pick(duration, parameter)
  }

export const byDice =
  (dice: Dice): Picks =>
  ({ least, most, quantile }, of) =>
    least === most ? least : quantile(dice.share(of))

/** A fault of the network or a node: only losses have a chance. */
export const isFault = ({ label: { kind } }: Choice): boolean =>
  kind === 'fault' || kind === 'duplicate' || kind === 'crash'
export const isLoss = ({ label: { kind } }: Choice): boolean => kind === 'fault'

/** FNV-1a. */
function hash(text: string): number {
  let sum = 0x811c9dc5
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193)
  return sum | 0
}
