import type { Control } from '../../checker/limits.ts'
import { type Leaning, leaningOf } from '../assumptions/leaning.ts'
import { taskOf } from '../threads/task.ts'
import { theVariant } from './targets.ts'

/** What the survival of one variant leans on. */
export const leaningTask = taskOf(
  import.meta.url,
  'leaningTask',
  async (target: string, control: Control): Promise<Leaning> =>
    leaningOf(await theVariant(target, control), undefined, control),
)
