import { scenarioOf } from '../analysis/target.ts'
import { theVariant } from '../analysis/tasks/targets.ts'
import { taskOf } from '../analysis/threads/task.ts'
import { worldOf } from '../analysis/world.ts'
import type { Control } from '../checker/limits.ts'
import type { Story } from '../counterexamples/index.ts'
import { captureOf } from './index.ts'

export interface CaptureGiven {
  readonly target: string
  readonly scenario: string
  readonly story: Story
}

/** A run as a capture. */
export const captureTask = taskOf(
  import.meta.url,
  'captureTask',
  async ({ target: name, scenario, story }: CaptureGiven, control: Control): Promise<ReturnType<typeof captureOf>> => {
    const target = await theVariant(name, control)
    return captureOf(target.protocol.name, worldOf(target, scenarioOf(target, scenario)).internet, story)
  },
)
