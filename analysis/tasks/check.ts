import type { Control } from '../../checker/limits.ts'
import { type Job, type Result, runJob } from '../job.ts'
import { lineOf } from '../load/place.ts'
import { resolveTargets } from '../load/resolve.ts'
import type { Target } from '../target.ts'
import { taskOf } from '../threads/task.ts'

/** A thread loads each file once. */
const targets = new Map<string, Promise<readonly Target[]>>()

/** Jobs are made of what `describeTask` gives, which has looked for mistakes. */
const SEEN = true

/** One search. */
export const checkTask = taskOf(import.meta.url, 'checkTask', async (job: Job, control: Control): Promise<Result[]> => {
  const name = job.file ?? job.protocol
  const known = targets.get(name) ?? resolveTargets([name], SEEN)
  targets.set(name, known)
  const [target] = await known
  const line = job.file === null ? null : lineOf(job.file, job.variant)
  return runJob(target!, job, control).map((result) => ({ ...result, line }))
})
