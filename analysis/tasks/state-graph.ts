import type { Control } from '../../checker/limits.ts'
import type { DrawnGraph } from '../../counterexamples/index.ts'
import { stateGraphOf } from '../state-graph.ts'
import { scenarioOf } from '../target.ts'
import { taskOf } from '../threads/task.ts'
import { theVariant } from './targets.ts'

export interface StateGraphGiven {
  readonly target: string
  readonly scenario: string
  readonly most: number
}

export const stateGraphTask = taskOf(
  import.meta.url,
  'stateGraphTask',
  async ({ target, scenario, most }: StateGraphGiven, control: Control): Promise<DrawnGraph> => {
    const asked = await theVariant(target, control)
    return stateGraphOf(asked, scenarioOf(asked, scenario), most, control)
  },
)
