import type { Story } from '../../counterexamples/index.ts'
import type { Scenario } from '../../spec/internet/scenario.ts'
import type { TargetVariant } from '../target.ts'
import { axesOf } from './axes.ts'
import type { Axis } from './axis.ts'
import { type MinimalSets, minimalSets } from './minimal-sets.ts'
import type { Direction, Point } from './points.ts'
import type { Searches } from './searches.ts'

/** What a verdict leans on: which assumptions it takes to turn it round. Plain data. */
export interface LeansOn {
  /** Of one that holds assumptions are weakened until it fails; of one that fails they are strengthened until it holds. */
  readonly direction: Direction
  /** So many axes at once at most. */
  readonly mostAtOnce: number
  /** All of them, as they are in the scenario. */
  readonly assumptions: readonly Assumed[]
  /** The minimal sets that turn it round, each with its least run where it fails; none of them contains another. */
  readonly sets: readonly { readonly changes: readonly Change[]; readonly story: Story | null }[]
  /** Single changes that do not turn it round, as far as they go. */
  readonly withstands: readonly Change[]
  /** There nothing happens that the property speaks of, which is neither. */
  readonly vacuous: readonly (readonly Change[])[]
  readonly notKnown: readonly { readonly changes: readonly Change[]; readonly because: string }[]
  /** There was no time for these. */
  readonly notTried: readonly (readonly Change[])[]
  readonly tried: number
}

export interface Assumed {
  readonly id: string
  /** In words. */
  readonly assumes: string
  /** Whether nothing weaker is known than what the scenario has, so that no verdict leans on it; or nothing stronger, for one that fails. */
  readonly atItsEnd: boolean
  /** Whether it says anything in the scenario: how long gaps are does not, where moves have none. */
  readonly says: boolean
}

/** An assumption for which another was taken. */
export interface Change {
  readonly assumption: string
  readonly assumes: string
  readonly instead: string
  readonly value: string
  /** What is given up by it, in a word or two: '≤ 1 loss' where it is the second one. */
  readonly short: string
}

/** @param turned which verdict is looked for */
export function leansOn(
  target: TargetVariant,
  base: Scenario,
  turned: 'violated' | 'holds',
  mostAtOnce: number,
  searches: Searches,
): LeansOn {
  const direction: Direction = turned === 'violated' ? 'weaker' : 'stronger'
  const axes = axesOf(target.protocol, target.variant, base)
  const found = minimalSets(base, axes, direction, turned, mostAtOnce, (scenario) => searches.judge(scenario))
  return { direction, mostAtOnce, ...told(found), assumptions: axes.map((axis) => assumed(axis, base, direction)) }
}

const assumed = ({ id, assumes, says, ...axis }: Axis, base: Scenario, direction: Direction): Assumed => ({
  id,
  assumes,
  atItsEnd: axis[direction].length === 0,
  says: says(base),
})

function told(found: MinimalSets<Story | null>): Omit<LeansOn, 'direction' | 'mostAtOnce' | 'assumptions'> {
  const { turns, keeps, vacuous, notKnown, notTried, tried } = found
  return {
    sets: turns.map(({ point, shown }) => ({ changes: changesOf(point), story: shown })),
    withstands: keeps.flatMap(changesOf),
    vacuous: vacuous.map(changesOf),
    notKnown: notKnown.map(({ point, because }) => ({ changes: changesOf(point), because })),
    notTried: notTried.map(changesOf),
    tried,
  }
}

const changesOf = (point: Point): Change[] =>
  point.map(({ axis, level, alternative: { instead, value } }) => {
    const { id, assumes } = axis
    const along = axis.weaker.some((one) => one.value === value) ? axis.weaker : axis.stronger
    return { assumption: id, assumes, instead, value, short: level === 0 ? axis.short : along[level - 1]!.short }
  })
