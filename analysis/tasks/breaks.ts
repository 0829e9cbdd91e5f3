import type { Control } from '../../checker/limits.ts'
import type { Decided } from '../assumptions/searches.ts'
import { type Breaks, type BreaksOptions, breaksAndDecided } from '../breaks.ts'
import { taskOf } from '../threads/task.ts'
import { theVariant } from './targets.ts'

export interface BreaksGiven extends Omit<BreaksOptions, 'control'> {
  readonly target: string
  readonly property: string
}

export interface BreaksFound {
  readonly breaks: Breaks
  readonly decided: readonly Decided[]
}

export const breaksTask = taskOf(
  import.meta.url,
  'breaksTask',
  async ({ target, property, ...options }: BreaksGiven, control: Control): Promise<BreaksFound> =>
    breaksAndDecided(await theVariant(target, control), property, { ...options, control }),
)
