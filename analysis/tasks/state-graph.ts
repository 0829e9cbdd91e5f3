import type { Control } from '../../checker/limits.ts'
import type { DrawnGraph } from '../../counterexamples/index.ts'
import { stateGraphOf } from '../state-graph.ts'
import { scenarioOf } from '../target.ts'
import { taskOf } from '../threads/task.ts'
import { theVariant } from './targets.ts'

export interface StateGraphGiven {
  readonly target: string
  /** Without it `one-moves`, or the first there is. */
  readonly scenario?: string | undefined
  readonly most: number
}

export const stateGraphTask = taskOf(
  import.meta.url,
  'stateGraphTask',
  async ({ target, scenario, most }: StateGraphGiven, control: Control): Promise<DrawnGraph> => {
    const asked = await theVariant(target, control)
    const { scenarios } = asked.variant
    const name = scenario ?? (scenarios.find((one) => one.name === 'one-moves') ?? scenarios[0]!).name
    return stateGraphOf(asked, scenarioOf(asked, name), most, control)
  },
)
