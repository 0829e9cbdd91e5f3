import { type Control, type Limits, wallClock } from '../../checker/limits.ts'
import { assumptionsOf } from '../assumptions/told.ts'
import { errors } from '../errors.ts'
import { DEFAULT_LIMITS } from '../limits.ts'
import { propertyOf } from '../property.ts'
import { nameOf, scenarioOf, type TargetVariant } from '../target.ts'
import { worldOf } from '../world.ts'
import { Bisection, type Region } from './bisection.ts'
import { type BoxAsked, type Shows, searchBox } from './box-search.ts'
import { Grid, type Varied } from './grid.ts'
import { joined, pointsOf } from './joined.ts'
import type { Linear } from './linear.ts'
import { type Given, mustBeKnown, type Parameter, parametersOf, standsFor, timingWith } from './parameters.ts'

/** For which parameters a property holds. */
export interface Bounds {
  readonly target: string
  readonly scenario: string
  readonly property: string
  readonly parameters: readonly Varied[]
  readonly given: Given
  readonly assumptions: readonly string[]
  /** Runs, each with what it takes: wherever all of its forms are at most 0, it can happen. */
  readonly regions: readonly Region[]
  /** The same points in as few conjunctions as are found: each is a region of its own or several that lie side by side. */
  readonly summary: readonly (readonly Linear[])[]
  /** What such a run shows: that the property fails, or, for a reachability property, that it holds. */
  readonly shows: Shows
  /** Whether it holds at a point of the grid, null where that is not known; as many as `Grid.points`, in its order. */
  readonly verdicts: readonly (boolean | null)[]
  readonly searches: number
  /** Every point was decided. */
  readonly complete: boolean
}

export interface BoundsAsked {
  readonly scenario: string
  readonly property: string
  readonly vary: readonly Varied[]
  readonly given: Given
  /** Searches in all. */
  readonly most?: number
  /** Of each search. */
  readonly limits?: Omit<Limits, 'seconds'>
  /** Of all searches together. */
  readonly seconds?: number
}

/** What is known before anything is searched. */
export interface BoundsAbout extends BoxAsked {
  readonly target: string
  readonly assumptions: readonly string[]
}

/**
 * What is known of a question before anything is searched.
 *
 * @throws InputError where there is no such variant, scenario, property or parameter, or there are too many points
 */
export function aboutBounds(target: TargetVariant, asked: BoundsAsked): BoundsAbout {
  const { scenario: name, property, vary, given } = asked
  const scenario = scenarioOf(target, name)
  const grid = new Grid(vary)
  const { internet } = worldOf(target, scenario)
  const parameters = parametersOf(internet)
  mustBeKnown([...vary.map((one) => one.name), ...Object.keys(given)], parameters)
  mustMatter(vary, given, parameters)
  const anywhere = Object.fromEntries(vary.map((one, i) => [one.name, grid.valuesOf(grid.all)[i]!]))
  const timed = { ...scenario, time: timingWith({ ...given, ...anywhere }) }
  return {
    target: nameOf(target),
    scenario: name,
    property,
    vary,
    given,
    shows: propertyOf(worldOf(target, timed), property).kind === 'reachable' ? 'holds' : 'fails',
    assumptions: assumptionsOf(target.protocol, target.variant, timed),
  }
}

/**
 * What varies for several is of no account where each of them is given, or varies, by itself.
 *
 * @throws InputError naming it
 */
function mustMatter(vary: readonly Varied[], given: Given, parameters: readonly Parameter[]): void {
  const itself = new Set([...vary.map(({ name }) => name), ...Object.keys(given)])
  for (const { name } of vary) {
    const of = parameters.filter((one) => standsFor(name, one.name)).map((one) => one.name)
    if (of.every((one) => one !== name && itself.has(one))) throw errors.variesNothing(name, of)
  }
}

/**
 * The exact set of parameters, among those of a grid, for which a property holds.
 *
 * A box of them is searched with each parameter anywhere in it, at each use anew: where the property holds so, it holds at all points of the box. A
 * run that violates it is generalised to all parameters for which its steps can come in that order (`feasible`), and those are done; what is left
 * of the box is cut in two. So every point is decided by a search that is of it or of more than it.
 *
 * @throws InputError where there is no such variant, scenario, property or parameter, there are too many points, or the model throws
 */
export function boundsOf(target: TargetVariant, asked: BoundsAsked, control: Control = wallClock): Bounds {
  const { most = MOST_SEARCHES, limits = DEFAULT_LIMITS } = asked
  const about = aboutBounds(target, asked)
  const bisection = new Bisection(new Grid(asked.vary), about.shows)
  const left = secondsLeft(asked, control)
  for (let box = bisection.next(); box !== null && bisection.searches < most; box = bisection.next()) {
    if (left() <= 0 || control.interrupted?.() === true) break
    const found = searchBox(
      target,
      about,
      box,
      { ...limitsOf(limits, bisection.mostStates(box)), seconds: left() },
      control,
    )
    if (found === null) break
    bisection.learn(found)
  }
  return boundsFrom(about, bisection)
}

export const MOST_SEARCHES = 5000

/** Of a search that may have so many states. */
export const limitsOf = (limits: Limits, mostStates: number): Limits =>
  mostStates === Number.POSITIVE_INFINITY
    ? limits
    : { ...limits, states: Math.min(mostStates, limits.states ?? Number.POSITIVE_INFINITY) }

/** Of all searches together, from now on. */
export function secondsLeft({ seconds = Number.POSITIVE_INFINITY }: BoundsAsked, control: Control): () => number {
  const until = control.now() + seconds
  return () => until - control.now()
}

/** What came of it, as far as it was searched. */
export function boundsFrom({ vary, given, ...about }: BoundsAbout, bisection: Bisection): Bounds {
  const grid = new Grid(vary)
  const verdicts = bisection.verdicts()
  const simple = simplest(bisection.regions, verdicts, about.shows === 'holds', grid)
  return {
    ...about,
    parameters: vary,
    given,
    summary: joined(
      simple.map(({ forms }) => forms),
      grid,
    ),
    regions: simple,
    verdicts,
    searches: bisection.searches,
    complete: bisection.complete && verdicts.every((verdict) => verdict !== null),
  }
}

/**
 * The fewest and simplest regions that a greedy choice finds for the same points: a form is left out where all points of the grid that its region
 * then has are decided alike, those with the largest numbers first, and a region whose points are all in others.
 */
function simplest(
  regions: readonly Region[],
  verdicts: readonly (boolean | null)[],
  shows: boolean,
  grid: Grid,
): Region[] {
  const simple = regions.map(({ forms, story }) => {
    let kept = forms
    for (const form of [...forms].sort((one, other) => sizeOf(other) - sizeOf(one))) {
      const fewer = kept.filter((other) => other !== form)
      if (pointsOf(fewer, grid).every((i) => verdicts[i] === shows)) kept = fewer
    }
    return { forms: kept, story }
  })
  const covers = simple.map(({ forms }) => pointsOf(forms, grid))
  const left = new Set(covers.flat())
  const kept: Region[] = []
  while (left.size > 0) {
    const gains = covers.map((points) => points.filter((i) => left.has(i)).length)
    const best = gains.indexOf(Math.max(...gains))
    kept.push(simple[best]!)
    for (const i of covers[best]!) left.delete(i)
  }
  return kept
}

const sizeOf = ({ coefficients }: Linear): number => coefficients.reduce((sum, one) => sum + Math.abs(one), 0)
