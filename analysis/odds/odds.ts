import { mersenne } from 'pure-rand/generator/mersenne'
import { type Control, wallClock } from '../../checker/limits.ts'
import type { Scenario } from '../../spec/internet/scenario.ts'
import { errors } from '../errors.ts'
import { propertyOf } from '../property.ts'
import { scenarioOf, type TargetVariant } from '../target.ts'
import { mustBeKnown, type Parameter, parametersOf, timingWith } from '../timing/parameters.ts'
import { type World, worldOf } from '../world.ts'
import { type Chances, givenFor } from './chances.ts'
import { Clockwork } from './clockwork.ts'
import { type Duration, durationIn, intervalOf, ofInterval } from './distribution.ts'
import { drawn } from './drawn.ts'
import { type Asks, type Question, questionOf } from './question.ts'
import { type Tie, tied, tieIn } from './ties.ts'

/** What is asked, as plain data. */
export interface OddsAsked {
  readonly scenario: string
  readonly property: string
  /** How long what is named takes, as it is written: { 'leaves(b)': 'exp(600000)' }. */
  readonly given: Readonly<Record<string, string>>
  /** How likely it is that a packet is lost on its way. */
  readonly loss: number
}

export interface DrawingAsked extends OddsAsked {
  readonly runs: number
  readonly seed: number
  /** Milliseconds after the last move. */
  readonly horizon: number
  /** Every so many-th run, from this one on. */
  readonly share: { readonly first: number; readonly every: number }
}

/** What drawn runs came to. */
export interface Tally {
  readonly asks: Asks
  readonly runs: number
  readonly holds: number
  /** Judged before they had come to an end. */
  readonly goOn: number
  /** Milliseconds from the end of the last move, in those in which it came about. */
  readonly took: readonly number[]
}

/** All that odds are of: a variant put together in a scenario, with its chances. */
export interface Game {
  readonly world: World
  readonly clockwork: Clockwork
  readonly question: Question
  readonly chances: Chances
  /** What takes time, and how long: in words. */
  readonly told: readonly string[]
}

/**
 * Puts together what odds are asked of.
 *
 * @throws InputError where there is no such scenario, property or parameter, or something may take any time
 */
export function gameOf(target: TargetVariant, { scenario: name, property, given, loss }: OddsAsked): Game {
  if (!(loss >= 0 && loss < 1)) throw errors.noChance('--loss', loss)
  const asked = scenarioOf(target, name)
  const { durations, ties } = chancesIn(given)
  const scenario: Scenario = { ...asked, losses: loss > 0 ? 'fair' : asked.losses }
  const parameters = parametersOf(worldOf(target, scenario).internet)
  mustBeKnown(Object.keys(durations), parameters)
  const intervals = Object.fromEntries(Object.entries(durations).map(([of, one]) => [of, intervalOf(one)]))
  const world = worldOf(target, { ...scenario, time: timingWith(intervals) })
  const told = inFamilies(
    parametersOf(world.internet, world.internet.layout.scenario.time).map((one) => [
      one.name,
      durationTold(one, durations),
    ]),
  )
  const clockwork = new Clockwork(world.internet.model)
  const question = questionOf(propertyOf(world, property), world.checked, clockwork.walker)
  return { world, clockwork, question, chances: { durations, ties, loss }, told }
}

/** What is given, as it is written. */
function chancesIn(given: OddsAsked['given']): Pick<Chances, 'durations' | 'ties'> {
  const durations: Record<string, Duration> = {}
  const ties: Record<string, Tie> = {}
  for (const [of, text] of Object.entries(given)) {
    const tie = tieIn('--given', of, text)
    if (tie === null) durations[of] = durationIn('--given', of, text)
    else ties[of] = tie
  }
  const alone = { ...durations }
  for (const [of, tie] of Object.entries(ties)) {
    const other = ties[tie.to] === undefined ? givenFor(alone, tie.to) : undefined
    if (other === undefined) throw errors.tiedToNothing('--given', `${of}=${given[of]}`, tie.to)
    durations[of] = tied('--given', of, tie, other)
  }
  return { durations, ties }
}

function durationTold({ name, interval }: Parameter, durations: Chances['durations']): string {
  const duration = givenFor(durations, name) ?? ofInterval(interval)
  if (duration === null) throw errors.anyTime(name, interval[0])
  return duration.name
}

/** 'd: 25 ms' where each of d(a,b), d(a,c)… is. */
function inFamilies(told: readonly (readonly [name: string, duration: string])[]): string[] {
  const familyOf = (name: string): string => (/ \(/.test(name) ? name : name.replace(/\(.*/, ''))
  const inFamily = (name: string): readonly string[] =>
    told.flatMap(([other, duration]) => (familyOf(other) === familyOf(name) ? [duration] : []))
  return [
    ...new Set(
      told.map(([name, duration]) => {
        const areAlike = new Set(inFamily(name)).size === 1
        return `${areAlike ? familyOf(name) : name}: ${duration}`
      }),
    ),
  ]
}

/** Draws runs, the same ones for a seed each time. */
export function drawOdds(target: TargetVariant, asked: DrawingAsked, control: Control = wallClock): Tally {
  const game = gameOf(target, asked)
  const { clockwork, question, chances } = game
  const { runs, share, horizon } = asked
  const seeds = mersenne(asked.seed)
  const tally = { asks: question.asks, runs: 0, holds: 0, goOn: 0, took: [] as number[] }
  for (let run = 0; run < runs; run++) {
    const seed = seeds.next()
    if (run % share.every !== share.first) continue
    if (control.interrupted?.() === true) break
    control.now()
    const { holds, goesOn, took } = drawn(clockwork, question, { chances, horizon }, seed)
    tally.runs++
    if (holds) tally.holds++
    if (goesOn) tally.goOn++
    if (took !== null) tally.took.push(took)
  }
  return tally
}

/** Of several shares, one. */
export function together(tallies: readonly Tally[]): Tally {
  const sum = (of: (tally: Tally) => number): number => tallies.reduce((total, tally) => total + of(tally), 0)
  return {
    asks: tallies[0]!.asks,
    runs: sum(({ runs }) => runs),
    holds: sum(({ holds }) => holds),
    goOn: sum(({ goOn }) => goOn),
    took: tallies.flatMap(({ took }) => took).sort((one, other) => one - other),
  }
}

/** 1.96 standard deviations. */
const Z = 1.959963984540054

/** In which interval a probability is with 95 %, after so many of so many (Wilson 1927). */
export function confidence(holds: number, runs: number): readonly [number, number] {
  if (runs === 0) return [0, 1]
  const share = holds / runs
  const scale = 1 + Z ** 2 / runs
  const middle = (share + Z ** 2 / (2 * runs)) / scale
  const half = (Z / scale) * Math.sqrt((share * (1 - share)) / runs + Z ** 2 / (4 * runs ** 2))
  return [Math.max(0, middle - half), Math.min(1, middle + half)]
}

/** The value that so much of a sorted list does not exceed. */
export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!
