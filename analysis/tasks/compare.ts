import type { Control } from '../../checker/limits.ts'
import type { Comparison } from '../../counterexamples/index.ts'
import { type NotKnown, whereItBites } from '../compare.ts'
import { taskOf } from '../threads/task.ts'
import { theVariant } from './targets.ts'

export interface CompareGiven {
  readonly broken: string
  readonly fixed: string
  readonly property: string
  readonly scenario: string | undefined
}

export const compareTask = taskOf(
  import.meta.url,
  'compareTask',
  async (
    { broken, fixed, property, scenario }: CompareGiven,
    control: Control,
  ): Promise<Comparison | NotKnown | null> =>
    whereItBites(await theVariant(broken, control), await theVariant(fixed, control), property, scenario, control),
)
