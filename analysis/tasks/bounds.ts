import type { Control } from '../../checker/limits.ts'
import { taskOf } from '../threads/task.ts'
import { type Bounds, type BoundsAsked, boundsOf } from '../timing/bounds.ts'
import { theVariant } from './targets.ts'

export interface BoundsGiven extends BoundsAsked {
  readonly target: string
}

export const boundsTask = taskOf(
  import.meta.url,
  'boundsTask',
  async ({ target, ...asked }: BoundsGiven, control: Control): Promise<Bounds> =>
    boundsOf(await theVariant(target, control), asked, control),
)
