import type { Trace } from '../verdict.ts'
import { CLOCKS } from './timed-model.ts'

/** When each step of a run is taken: the earliest instants that its clocks allow, in the model's units from the beginning. */
export interface Schedule {
  readonly instants: readonly number[]
  /** A lasso: how long once round it takes. */
  readonly period: number | null
}

/** A bound between two instants, by position (0 is the beginning, i + 1 the step i): `to` is at least `least` after `from`. */
export interface Bound {
  readonly from: number
  readonly to: number
  readonly least: number
  /** The clock that says so: `least` is then the earliest of its interval, or less than nothing, its latest. */
  readonly clock?: string
}

/**
 * Gives the steps of a run of a model with time their instants; null where its cells have no clocks.
 * @throws Error where no instants fit: then the run is none of the model
 */
export function scheduleOf(trace: Trace): Schedule | null {
  const bounds = boundsOf(trace)
  if (bounds === null) return null
  const instants = earliest(trace.steps.length + 1, bounds)
  const { loopStart } = trace
  return {
    instants: instants.slice(1),
    period: loopStart === null || loopStart >= trace.steps.length ? null : instants.at(-1)! - instants[loopStart]!,
  }
}

/** What is left of each clock, as the cell of a state tells it. */
type Left = Readonly<Record<string, readonly [number, number | null]>>

/** What its clocks say of the instants of a run, all of it; null where its cells have no clocks. */
export function boundsOf({ cells, states, steps }: Trace): Bound[] | null {
  const cell = cells.indexOf(CLOCKS)
  if (cell < 0) return null
  const bounds: Bound[] = []
  const began = new Map<string, { readonly at: number; readonly earliest: number; readonly latest: number | null }>()
  steps.forEach(({ clock, passes }, i) => {
    const left = states[i]![cell] as unknown as Left
    for (const id of began.keys()) if (left[id] === undefined) began.delete(id)
    // A clock that has just begun still has all of its interval left.
    for (const [id, [earliest, latest]] of Object.entries(left)) {
      if (!began.has(id)) began.set(id, { at: i, earliest, latest })
    }
    const now = i + 1
    bounds.push({ from: i, to: now, least: passes ?? 0 })
    if (passes !== undefined) bounds.push({ from: now, to: i, least: -passes })
    for (const [id, { at, earliest, latest }] of began) {
      if (id === clock) bounds.push({ from: at, to: now, least: earliest, clock: id })
      if (latest !== null) bounds.push({ from: now, to: at, least: -latest, clock: id })
    }
    if (clock !== undefined) began.delete(clock)
  })
  return bounds
}

/** Longest paths from the beginning (Bellman and Ford): the least instants that all bounds allow. */
function earliest(count: number, bounds: readonly Bound[]): number[] {
  const instants = new Array<number>(count).fill(0)
  for (let round = 0; round <= count; round++) {
    let changed = false
    for (const { from, to, least } of bounds) {
      if (instants[from]! + least <= instants[to]!) continue
      if (to === 0) break
      instants[to] = instants[from]! + least
      changed = true
    }
    if (!changed) return instants
  }
  throw new Error(NO_INSTANTS)
}

/**
 * How far apart two instants of a run can be (by position, as in `Bound`): from when until when; null where they can be as far apart as one likes.
 * With whole bounds both ends are whole, and come about.
 */
export function apart(
  count: number,
  bounds: readonly Bound[],
  from: number,
  to: number,
): [least: number, most: number | null] {
  const most = distances(count, bounds, from)[to]!
  const least = 0 - distances(count, bounds, to)[from]!
  return [least, Number.isFinite(most) ? most : null]
}

/** Shortest paths over 'at most so much later than' (Bellman and Ford). */
function distances(count: number, bounds: readonly Bound[], from: number): number[] {
  const distance = new Array<number>(count).fill(Number.POSITIVE_INFINITY)
  distance[from] = 0
  for (let round = 0; round <= count; round++) {
    let changed = false
    for (const bound of bounds) {
      const through = distance[bound.to]! - bound.least
      if (through >= distance[bound.from]!) continue
      distance[bound.from] = through
      changed = true
    }
    if (!changed) return distance
  }
  throw new Error(NO_INSTANTS)
}

const NO_INSTANTS = 'No instants fit the clocks of this run: it is none of the model, or a bug in the checker.'
