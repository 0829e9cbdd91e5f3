import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Job, Kept, Result } from '../analysis/job.ts'
import { errors } from './errors.ts'
import { wholeNumber } from './options.ts'
import { version } from './version.ts'

export interface KeptFlags {
  readonly onDisk?: string
  readonly partitions?: string
  readonly resume?: boolean
}

/** Where a search is kept, so that an end of the process is not one of the search. */
export const withKept = (command: Command): Command =>
  command
    .option('--on-disk <folder>', 'keep the states of one search in a folder instead of in memory: no liveness')
    .option('--partitions <n>', 'with --on-disk: parts of each layer, shared by as many processes on one folder')
    .option('--resume', 'go on with what --on-disk holds')

/** @throws InputError where there is more than one search to keep, or nothing to go on with */
export function keptIn(jobs: readonly Job[], { onDisk, partitions, resume = false }: KeptFlags): readonly Job[] {
  if (onDisk === undefined) {
    const alone = resume ? '--resume' : partitions === undefined ? null : '--partitions'
    if (alone !== null) throw errors.nothingKept(alone)
    return jobs
  }
  if (jobs.length !== 1) throw errors.keepsOneSearch('--on-disk', jobs.length)
  const kept: Kept = {
    folder: resolve(onDisk),
    partitions: partitions === undefined ? null : wholeNumber('--partitions', partitions),
    resume,
    program: version,
  }
  return jobs.map((job) => ({ ...job, kept }))
}

/** How to go on with a search that did not come to its end. */
export function sayHowToGoOn(results: readonly Result[], { onDisk }: KeptFlags): void {
  if (onDisk === undefined || results.every(({ verdict }) => verdict !== 'incomplete')) return
  process.stderr.write(`The search in ${onDisk} is not over: the same command with --resume goes on with it.\n`)
}
