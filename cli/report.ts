import { resolve } from 'node:path'
import type { Command } from 'commander'
import { InputError } from '../analysis/errors.ts'
import type { Bundled } from '../analysis/load/bundled.ts'
import type { Done } from '../analysis/plan/plan.ts'
import { errors } from './errors.ts'
import { exitCodeOf } from './exit.ts'
import { fileName, folderFor, write } from './files.ts'
import { asCheck, ownOf, pageWith } from './page-file.ts'
import { reporters } from './reporters/index.ts'
import type { Report, Reporter } from './reporters/report.ts'

export interface ReportFlags {
  readonly reporter?: string
  readonly json?: boolean
  readonly out?: string
}

export const DEFAULT_REPORTER = 'pretty'

/** Adds what says how searches are reported. */
export function withReport(command: Command): Command {
  return command
    .option('--reporter <name>', 'pretty, json, junit, sarif, github, markdown or ndjson', DEFAULT_REPORTER)
    .option('--json', 'the same as --reporter json')
    .option('--out <dir>', 'write every report and the story of each violation there')
}

interface Telling {
  readonly reporter: Reporter
  /** A folder that can be written. */
  readonly out: string | null
}

/** @throws InputError where there is no such reporter, or nothing can be written there: before anything is searched */
export function tellingBy(flags: ReportFlags): Telling {
  const name = flags.json === true ? 'json' : (flags.reporter ?? DEFAULT_REPORTER)
  const reporter = reporters[name]
  if (reporter === undefined) throw errors.notAReporter(name, Object.keys(reporters))
  return { reporter, out: flags.out === undefined ? null : folderFor(flags.out) }
}

/** A report of some searches, for a terminal where this is one. */
export function reportOf(
  searches: readonly Done[],
  about: Omit<Report, 'searches' | 'results' | 'exitCode' | 'colour'>,
): Report {
  const results = searches.flatMap((search) => search.results)
  const colour = process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === ''
  return { searches, results, exitCode: exitCodeOf(results), colour, ...about }
}

export async function tell(report: Report, { reporter, out }: Telling): Promise<void> {
  process.stdout.write(reporter(report))
  if (out !== null) await writeOut(out, report)
}

/** Every format of the report, and the story of each violation, as files. */
async function writeOut(out: string, about: Report): Promise<void> {
  const counterexamples = folderFor(resolve(out, 'counterexamples'))
  const report = { ...about, colour: false }
  for (const [reporter, file] of Object.entries(FILES)) write(resolve(out, file), reporters[reporter]!(report))
  write(resolve(out, 'index.html'), pageWith({ checks: report.results.map(asCheck) }, await ownIfItCan(report)))
  const taken = new Set<string>()
  for (const result of report.results) {
    if (result.story === null || result.verdict !== 'violated') continue
    const name = fileName(result.protocol, result.variant, result.scenario, result.property)
    let file = name
    for (let n = 2; taken.has(file); n++) file = `${name}-${n}`
    taken.add(file)
    write(resolve(counterexamples, `${file}.json`), `${JSON.stringify(result.story, null, 1)}\n`)
  }
}

/** The file of each reporter's report. */
const FILES = {
  json: 'report.json',
  junit: 'junit.xml',
  sarif: 'report.sarif',
  markdown: 'report.md',
  pretty: 'report.txt',
}

/** A file that needs more than a browser has is checked all the same: the page then shows its verdicts alone. */
async function ownIfItCan({ searches }: Report): Promise<readonly Bundled[]> {
  try {
    return await ownOf(searches.map(({ job }) => job))
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    process.stderr.write(`index.html shows verdicts alone, without stepping through runs: ${error.message}\n`)
    return []
  }
}
