import type { Control, Limits } from '../../checker/limits.ts'
import { type Occurrences, occurrencesIn } from '../occurrences.ts'
import { scenarioOf } from '../target.ts'
import { taskOf } from '../threads/task.ts'
import { theVariant } from './targets.ts'

export interface OccurrencesGiven {
  readonly target: string
  readonly scenario: string
  readonly limits: Limits
}

/** What happens in a scenario of a variant. */
export const occurrencesTask = taskOf(
  import.meta.url,
  'occurrencesTask',
  async ({ target, scenario, limits }: OccurrencesGiven, control: Control): Promise<Occurrences> => {
    const asked = await theVariant(target, control)
    return occurrencesIn(asked, scenarioOf(asked, scenario), limits, control)
  },
)
