import { join } from 'node:path'
import envPaths from 'env-paths'
import { Answers, type Key } from '../analysis/kept/answers.ts'
import { Sources } from '../analysis/kept/sources.ts'
import type { Outcome, Task } from '../analysis/threads/task.ts'

/** A folder for what is kept, or `off`. */
const VARIABLE = 'DOUBLEJUMP_CACHE'

let wanted = true
let sources: Sources | null = null
let store: Answers | null = null
let warned = false

/** For whichever command runs: everything is asked anew. */
export function keepNothing(): void {
  wanted = false
}

/** Files of the user's own have changed. */
export const forgetSources = (): void => sources?.forget()

/** Where answers are kept: what the user says, or what the system has for such things. */
const folder = (): string => process.env[VARIABLE] ?? join(envPaths('doublejump', { suffix: '' }).cache, 'answers')

/** The digest of the program that runs. */
export function engine(): string {
  sources ??= new Sources()
  return sources.engine
}

/** Null where nothing is to be kept. */
function answers(): Answers | null {
  if (!wanted || process.env[VARIABLE] === 'off') return null
  sources ??= new Sources()
  store ??= new Answers(folder(), sources)
  return store
}

/**
 * What came of a task for each of what was given, in that order: kept from an earlier run, or asked now.
 *
 * @param onDone told of each as soon as it is there
 * @param ask asks the rest, and hands over each outcome as soon as it is there
 */
export async function keptOrAsked<Given, Answer>(
  task: Task<Given, Answer>,
  givens: readonly Given[],
  onDone: (given: Given, outcome: Outcome<Answer>) => void,
  ask: (
    missing: readonly Given[],
    keep: (given: Given, outcome: Outcome<Answer>) => void,
  ) => Promise<Outcome<Answer>[]>,
): Promise<Outcome<Answer>[]> {
  const kept = task.keeping === undefined ? null : answers()
  if (kept === null) return ask(givens, onDone)
  const keys = new Map<Given, Key>()
  const outcomes = new Map<Given, Outcome<Answer>>()
  for (const given of givens) {
    const key = await kept.keyOf(task, given)
    if (key === null) continue
    keys.set(given, key)
    const found = await kept.get(task, key)
    if (found === undefined) continue
    const outcome = { kind: 'done', found, kept: true } as const
    outcomes.set(given, outcome)
    onDone(given, outcome)
  }
  const missing = givens.filter((given) => !outcomes.has(given))
  const writing: Promise<void>[] = []
  const asked = await ask(missing, (given, outcome) => {
    onDone(given, outcome)
    const key = keys.get(given)
    if (key === undefined || outcome.kind !== 'done' || !task.keeping!.isFinal(outcome.found)) return
    writing.push(kept.put(task, key, outcome.found).catch(warn))
  })
  await Promise.all(writing)
  for (const [i, given] of missing.entries()) outcomes.set(given, asked[i]!)
  return givens.map((given) => outcomes.get(given)!)
}

/** What was found is told all the same. */
function warn(error: unknown): void {
  if (warned) return
  warned = true
  const why = error instanceof Error ? error.message : String(error)
  process.stderr.write(
    `What was found cannot be kept for the next time: ${why}. Most likely ${folder()} cannot be written; set ${VARIABLE} to another folder, or to off.\n`,
  )
}
