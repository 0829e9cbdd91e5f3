import { existsSync, readFileSync, statSync } from 'node:fs'
import { errors as targetErrors } from '../analysis/errors.ts'
import type { Result } from '../analysis/job.ts'
import { planOf } from '../analysis/plan/plan.ts'
import { readStory, StoryError } from '../counterexamples/read-story.ts'
import { type Register, withLimits } from './command.ts'
import { errors } from './errors.ts'
import { EXIT } from './exit.ts'
import { fileFor, write } from './files.ts'
import { type LimitFlags, wholeNumber } from './options.ts'
import { asCheck, ownOf, pageWith } from './page-file.ts'
import { searchAll, searchesFor } from './searches.ts'

export const inspect: Register = (program, end) => {
  withLimits(
    program
      .command('inspect')
      .summary('the page: one HTML file to step through runs')
      .description(
        'Writes one self-contained page: the table of what survives, verdicts, runs to step through, what if. Opens from disk.',
      )
      .argument(
        '[what...]',
        'protocols, variants, or .ts files of your own, checked first; or a report.json or trace.json',
      )
      .option('--out <file>', 'where to write it', 'doublejump.html')
      .option('--workers <n>', 'searches at a time', '2'),
  )
    .addHelpText(
      'after',
      '\nExamples:\n  doublejump inspect\n  doublejump inspect sip --out sip.html\n  doublejump inspect my-protocol.ts',
    )
    .action((what: string[], flags: InspectFlags) => end(inspectCommand(what, flags)))
}

interface InspectFlags extends LimitFlags {
  readonly out?: string
  readonly workers?: string
}

/** `doublejump inspect`: writes the page, one HTML file, with what was checked, or a report or a trace, in it. */
async function inspectCommand(what: readonly string[], flags: InspectFlags): Promise<number> {
  const out = fileFor(flags.out ?? 'doublejump.html')
  write(out, await pageOf(what, flags))
  process.stdout.write(`${out}\n`)
  return EXIT.asExpected
}

async function pageOf(what: readonly string[], flags: InspectFlags): Promise<string> {
  const [first] = what
  if (first === undefined) return pageWith(null)
  if (/\.json$/.test(first)) return pageWith(readFile(first))
  const jobs = await searchesFor(what, flags)
  const own = await ownOf(jobs)
  const { searches } = await searchAll(planOf(jobs), wholeNumber('--workers', flags.workers ?? '2'))
  return pageWith({ checks: searches.flatMap(({ results }) => results).map(asCheck) }, own)
}

const MOST_BYTES = 64 * 2 ** 20

/** A report of `check --json`, or a trace of `explain --json`. */
function readFile(path: string): unknown {
  if (!existsSync(path)) throw targetErrors.noFile(path)
  if (statSync(path).size > MOST_BYTES) throw errors.notAReport(path, `it has more than ${MOST_BYTES / 2 ** 20} MiB`)
  let value: { version?: unknown; checks?: unknown; steps?: unknown }
  try {
    value = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw errors.notAReport(path, error instanceof Error ? error.message : String(error))
  }
  if (value === null || typeof value !== 'object') throw errors.notAReport(path, 'it is no JSON object')
  if (Array.isArray(value.checks)) {
    if (value.version !== 1) throw errors.notAReport(path, `it is of version ${JSON.stringify(value.version)}, not 1`)
    return { checks: value.checks.map((check, i) => asCheck(readCheck(check, `check ${i + 1}`, path))) }
  }
  try {
    return { story: readStory(value) }
  } catch (error) {
    if (error instanceof StoryError) throw errors.notAReport(path, error.message)
    throw error
  }
}

/** A check of a report that may be anybody's: looked at before it is believed. */
function readCheck(check: unknown, called: string, path: string): Result {
  if (check === null || typeof check !== 'object') throw errors.notAReport(path, `${called} is no check.`)
  const { asExpected, explanation, ...texts } = check as Record<string, unknown>
  for (const field of ['protocol', 'variant', 'scenario', 'property', 'verdict', 'expected'])
    if (typeof texts[field] !== 'string') throw errors.notAReport(path, `'${field}' of ${called} is no text.`)
  if (typeof asExpected !== 'boolean')
    throw errors.notAReport(path, `'asExpected' of ${called} is neither true nor false.`)
  if (explanation !== null && typeof explanation !== 'string')
    throw errors.notAReport(path, `'explanation' of ${called} is no text.`)
  return check as Result
}
