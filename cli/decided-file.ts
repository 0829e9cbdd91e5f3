import { existsSync, readFileSync, statSync } from 'node:fs'
import type { Decided } from '../analysis/assumptions/searches.ts'
import { readStory, StoryError } from '../counterexamples/read-story.ts'
import { errors } from './errors.ts'
import { write } from './files.ts'
import { version } from './version.ts'

/** What the searches of a file were asked: only of the same question do they say anything. */
export interface AskedOf {
  readonly target: string
  readonly scenario: string
  readonly property: string
  readonly maxStates: number
}

/** What `breaks --save` writes. */
interface DecidedFile extends AskedOf {
  readonly version: 1
  readonly program: string
  readonly decided: readonly Decided[]
}

/** @throws InputError where it cannot be written */
export function saveDecided(path: string, asked: AskedOf, decided: readonly Decided[]): void {
  const file: DecidedFile = { version: 1, program: version, ...asked, decided }
  write(path, `${JSON.stringify(file)}\n`)
}

const MOST_BYTES = 256 * 2 ** 20

/** @throws InputError where it is no such file, or one of another question, or of another version of this program */
export function readDecided(path: string, asked: AskedOf): readonly Decided[] {
  const refuse = (problem: string): never => {
    throw errors.notDecided(path, problem)
  }
  if (!existsSync(path)) return refuse('there is no such file.')
  if (statSync(path).size > MOST_BYTES) return refuse(`it has more than ${MOST_BYTES / 2 ** 20} MiB.`)
  const file = parsed(path, refuse)
  if (file.version !== 1) return refuse(`it is of version ${JSON.stringify(file.version)}, and this program reads 1.`)
  if (file.program !== version)
    return refuse(`doublejump ${String(file.program)} wrote it, and this is doublejump ${version}.`)
  for (const field of ['target', 'scenario', 'property', 'maxStates'] as const)
    if (file[field] !== asked[field])
      return refuse(`its ${field} is ${JSON.stringify(file[field])}, and ${JSON.stringify(asked[field])} is asked.`)
  if (!Array.isArray(file.decided)) return refuse('it has no list of what was decided.')
  for (const one of file.decided as unknown[]) {
    const problem = problemOf(one)
    if (problem !== null) return refuse(problem)
  }
  const decided = file.decided as Decided[]
  if (decided.length > 0 && !decided.some(({ at }) => at === ''))
    return refuse('the scenario itself is not among its searches.')
  return decided
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

/** What is wrong with one of the searches that a file says were decided; null where nothing is. */
function problemOf(one: unknown): string | null {
  const { at, states, transitions, judged } = (one ?? {}) as Partial<Decided>
  if (typeof at !== 'string' || typeof states !== 'number' || typeof transitions !== 'number')
    return 'a search in it does not say what it was of.'
  switch (judged?.kind) {
    case 'holds':
    case 'vacuous':
      return null
    case 'not known':
      return typeof judged.because === 'string' ? null : 'a search in it does not say why nothing is known.'
    case 'violated':
      return judged.shown === null ? null : problemOfStory(judged.shown)
    default:
      return 'a search in it has no outcome.'
  }
}

function problemOfStory(story: unknown): string | null {
  try {
    readStory(story)
    return null
  } catch (error) {
    if (error instanceof StoryError) return `a run in it cannot be read: ${error.message}`
    throw error
  }
}
