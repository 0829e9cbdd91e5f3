import type { Control } from '../../checker/limits.ts'
import { type Job, type Result, runJob } from '../job.ts'
import { searchFor } from '../kept.ts'
import { lineOf } from '../load/place.ts'
import { taskOf } from '../threads/task.ts'
import { theKnownTarget } from './targets.ts'

/** One search. */
export const checkTask = taskOf(import.meta.url, 'checkTask', async (job: Job, control: Control): Promise<Result[]> => {
  // Jobs are made of what `describeTask` gives, which has looked for mistakes.
  const target = await theKnownTarget(job.file ?? job.protocol)
  const line = job.file === null ? null : lineOf(job.file, job.variant)
  const search = job.kept === undefined ? undefined : await searchFor(job, job.kept)
  return runJob(target, job, control, search).map((result) => ({ ...result, line }))
})
