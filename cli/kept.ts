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

/** Files that are waited for side by side. */
const READ_AT_ONCE = 32

/** For whichever command runs: where answers are not to be kept, everything is asked anew. */
export function keepAnswers(keep: boolean): void {
  wanted = keep
}

/** Whether what an earlier run found is not wanted. */
export const asksAnew = (): boolean => !wanted

/** Files of the user's own have changed. */
export const forgetSources = (): void => sources?.forget()

/** Where answers are kept: what the user says, or what the system has for such things. */
const folder = (): string => process.env[VARIABLE] || join(envPaths('doublejump', { suffix: '' }).cache, 'answers')

/** The digest of the program that runs. */
export function engine(): string {
  sources ??= new Sources()
  return sources.engine
}

/** Digests of what answers about a protocol or a file follow from; null where they are not known. */
export function sourcesOf(name: string): Promise<readonly string[] | null> {
  sources ??= new Sources()
  return sources.of([name])
}

/** The same, as they are at this moment. */
export function sourcesNow(name: string): Promise<readonly string[] | null> {
  sources ??= new Sources()
  return sources.now(name)
}

/** Null where nothing is to be kept. */
function answers(): Answers | null {
  if (!wanted || process.env[VARIABLE] === 'off') return null
  sources ??= new Sources()
  store ??= new Answers(folder(), sources)
  return store
}

/** What is kept of answers from an earlier run, and how to keep more. */
export interface FromBefore<Given, Answer> {
  readonly outcomes: ReadonlyMap<Given, Outcome<Answer> & { readonly kind: 'done' }>
  /** Keeps what came of one, where it is final; never fails. */
  readonly keep: (given: Given, outcome: Outcome<Answer>) => Promise<void>
}

/**
 * @param isCutShort whether what comes now may have been ended before all was told
 */
export async function fromBefore<Given, Answer>(
  task: Task<Given, Answer>,
  givens: readonly Given[],
  isCutShort: () => boolean,
): Promise<FromBefore<Given, Answer>> {
  const outcomes = new Map<Given, Outcome<Answer> & { readonly kind: 'done' }>()
  const kept = task.keeping === undefined ? null : answers()
  if (kept === null) return { outcomes, keep: async () => {} }
  const keys = new Map<Given, Key>()
  for (const given of givens) {
    const key = await kept.keyOf(task, given)
    if (key !== null) keys.set(given, key)
  }
  const keyed = [...keys]
  for (let from = 0; from < keyed.length; from += READ_AT_ONCE) {
    const block = keyed.slice(from, from + READ_AT_ONCE)
    const read = await Promise.all(block.map(([, key]) => kept.get(task, key)))
    for (const [i, [given]] of block.entries())
      if (read[i] !== undefined) outcomes.set(given, { kind: 'done', found: read[i], kept: true })
  }
  const keep = async (given: Given, outcome: Outcome<Answer>): Promise<void> => {
    const key = keys.get(given)
    if (key === undefined || outcome.kind !== 'done' || !task.keeping!.isFinal(outcome.found, given) || isCutShort())
      return
    // A file that was changed meanwhile may have been loaded before or after.
    if (!(await kept.isStill(task, given, key))) return
    await kept.put(task, key, outcome.found).catch(warn)
  }
  return { outcomes, keep }
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
  isCutShort: () => boolean,
  onDone: (given: Given, outcome: Outcome<Answer>) => void,
  ask: (
    missing: readonly Given[],
    keep: (given: Given, outcome: Outcome<Answer>) => void,
  ) => Promise<Outcome<Answer>[]>,
): Promise<Outcome<Answer>[]> {
  const { outcomes, keep } = await fromBefore(task, givens, isCutShort)
  for (const [given, outcome] of outcomes) onDone(given, outcome)
  const missing = givens.filter((given) => !outcomes.has(given))
  const writing: Promise<void>[] = []
  const asked = await ask(missing, (given, outcome) => {
    onDone(given, outcome)
    writing.push(keep(given, outcome))
  })
  await Promise.all(writing)
  const answered = new Map(missing.map((given, i) => [given, asked[i]!]))
  return givens.map((given) => outcomes.get(given) ?? answered.get(given)!)
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
