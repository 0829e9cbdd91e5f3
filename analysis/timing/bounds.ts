import { check } from '../../checker/check.ts'
import { type Control, type Limits, wallClock } from '../../checker/limits.ts'
import { boundsOf as boundsOfRun } from '../../checker/timed/schedule.ts'
import type { Trace, Verdict } from '../../checker/verdict.ts'
import type { Story } from '../../counterexamples/index.ts'
import { parameterOf } from '../../spec/internet/clocks.ts'
import { assumptionsOf } from '../assumptions/told.ts'
import { errors } from '../errors.ts'
import { DEFAULT_LIMITS } from '../limits.ts'
import { propertyOf } from '../property.ts'
import { storyOf } from '../story.ts'
import { nameOf, scenarioOf, type TargetVariant } from '../target.ts'
import { worldOf } from '../world.ts'
import { Grid, type GridBox, type Varied } from './grid.ts'
import { joined, pointsOf } from './joined.ts'
import { type Box, constant, type Linear, leastIn, mostIn, multiple, sum, valueAt } from './linear.ts'
import { type Given, mustBeKnown, parametersOf, standsFor, timingWith } from './parameters.ts'
import { feasible, type LinearBound } from './project.ts'

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
  readonly shows: 'fails' | 'holds'
  /** Whether it holds at a point of the grid, null where that is not known; as many as `Grid.points`, in its order. */
  readonly verdicts: readonly (boolean | null)[]
  readonly searches: number
  /** Every point was decided. */
  readonly complete: boolean
}

export interface Region {
  readonly forms: readonly Linear[]
  readonly story: Story
}

export interface BoundsAsked {
  readonly scenario: string
  readonly property: string
  readonly vary: readonly Varied[]
  readonly given: Given
  /** Searches in all. */
  readonly most?: number
  readonly limits?: Limits
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
  const { scenario: scenarioName, property, vary, given, most = 5000, limits = DEFAULT_LIMITS } = asked
  const scenario = scenarioOf(target, scenarioName)
  const grid = new Grid(vary)
  const world = worldOf(target, scenario)
  mustBeKnown([...vary.map((one) => one.name), ...Object.keys(given)], parametersOf(world.internet))
  const { kind } = propertyOf(world.properties, property)
  const shows = kind === 'reachable' ? 'holds' : 'fails'
  const verdicts = new Array<boolean | null>(grid.points).fill(null)
  const regions: Region[] = []
  let searches = 0
  let complete = true

  const search = (box: GridBox): { verdict: Verdict; story: (trace: Trace) => Story } => {
    searches++
    const varied = Object.fromEntries(vary.map(({ name }, i) => [name, grid.valuesOf(box)[i]!]))
    const timed = { ...scenario, time: timingWith({ ...given, ...varied }) }
    const { internet, properties } = worldOf(target, timed)
    const [verdict] = check(internet.model, [propertyOf(properties, property)], { limits, control })
    const reason = verdict!.kind === 'violated' ? verdict!.reason : property.replaceAll('-', ' ')
    return {
      verdict: verdict!,
      story: (trace) => storyOf(target.protocol, target.variant, internet, property, reason, trace),
    }
  }

  const open: GridBox[] = [grid.all]
  while (open.length > 0) {
    const box = open.pop()!
    const values = grid.valuesOf(box)
    if (regions.some(({ forms }) => forms.every((form) => mostIn(form, values) <= 0))) continue
    if (searches === most || control.interrupted?.() === true) {
      complete = false
      break
    }
    const { verdict, story } = search(box)
    if (verdict.kind === 'failed') throw errors.modelFails(verdict.error.message)
    const trace = 'trace' in verdict ? verdict.trace : undefined
    const is = verdict.kind === 'holds' || verdict.kind === 'vacuous' ? 'holds' : verdict.kind
    // Where it happens in no run at all, it is so at every point of the box.
    if (is === (shows === 'fails' ? 'holds' : 'violated')) grid.each(box, (i) => (verdicts[i] = shows === 'fails'))
    else {
      const shown = verdict.kind === (shows === 'fails' ? 'violated' : 'holds')
      const forms = shown && trace !== undefined ? generalised(trace, vary, grid) : null
      if (forms?.every((form) => leastIn(form, values) <= 0) === true) {
        regions.push({ forms, story: story(trace!) })
        if (forms.every((form) => mostIn(form, values) <= 0)) continue
      }
      const halves = grid.halves(box)
      if (halves !== null) open.push(...halves)
      else if (shown) {
        grid.each(box, (i) => (verdicts[i] = shows === 'holds'))
        if (trace !== undefined) regions.push({ forms: only(values), story: story(trace) })
      } else complete = false
    }
  }
  for (const { forms } of regions)
    grid.each(grid.all, (i, point) => {
      if (forms.every((form) => valueAt(form, point) <= 0)) verdicts[i] = shows === 'holds'
    })
  const simple = simplest(regions, verdicts, shows === 'holds', grid)
  return {
    target: nameOf(target),
    scenario: scenarioName,
    property,
    parameters: vary,
    given,
    summary: joined(
      simple.map(({ forms }) => forms),
      grid,
    ),
    assumptions: assumptionsOf(target.protocol, target.variant, {
      ...scenario,
      time: timingWith({ ...given, ...varying(vary) }),
    }),
    regions: simple,
    shows,
    verdicts,
    searches,
    complete: complete && verdicts.every((verdict) => verdict !== null),
  }
}

/** The forms that are at most 0 at one point. */
const only = (point: Box): Linear[] =>
  point.flatMap(([value], i) =>
    [1, -1].map((sign) => sum(constant(-sign * value, point.length), multiple(sign, i, point.length))),
  )

/** For which parameters the steps of a run can come in their order; null for one that goes round for ever, of which that says nothing. */
function generalised(trace: Trace, vary: readonly Varied[], grid: Grid): Linear[] | null {
  const { loopStart, states, steps } = trace
  if (loopStart !== null && loopStart < states.length - 1) return null
  const bounds = boundsOfRun(trace)!.map(({ from, to, least, clock }): LinearBound => {
    const parameter = clock === undefined ? -1 : vary.findIndex(({ name }) => standsFor(name, parameterOf(clock)))
    return {
      from,
      to,
      // From the earliest of an interval on, and until its latest: here both are the parameter.
      least: parameter < 0 ? constant(least, vary.length) : multiple(from < to ? 1 : -1, parameter, vary.length),
    }
  })
  return feasible(bounds, steps.length + 1, grid.valuesOf(grid.all))
}

/**
 * The fewest and simplest regions that a greedy choice finds for the same points: a form is left out where all points of the grid that its region
 * then has are decided alike, and a region whose points are all in others.
 */
function simplest(
  regions: readonly Region[],
  verdicts: readonly (boolean | null)[],
  shows: boolean,
  grid: Grid,
): Region[] {
  const simple = regions.map(({ forms, story }) => {
    let kept = forms
    for (const form of forms) {
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

const varying = (vary: readonly Varied[]): Given =>
  Object.fromEntries(vary.map(({ name, from, to }) => [name, [from, to]]))
