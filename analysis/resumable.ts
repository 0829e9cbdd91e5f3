import type { check } from '../checker/check.ts'
import { checkWithCheckpoints } from '../checker/checkpoint.ts'
import { KeepingError } from '../checker/errors.ts'
import { checkOnDisk } from '../checker/layers/check.ts'
import { Damaged, makeFolder } from '../checker/layers/disk/files.ts'
import { Folder, NotThisFolder, type Resume } from '../checker/layers/folder.ts'
import { InputError } from './errors.ts'
import type { Job } from './job.ts'
import { digestOf } from './kept/digest.ts'
import { Sources } from './kept/sources.ts'

/** A search that can be gone on with, and whether it is: in a folder that holds its states instead of memory, and that other processes may share; or from time to time in a file. */
export type Resumable = InFolder | InFile

export interface InFolder {
  readonly folder: string
  readonly resume: Resume
  /** Into how many parts it is cut; null for as it was begun. */
  readonly partitions: number | null
}

export interface InFile {
  readonly file: string
  readonly resume: boolean
  /** Seconds between two checkpoints. */
  readonly every: number
}

/**
 * Makes a folder ready for those who are to search there together.
 *
 * @throws InputError where it is not for that
 */
export function shareFolder({ folder, resume }: InFolder): void {
  try {
    if (resume !== 'if there') new Folder(folder).mustBeFor(resume)
    makeFolder(folder)
  } catch (error) {
    throw asInput(error, folder)
  }
}

/** What searches where a search is kept: all that can be wrong with where it is kept is bad input. */
export async function searchFor(job: Job, place: Resumable): Promise<typeof check> {
  const about = await aboutOf(job)
  return (model, properties, options) => {
    try {
      if ('file' in place) {
        const { file, every, resume } = place
        return checkWithCheckpoints(model, properties, { file, about, every, resume }, options)
      }
      const { folder, partitions, resume } = place
      return checkOnDisk(model, properties, { folder, about, partitions, resume }, options)
    } catch (error) {
      throw asInput(error, 'file' in place ? place.file : place.folder)
    }
  }
}

/** What such a search is of: by digests of this program, and of the sources of the protocol with all that they import. */
async function aboutOf({ file, protocol, variant, scenario }: Job): Promise<Record<string, string>> {
  const sources = new Sources()
  const own = await sources.of([file ?? protocol])
  if (own === null)
    throw new InputError(
      `A search of ${file} cannot be gone on with: it imports Node's own modules, and what it reads there may be another thing the next time. Take the import out, or search without --on-disk and --checkpoint.`,
    )
  return {
    program: sources.engine.slice(0, 16),
    variant: `${protocol}/${variant}`,
    scenario,
    sources: digestOf(own).slice(0, 16),
  }
}

function asInput(error: unknown, place: string): unknown {
  if (error instanceof KeepingError) return asInput(error.cause, place)
  if (error instanceof NotThisFolder || error instanceof Damaged) return new InputError(error.message)
  const { code, syscall, message } = error as NodeJS.ErrnoException
  if (code === undefined || syscall === undefined) return error
  return new InputError(
    `A search cannot be kept in ${place}: ${message}. The likeliest cause is a disk that is full, or a place that is not yours. Make room, and go on with --resume where something is kept already; or name another place.`,
  )
}
