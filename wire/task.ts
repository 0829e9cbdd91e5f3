import { resolveTargets } from '../analysis/load/resolve.ts'
import { scenarioOf, single } from '../analysis/target.ts'
import { taskOf } from '../analysis/threads/task.ts'
import { worldOf } from '../analysis/world.ts'
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
  async ({ target: name, scenario, story }: CaptureGiven): Promise<ReturnType<typeof captureOf>> => {
    const [found] = await resolveTargets([name])
    const target = single(found!, name)
    return captureOf(target.protocol.name, worldOf(target, scenarioOf(target, scenario)).internet, story)
  },
)
