import type { Control } from '../../checker/limits.ts'
import { taskOf } from '../threads/task.ts'
import { type Duration, type DurationAsked, durationOf } from '../timing/durations.ts'
import { theVariant } from './targets.ts'

export interface DurationGiven extends DurationAsked {
  readonly target: string
}

export const durationTask = taskOf(
  import.meta.url,
  'durationTask',
  async ({ target, ...asked }: DurationGiven, control: Control): Promise<Duration> =>
    durationOf(await theVariant(target, control), asked, control),
  { about: ({ target }) => [target], isFinal: ({ complete }) => complete },
)
