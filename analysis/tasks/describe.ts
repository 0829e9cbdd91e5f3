import type { Control } from '../../checker/limits.ts'
import { describe, type TargetDescription } from '../describe.ts'
import { resolveTargets } from '../load/resolve.ts'
import { taskOf } from '../threads/task.ts'

/** What there is to ask of each of these names; of everything that ships, where there are none. */
export const describeTask = taskOf(
  import.meta.url,
  'describeTask',
  async (names: readonly string[], control: Control): Promise<TargetDescription[]> =>
    (await resolveTargets(names, { control })).map(describe),
  { about: (names) => names, isFinal: () => true },
)
