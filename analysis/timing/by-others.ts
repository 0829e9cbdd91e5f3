import { type Control, type Limits, wallClock } from '../../checker/limits.ts'
import { errors } from '../errors.ts'
import { DEFAULT_LIMITS } from '../limits.ts'
import { Bisection } from './bisection.ts'
import { type Bounds, type BoundsAbout, type BoundsAsked, boundsFrom, MOST_SEARCHES, secondsLeft } from './bounds.ts'
import type { BoxFound } from './box-search.ts'
import { Grid, type GridBox } from './grid.ts'

/** The search of a box that was decided: what `boundsByOthers` can be told of an earlier time. */
export interface DecidedBox extends BoxFound {
  readonly box: GridBox
}

/** Who searches boxes, several at a time: what came of each, and null where it was cut off. */
export type SearchBoxes = (boxes: readonly GridBox[], limits: Limits) => Promise<readonly (() => BoxFound | null)[]>

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
  const known = new Map<string, () => BoxFound | null>(decided.map((one) => [keyOf(one.box), () => one]))
  const before = known.get(keyOf(grid.all))?.()
  known.delete(keyOf(grid.all))
  const boxes: DecidedBox[] = []
  for (let box = bisection.next(); box !== null && bisection.searches < most; box = bisection.next()) {
    if (!known.has(keyOf(box))) {
      if (left() <= 0 || control.interrupted?.() === true) break
      // At first it is seen whether this is the model of then.
      const asking = before !== undefined && boxes.length === 0 ? 1 : atOnce
      const wanted = bisection.ahead(asking).filter((one) => !known.has(keyOf(one)))
      const outcomes = await search(wanted, { ...limits, seconds: left() })
      for (const [i, one] of wanted.entries()) known.set(keyOf(one), outcomes[i]!)
    }
    const found = known.get(keyOf(box))!()
    if (found === null) break
    if (before !== undefined && boxes.length === 0) mustBeAsBefore(about, before!, found)
    boxes.push({ box, ...found })
    bisection.learn(found)
    standing?.(bisection.behind, grid.points)
  }
  return { bounds: boundsFrom(about, bisection), decided: boxes }
}

const keyOf = (box: GridBox): string => box.join(';')

function mustBeAsBefore({ target, scenario }: BoundsAbout, then: BoxFound, now: BoxFound): void {
  const same = then.found.kind === now.found.kind && then.states === now.states && then.transitions === now.transitions
  if (!same) throw errors.decidedOfAnotherModel(target, scenario, then, now)
}
