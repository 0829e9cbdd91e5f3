import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Job, Kept, Result } from '../analysis/job.ts'
import { errors } from './errors.ts'
import { fileFor } from './files.ts'
import { wholeNumber } from './options.ts'
import { version } from './version.ts'

export interface KeptFlags {
  readonly onDisk?: string
  readonly partitions?: string
  readonly checkpoint?: string
  readonly every?: string
  readonly resume?: boolean
}

/** Seconds between two checkpoints, where nobody says. */
const EVERY = 60

/** Where a search is kept, so that an end of the process is not one of the search. */
export const withKept = (command: Command): Command =>
  command
    .option('--on-disk <folder>', 'keep the states of one search in a folder instead of in memory: no liveness')
    .option(
      '--partitions <n>',
      'with --on-disk: parts of each layer, shared by as many processes on one folder (default 4)',
    )
    .option('--checkpoint <file>', 'keep one search, in memory, in a file now and then, and when it is interrupted')
    .option('--every <seconds>', `with --checkpoint: between two (default ${EVERY})`)
    .option('--resume', 'go on with what --on-disk or --checkpoint holds')

/** @throws InputError where there is more than one search to keep, or nothing to go on with */
export function keptIn(jobs: readonly Job[], flags: KeptFlags): readonly Job[] {
  const { onDisk, checkpoint, partitions, every, resume = false } = flags
  if (onDisk === undefined && partitions !== undefined) throw errors.nothingKept('--partitions', '--on-disk <folder>')
  if (checkpoint === undefined && every !== undefined) throw errors.nothingKept('--every', '--checkpoint <file>')
  if (onDisk === undefined && checkpoint === undefined && resume)
    throw errors.nothingKept('--resume', '--on-disk <folder> or --checkpoint <file>')
  if (onDisk === undefined && checkpoint === undefined) return jobs
  if (onDisk !== undefined && checkpoint !== undefined) throw errors.keptTwice()
  if (jobs.length !== 1) throw errors.keepsOneSearch(onDisk === undefined ? '--checkpoint' : '--on-disk', jobs.length)
  const about = { resume, program: version }
  const kept: Kept =
    onDisk === undefined
      ? { ...about, file: fileFor(checkpoint!), every: every === undefined ? EVERY : wholeNumber('--every', every) }
      : {
          ...about,
          folder: resolve(onDisk),
          partitions: partitions === undefined ? null : wholeNumber('--partitions', partitions),
        }
  return jobs.map((job) => ({ ...job, kept }))
}

/** How to go on with a search that did not come to its end. */
export function sayHowToGoOn(results: readonly Result[], { onDisk, checkpoint }: KeptFlags): void {
  const place = onDisk ?? checkpoint
  if (place === undefined || results.every(({ verdict }) => verdict !== 'incomplete')) return
  process.stderr.write(`The search in ${place} is not over: the same command with --resume goes on with it.\n`)
}
