import type { Control } from '../../checker/limits.ts'
import { type Job, type Result, runJob } from '../job.ts'
import { lineOf } from '../load/place.ts'
import { type Resumable, searchFor } from '../resumable.ts'
import { taskOf } from '../threads/task.ts'
import { theKnownTarget } from './targets.ts'

export interface ResumableGiven {
  readonly job: Job
  readonly place: Resumable
}

/** One search that can be gone on with. What it finds is kept where it is, and nowhere else. */
export const resumableTask = taskOf(
  import.meta.url,
  'resumableTask',
  async ({ job, place }: ResumableGiven, control: Control): Promise<Result[]> => {
    const search = await searchFor(job, place)
    const target = await theKnownTarget(job.file ?? job.protocol)
    const line = job.file === null ? null : lineOf(job.file, job.variant)
    return runJob(target, job, control, search).map((result) => ({ ...result, line }))
  },
)
