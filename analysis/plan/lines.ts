import { errors } from '../errors.ts'
import type { Done, Planned } from './plan.ts'

const VERSION = 1

/** A line of JSON, its end included. */
export const lineOf = (what: Planned | Done): string => `${JSON.stringify({ version: VERSION, ...what })}\n`

/** A line of a plan. @throws InputError where it is none */
export function plannedIn(text: string, where: string): Planned {
  const line = parsed(text, where)
  if (line === CUT_OFF) throw errors.cutOff(where)
  if (!isPlanned(line)) throw errors.notALine(where, 'a plan')
  const { plan, index, of, job } = line
  return { plan, index, of, job }
}

/** A line of results; null for one that was cut off, because who wrote it was ended. @throws InputError where it is another thing */
export function doneIn(text: string, where: string): Done | null {
  const line = parsed(text, where)
  if (line === CUT_OFF) return null
  if (!isPlanned(line) || !isDone(line)) throw errors.notALine(where, 'results')
  const { plan, index, of, job, engine, sources, results } = line
  // A verdict may have been written by hand.
  const told = results.map((result) => ({ ...result, asExpected: result.verdict === result.expected }))
  return { plan, index, of, job, engine, sources, results: told }
}

/** The lines of a text that say something, with their places. */
export const linesOf = (text: string, name: string): { readonly text: string; readonly where: string }[] =>
  text
    .split('\n')
    .map((line, i) => ({ text: line, where: `${name}, line ${i + 1}` }))
    .filter((line) => line.text.trim() !== '')

const CUT_OFF = Symbol('a line of ours that was cut off')

function parsed(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    if (text.startsWith(`{"version":${VERSION},"plan":`)) return CUT_OFF
    throw errors.notALine(where, 'JSON')
  }
}

function isPlanned(line: unknown): line is Planned {
  const { version, plan, index, of, job } = (line ?? {}) as Partial<Planned> & { version?: unknown }
  if (version !== VERSION || typeof plan !== 'string' || typeof job !== 'object' || job === null) return false
  return Number.isInteger(of) && Number.isInteger(index) && index! >= 0 && index! < of! && isJob(job)
}

const isJob = ({ file, protocol, variant, scenario, properties, limits, reduce }: Partial<Planned['job']>): boolean =>
  (file === null || typeof file === 'string') &&
  [protocol, variant, scenario].every((name) => typeof name === 'string') &&
  (properties === null || Array.isArray(properties)) &&
  (reduce === undefined || Array.isArray(reduce)) &&
  typeof limits === 'object' &&
  limits !== null

const isDone = (line: Planned): line is Done => {
  const { engine, sources, results } = line as Partial<Done>
  if (sources !== null && !Array.isArray(sources)) return false
  return typeof engine === 'string' && Array.isArray(results) && results.every((one) => typeof one.verdict === 'string')
}
