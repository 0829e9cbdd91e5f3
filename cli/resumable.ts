import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Result } from '../analysis/job.ts'
import type { Planned } from '../analysis/plan/plan.ts'
import type { Resumable } from '../analysis/resumable.ts'
import { resumableTask } from '../analysis/tasks/resumable.ts'
import { errors } from './errors.ts'
import { fileFor } from './files.ts'
import { engine, sourcesOf } from './kept.ts'
import { wholeNumber } from './options.ts'
import type { Searched } from './searches.ts'
import { nameOfJob, runTask } from './threads.ts'

export interface ResumableFlags {
  readonly onDisk?: string
  readonly partitions?: string
  readonly checkpoint?: string
  readonly every?: string
  readonly resume?: boolean
}

/** Seconds between two checkpoints, where nobody says. */
const EVERY = 60

/** Where a search is kept, so that an end of the process is not one of the search. */
export const withResumable = (command: Command): Command =>
  command
    .option('--on-disk <folder>', 'keep the states of one search in a folder instead of in memory: no liveness')
    .option(
      '--partitions <n>',
      'with --on-disk: parts of each layer, shared by as many processes on one folder (default 4)',
    )
    .option('--checkpoint <file>', 'keep one search, in memory, in a file now and then, and when it is interrupted')
    .option('--every <seconds>', `with --checkpoint: between two (default ${EVERY})`)
    .option('--resume', 'go on with what --on-disk or --checkpoint holds')

/** Where a search is to be kept; null where it is not. @throws InputError where there is nothing to go on with */
function placeFrom(flags: ResumableFlags): Resumable | null {
  const { onDisk, checkpoint, partitions, every, resume = false } = flags
  if (onDisk === undefined && partitions !== undefined) throw errors.notResumable('--partitions', '--on-disk <folder>')
  if (checkpoint === undefined && every !== undefined) throw errors.notResumable('--every', '--checkpoint <file>')
  if (onDisk !== undefined && checkpoint !== undefined) throw errors.resumableTwice()
  if (onDisk !== undefined)
    return {
      resume,
      folder: resolve(onDisk),
      partitions: partitions === undefined ? null : wholeNumber('--partitions', partitions),
    }
  if (checkpoint !== undefined)
    return { resume, file: fileFor(checkpoint), every: every === undefined ? EVERY : wholeNumber('--every', every) }
  if (resume) throw errors.notResumable('--resume', '--on-disk <folder> or --checkpoint <file>')
  return null
}

/** Where the one search of a plan is to be kept; null where it is not. @throws InputError where there are several */
export function keptAt(planned: readonly Planned[], flags: ResumableFlags): { only: Planned; place: Resumable } | null {
  const place = placeFrom(flags)
  if (place === null) return null
  const [only] = planned
  if (only === undefined || planned.length > 1)
    throw errors.resumesOneSearch('folder' in place ? '--on-disk' : '--checkpoint', planned.length)
  return { only, place }
}

/** Makes a search where it can be gone on with. */
export async function searchResumably(only: Planned, place: Resumable, workers: number): Promise<Searched> {
  const results = await runTask(resumableTask, { job: only.job, place }, nameOfJob(only.job), workers)
  sayHowToGoOn(results, place)
  return {
    searches: [{ ...only, engine: engine(), sources: await sourcesOf(only.job.file ?? only.job.protocol), results }],
    kept: 0,
  }
}

/** How to go on with a search that did not come to its end. */
export function sayHowToGoOn(results: readonly Result[], place: Resumable): void {
  if (results.every(({ verdict }) => verdict !== 'incomplete')) return
  const where = 'folder' in place ? place.folder : place.file
  const bound = results.find(({ incompleteBecause }) => ['states', 'memory'].includes(`${incompleteBecause}`))
  const more = bound === undefined ? '' : ` It needs a larger --max-${bound.incompleteBecause} then.`
  process.stderr.write(`The search in ${where} is not over: the same command with --resume goes on with it.${more}\n`)
}
