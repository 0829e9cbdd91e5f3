import type { Control } from '../../checker/limits.ts'
import { type Breaks, breaksOf } from '../breaks.ts'
import { taskOf } from '../threads/task.ts'
import { theVariant } from './targets.ts'

export interface BreaksGiven {
  readonly target: string
  readonly property: string
  readonly scenario: string
  readonly most: number
}

export const breaksTask = taskOf(
  import.meta.url,
  'breaksTask',
  async ({ target, property, scenario, most }: BreaksGiven, control: Control): Promise<Breaks> =>
    breaksOf(await theVariant(target, control), property, scenario, most, control),
)
