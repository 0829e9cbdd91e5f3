import type { Scenario } from '../../spec/internet/scenario.ts'
import type { Axis } from './axis.ts'
import { type Direction, isAbove, type Point, pointsOf, saysSomething, scenarioAt } from './points.ts'

/** What came out at a point. `cut`: there was no time for it, or somebody interrupted. */
export type Judged<Shown> =
  | { readonly kind: 'violated'; readonly shown: Shown }
  | { readonly kind: 'holds' | 'vacuous' | 'cut' }
  | { readonly kind: 'not known'; readonly because: string }

/** The minimal sets of changes that turn a verdict round. */
export interface MinimalSets<Shown> {
  /** The verdict is the other one there, and as it was at each point below that was tried. */
  readonly turns: readonly { readonly point: Point; readonly shown: Shown | null }[]
  /** Single changes after which the verdict is as it was, however far they were taken. */
  readonly keeps: readonly Point[]
  readonly vacuous: readonly Point[]
  readonly notKnown: readonly { readonly point: Point; readonly because: string }[]
  /** For which there was no time. What is above something that is not known is not tried either, and not listed. */
  readonly notTried: readonly Point[]
  readonly tried: number
}

/**
 * Goes up the lattice from a scenario, one axis at a time, then two at a time: what is above a point that has turned is not minimal, and what is above one
 * that is not known, or vacuous, could not be told to be.
 *
 * @param turned which verdict is looked for: 'violated' where it holds in the scenario, 'holds' where it does not
 * @param most axes that are changed at once
 */
export function minimalSets<Shown>(
  base: Scenario,
  axes: readonly Axis[],
  direction: Direction,
  turned: 'violated' | 'holds',
  most: number,
  judge: (scenario: Scenario) => Judged<Shown>,
): MinimalSets<Shown> {
  const turns: { point: Point; shown: Shown | null }[] = []
  const keeps: Point[] = []
  const vacuous: Point[] = []
  const notKnown: { point: Point; because: string }[] = []
  const notTried: Point[] = []
  let tried = 0
  let cut = false
  const isOpen = (point: Point): boolean =>
    ![...turns.map((one) => one.point), ...notKnown.map((one) => one.point), ...vacuous].some((below) =>
      isAbove(point, below),
    ) && saysSomething(base, point)
  for (let size = 1; size <= most; size++) {
    for (const point of pointsOf(axes, direction, size)) {
      if (!isOpen(point)) continue
      const judged: Judged<Shown> = cut ? { kind: 'cut' } : judge(scenarioAt(base, point))
      if (judged.kind === 'cut') {
        cut = true
        notTried.push(point)
        continue
      }
      tried += 1
      if (judged.kind === 'not known') notKnown.push({ point, because: judged.because })
      else if (judged.kind === 'vacuous') vacuous.push(point)
      else if (judged.kind === turned) turns.push({ point, shown: judged.kind === 'violated' ? judged.shown : null })
      else if (size === 1) keeps.push(point)
    }
  }
  return { turns, keeps: farthest(keeps), vacuous, notKnown, notTried, tried }
}

/** Of the points on one axis, the one that goes farthest. */
const farthest = (points: readonly Point[]): Point[] =>
  points.filter((point) => !points.some((other) => other !== point && isAbove(other, point)))
