import type { Control } from '../../checker/limits.ts'
import { single } from '../target.ts'
import { taskOf } from '../threads/task.ts'
import { aboutBounds, type BoundsAbout, type BoundsAsked } from '../timing/bounds.ts'
import { type BoxAsked, type BoxFound, searchBox } from '../timing/box-search.ts'
import type { BoxToSearch } from '../timing/by-others.ts'
import { theKnownTarget, theVariant } from './targets.ts'

export interface BoundsGiven extends BoundsAsked {
  readonly target: string
}

/** What is known before anything is searched: it looks for mistakes. */
export const aboutBoundsTask = taskOf(
  import.meta.url,
  'aboutBoundsTask',
  async ({ target, ...asked }: BoundsGiven, control: Control): Promise<BoundsAbout> =>
    aboutBounds(await theVariant(target, control), asked),
)

export interface BoxGiven extends BoxToSearch {
  readonly target: string
  readonly asked: BoxAsked
}

/** The search of one box. */
export const boxTask = taskOf(
  import.meta.url,
  'boxTask',
  async ({ target, asked, box, limits }: BoxGiven, control: Control): Promise<BoxFound | null> =>
    searchBox(single(await theKnownTarget(target), target), asked, box, limits, control),
)
