import { existsSync, readFileSync, statSync } from 'node:fs'
import { canonical } from '../checker/canonical.ts'
import type { Value } from '../checker/model.ts'
import { readStory, StoryError } from '../counterexamples/read-story.ts'
import { errors } from './errors.ts'
import { write } from './files.ts'
import { version } from './version.ts'

/** What the searches of a file were asked, by which command: only of the same question do they say anything. */
export type AskedOf = { readonly command: 'breaks' | 'bounds' } & { readonly [field: string]: Value }

/** What `--save` writes. @throws InputError where it cannot be written */
export function saveDecided<One>(path: string, asked: AskedOf, decided: readonly One[]): void {
  write(path, `${JSON.stringify({ ...asked, version: 1, program: version, decided })}\n`)
}

const MOST_BYTES = 256 * 2 ** 20

/**
 * What an earlier run decided.
 *
 * @param problemOf what is wrong with one of the searches that a file says were decided; null where nothing is
 * @throws InputError where it is no such file, or one of another question, or of another version of this program
 */
export function readDecided<One>(
  path: string,
  asked: AskedOf,
  problemOf: (one: unknown) => string | null,
): readonly One[] {
  const refuse = (problem: string): never => {
    throw errors.notDecided(path, asked.command, problem)
  }
  if (!existsSync(path)) return refuse('there is no such file.')
  if (statSync(path).size > MOST_BYTES) return refuse(`it has more than ${MOST_BYTES / 2 ** 20} MiB.`)
  const file = parsed(path, refuse)
  if (file.version !== 1) return refuse(`it is of version ${JSON.stringify(file.version)}, and this program reads 1.`)
  if (file.program !== version)
    return refuse(`doublejump ${String(file.program)} wrote it, and this is doublejump ${version}.`)
  for (const [field, value] of Object.entries(asked)) {
    const told = file[field] === undefined ? 'not there' : canonical(file[field] as Value)
    if (told !== canonical(value)) return refuse(`its ${field} is ${told}, and ${canonical(value)} is asked.`)
  }
  if (!Array.isArray(file.decided)) return refuse('it has no list of what was decided.')
  for (const one of file.decided as unknown[]) {
    const problem = problemOf(one)
    if (problem !== null) return refuse(problem)
  }
  return file.decided as One[]
}

function parsed(path: string, refuse: (problem: string) => never): Record<string, unknown> {
  try {
    const file: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (typeof file === 'object' && file !== null && !Array.isArray(file)) return file as Record<string, unknown>
  } catch (error) {
    return refuse(`it is no JSON (${error instanceof Error ? error.message : String(error)}).`)
  }
  return refuse('it is no such file.')
}

/** What is wrong with a run in such a file; null where nothing is. */
export function problemOfStory(story: unknown): string | null {
  try {
    readStory(story)
    return null
  } catch (error) {
    if (error instanceof StoryError) return `a run in it cannot be read: ${error.message}`
    throw error
  }
}
