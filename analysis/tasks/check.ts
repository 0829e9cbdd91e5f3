import type { Control } from '../../checker/limits.ts'
import { isFinal, type Job, type Result, runJob } from '../job.ts'
import { apartFromStories } from '../kept/stories.ts'
import { lineOf } from '../load/place.ts'
import { taskOf } from '../threads/task.ts'
import { theKnownTarget } from './targets.ts'

/** One search. */
export const checkTask = taskOf(
  import.meta.url,
  'checkTask',
  async (job: Job, control: Control): Promise<Result[]> => {
    // Jobs are made of what `describeTask` gives, which has looked for mistakes.
    const target = await theKnownTarget(job.file ?? job.protocol)
    const line = job.file === null ? null : lineOf(job.file, job.variant)
    return runJob(target, job, control).map((result) => ({ ...result, line }))
  },
  {
    about: ({ file, protocol }) => [file ?? protocol],
    // What is told besides a verdict is given up when there is no time left.
    isFinal: (results, { limits }) => limits.seconds === undefined && isFinal(results),
    form: apartFromStories,
  },
)
