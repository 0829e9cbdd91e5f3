import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { check } from '../checker/check.ts'
import { checkWithCheckpoints } from '../checker/checkpoint.ts'
import { checkOnDisk } from '../checker/layers/check.ts'
import { Damaged } from '../checker/layers/files.ts'
import { NotThisFolder } from '../checker/layers/folder.ts'
import { InputError } from './errors.ts'
import type { Job, Kept } from './job.ts'
import { bundle } from './load/bundle.ts'

/** What searches where a search is kept: all that can be wrong with where it is kept is bad input. */
export async function searchFor(job: Job, kept: Kept): Promise<typeof check> {
  const { resume } = kept
  const about = await aboutOf(job, kept)
  return (model, properties, options) => {
    try {
      if ('file' in kept) {
        const { file, every } = kept
        return checkWithCheckpoints(model, properties, { file, about, every, resume }, options)
      }
      const { folder, partitions } = kept
      return checkOnDisk(model, properties, { folder, about, partitions, resume }, options)
    } catch (error) {
      throw asInput(error, 'file' in kept ? kept.file : kept.folder)
    }
  }
}

/** What a kept search is of. */
async function aboutOf(job: Job, { program }: Kept): Promise<Record<string, string>> {
  return {
    program: `doublejump ${program}`,
    variant: `${job.protocol}/${job.variant}`,
    scenario: job.scenario,
    ...(job.file === null ? {} : { source: await digestOf(job.file) }),
  }
}

/** Of a file and what it imports; of the file alone, where these cannot be put together. */
async function digestOf(file: string): Promise<string> {
  const text = await bundle(file).then(
    ({ code }) => code,
    () => readFileSync(file, 'utf8'),
  )
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

function asInput(error: unknown, place: string): unknown {
  if (error instanceof NotThisFolder || error instanceof Damaged) return new InputError(error.message)
  const { code, syscall, message } = error as NodeJS.ErrnoException
  if (code === undefined || syscall === undefined) return error
  return new InputError(
    `A search cannot be kept in ${place}: ${message}. The likeliest cause is a disk that is full, or a place that is not yours. Make room, and go on with --resume; or name another place.`,
  )
}
