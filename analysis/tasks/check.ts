import type { Control } from '../../checker/limits.ts'
import { type Job, type Result, runJob } from '../job.ts'
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
    isFinal: (results) => results.every(isFinal),
    form: apartFromStories,
  },
)

/** A count of states is the same the next time; a moment is not, nor is what is left of a machine's memory. */
const isFinal = ({ verdict, incompleteBecause }: Result): boolean =>
  verdict !== 'failed' && (verdict !== 'incomplete' || ['states', 'reduction'].includes(incompleteBecause!))
