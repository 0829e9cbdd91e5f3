import { check } from '../../checker/check.ts'
import type { Control, Limits } from '../../checker/limits.ts'
import { boundsOf as boundsOfRun } from '../../checker/timed/schedule.ts'
import type { Trace, Verdict } from '../../checker/verdict.ts'
import type { Story } from '../../counterexamples/index.ts'
import { parameterOf } from '../../spec/internet/clocks.ts'
import { errors } from '../errors.ts'
import { propertyOf } from '../property.ts'
import { storyOf } from '../story.ts'
import { scenarioOf, type TargetVariant } from '../target.ts'
import { worldOf } from '../world.ts'
import { Grid, type GridBox, type Varied } from './grid.ts'
import { constant, type Linear, multiple } from './linear.ts'
import { type Given, standsFor, timingWith } from './parameters.ts'
import { feasible, type LinearBound } from './project.ts'

/** A run of a property shows that it fails, or, of a reachability property, that it holds. */
export type Shows = 'fails' | 'holds'

/** What is asked of each box. */
export interface BoxAsked {
  readonly scenario: string
  readonly property: string
  readonly vary: readonly Varied[]
  readonly given: Given
  readonly shows: Shows
}

/** What the search of a box came to: plain data, for a thread and a file. */
export interface BoxFound {
  readonly states: number
  readonly transitions: number
  readonly found: /** At no point of the box is there such a run. */
    | { readonly kind: 'no run' }
    /**
     * With each parameter anywhere in the box, at each use anew, there is this one, where it could be afforded; it can happen wherever all
     * of its forms are at most 0. Null for one of which that is not known: it goes round for ever, or there are too many.
     */
    | { readonly kind: 'run'; readonly forms: readonly Linear[] | null; readonly story: Story | null }
    /** It was too big to search. */
    | { readonly kind: 'not known' }
}

/**
 * Searches a box of parameters, with each of them anywhere in it, at each use anew.
 *
 * @param limits of this search
 * @returns null where it was interrupted, or out of seconds
 * @throws InputError where the model throws
 */
export function searchBox(
  target: TargetVariant,
  { scenario: name, property, vary, given, shows }: BoxAsked,
  box: GridBox,
  limits: Limits,
  control: Control,
): BoxFound | null {
  const grid = new Grid(vary)
  const values = grid.valuesOf(box)
  const varied = Object.fromEntries(vary.map((one, i) => [one.name, values[i]!]))
  const timed = { ...scenarioOf(target, name), time: timingWith({ ...given, ...varied }) }
  const world = worldOf(target, timed)
  const { internet } = world
  const verdict = check(internet.model, [propertyOf(world, property)], { limits, control })[0]!
  if (verdict.kind === 'failed') throw errors.modelFails(verdict.error.message)
  if (verdict.kind === 'incomplete' && (verdict.because === 'interrupted' || verdict.because === 'seconds')) return null
  const { states, transitions } = verdict.statistics
  const reason = verdict.kind === 'violated' ? verdict.reason : property.replaceAll('-', ' ')
  const { protocol, variant } = target
  const told = (trace: Trace): Story => storyOf(protocol, variant, internet, property, reason, trace)
  return { states, transitions, found: foundFrom(verdict, shows, (trace) => generalised(trace, vary, grid), told) }
}

function foundFrom(
  verdict: Verdict,
  shows: Shows,
  formsOf: (trace: Trace) => Linear[] | null,
  told: (trace: Trace) => Story,
): BoxFound['found'] {
  if (verdict.kind === 'incomplete') return { kind: 'not known' }
  if ((verdict.kind === 'violated') !== (shows === 'fails')) return { kind: 'no run' }
  const trace = 'trace' in verdict ? verdict.trace : undefined
  if (trace === undefined) return { kind: 'run', forms: null, story: null }
  return { kind: 'run', forms: formsOf(trace), story: told(trace) }
}

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
