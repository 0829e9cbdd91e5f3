import { type Control, type Limits, wallClock } from '../../checker/limits.ts'
import { errors } from '../errors.ts'
import { DEFAULT_LIMITS } from '../limits.ts'
import { Bisection } from './bisection.ts'
import {
  type Bounds,
  type BoundsAbout,
  type BoundsAsked,
  boundsFrom,
  limitsOf,
  MOST_SEARCHES,
  secondsLeft,
} from './bounds.ts'
import type { BoxFound } from './box-search.ts'
import { Grid, type GridBox } from './grid.ts'

/** The search of a box that was decided: what `boundsByOthers` can be told of an earlier time. */
export interface DecidedBox extends BoxFound {
  readonly box: GridBox
  /** States that its search might have; null for as many as it liked. */
  readonly mostStates: number | null
}

/** A box, and what its search may spend. */
export interface BoxToSearch {
  readonly box: GridBox
  readonly limits: Limits
}

/** Who searches boxes, several at a time: what came of each, and null where it was cut off. */
export type SearchBoxes = (boxes: readonly BoxToSearch[]) => Promise<readonly (() => BoxFound | null)[]>

/** What came of a search, and the states that it might have. */
interface Known {
  readonly mostStates: number
  readonly found: () => BoxFound | null
}

export interface ByOthers {
  readonly search: SearchBoxes
  /** Boxes at a time. What comes out does not depend on it. */
  readonly atOnce: number
  readonly decided?: readonly DecidedBox[]
  /** Told after each search of how many points are decided. */
  readonly standing?: (points: number, of: number) => void
}

/**
 * The same by others: besides the box that is due, those that may be due after it are searched. They are looked at in the order in which one alone
 * would have searched them.
 *
 * @throws InputError as `boundsOf`, and where what was decided is not of today's model: its first search is always done again
 */
export async function boundsByOthers(
  about: BoundsAbout,
  asked: BoundsAsked,
  { search, atOnce, decided = [], standing }: ByOthers,
  control: Control = wallClock,
): Promise<{ readonly bounds: Bounds; readonly decided: readonly DecidedBox[] }> {
  const { most = MOST_SEARCHES, limits = DEFAULT_LIMITS } = asked
  const grid = new Grid(asked.vary)
  const bisection = new Bisection(grid, about.shows)
  const left = secondsLeft(asked, control)
  const known = new Map(
    decided.map((one): [string, Known] => [
      keyOf(one.box),
      { mostStates: one.mostStates ?? Number.POSITIVE_INFINITY, found: () => one },
    ]),
  )
  const before = known.get(keyOf(grid.all))?.found()
  known.delete(keyOf(grid.all))
  const boxes: DecidedBox[] = []
  for (let box = bisection.next(); box !== null && bisection.searches < most; box = bisection.next()) {
    const mostStates = bisection.mostStates(box)
    if (!isEnough(known.get(keyOf(box)), mostStates)) {
      if (left() <= 0 || control.interrupted?.() === true) break
      known.delete(keyOf(box))
      // At first it is seen whether this is the model of then.
      const asking = before !== undefined && boxes.length === 0 ? 1 : atOnce
      const wanted = bisection
        .ahead(asking)
        .filter((one) => !known.has(keyOf(one)))
        .map((one) => ({ box: one, mostStates: bisection.mostStates(one) }))
      const outcomes = await search(
        wanted.map((one) => ({
          box: one.box,
          limits: { ...limitsOf(limits, one.mostStates), seconds: left() },
        })),
      )
      for (const [i, one] of wanted.entries())
        known.set(keyOf(one.box), { mostStates: one.mostStates, found: outcomes[i]! })
    }
    const found = known.get(keyOf(box))!.found()
    if (found === null) break
    if (before !== undefined && boxes.length === 0) mustBeAsBefore(about, before!, found)
    boxes.push({ box, mostStates: Number.isFinite(mostStates) ? mostStates : null, ...found })
    bisection.learn(found)
    standing?.(bisection.behind, grid.points)
  }
  return { bounds: boundsFrom(about, bisection), decided: boxes }
}

/** One that was given up before larger ones had come to something is searched again. */
function isEnough(known: Known | undefined, mostStates: number): boolean {
  return known !== undefined && (known.mostStates >= mostStates || known.found()?.found.kind !== 'not known')
}

const keyOf = (box: GridBox): string => box.join(';')

function mustBeAsBefore({ target, scenario }: BoundsAbout, then: BoxFound, now: BoxFound): void {
  const same = then.found.kind === now.found.kind && then.states === now.states && then.transitions === now.transitions
  if (!same) throw errors.decidedOfAnotherModel(target, scenario, then, now)
}
