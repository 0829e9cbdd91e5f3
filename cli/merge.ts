import { doneIn, linesOf, plannedIn } from '../analysis/plan/lines.ts'
import { merged } from '../analysis/plan/merged.ts'
import type { Done } from '../analysis/plan/plan.ts'
import type { Register } from './command.ts'
import { errors } from './errors.ts'
import { EXIT } from './exit.ts'
import { readText } from './read-text.ts'
import { type ReportFlags, reportOf, tell, tellingBy, withReport } from './report.ts'
import { nameOfJob } from './threads.ts'

export const merge: Register = (program, end) => {
  withReport(
    program
      .command('merge')
      .summary('one report of searches that were made apart')
      .description(
        "Puts together the results of 'run-job', or of 'check --shard … --reporter ndjson', and reports them as check would, with its exit code. What was made twice counts once; what is missing is said, with exit code 16.",
      )
      .argument('[file...]', 'lines of results; none: standard input')
      .option('--plan <file>', "what 'check --plan' printed: what is missing is then told by its name"),
  )
    .addHelpText('after', '\nExample:\n  doublejump merge part-*.ndjson --reporter markdown')
    .action((files: string[], flags: MergeFlags) => end(mergeCommand(files, flags)))
}

interface MergeFlags extends ReportFlags {
  readonly plan?: string
}

/** `doublejump merge`: the exit code of the whole. */
async function mergeCommand(files: readonly string[], flags: MergeFlags): Promise<number> {
  const telling = tellingBy(flags)
  const { done, missing } = merged(await resultsIn(files))
  const named = flags.plan === undefined ? new Map() : await namesIn(flags.plan, done[0]!.plan)
  const seconds = done.flatMap(({ results }) => results[0]?.seconds ?? 0).reduce((sum, each) => sum + each, 0)
  const report = reportOf(done, { kept: 0, seconds, overview: false })
  await tell(report, telling)
  if (missing.length === 0) return report.exitCode
  process.stderr.write(missingInWords(missing, done[0]!.of, named))
  return report.exitCode === EXIT.asExpected ? EXIT.incomplete : Math.min(report.exitCode, EXIT.incomplete)
}

async function resultsIn(files: readonly string[]): Promise<Done[]> {
  const all: Done[] = []
  for (const file of files.length === 0 ? [null] : files)
    for (const { text, where } of linesOf(await readText('merge', file), file ?? 'standard input')) {
      const done = doneIn(text, where)
      if (done !== null) all.push(done)
      else process.stderr.write(`${where} was cut off, and is left out. Most likely what wrote it was ended.\n`)
    }
  return all
}

const MOST_NAMED = 10

/** The names of the searches of a plan. @throws InputError where it is another plan */
async function namesIn(path: string, plan: string): Promise<ReadonlyMap<number, string>> {
  const planned = linesOf(await readText('--plan', path), path).map((line) => plannedIn(line.text, line.where))
  if (planned.some((one) => one.plan !== plan)) throw errors.anotherPlan(path)
  return new Map(planned.map(({ index, job }) => [index, nameOfJob(job)]))
}

function missingInWords(missing: readonly number[], of: number, names: ReadonlyMap<number, string>): string {
  const named = missing.slice(0, MOST_NAMED).map((index) => `  ${index} ${names.get(index) ?? ''}`.trimEnd())
  const more = missing.length > MOST_NAMED ? [`  and ${missing.length - MOST_NAMED} more`] : []
  const what = `${missing.length} of ${of} ${missing.length === 1 ? 'searches is' : 'searches are'} missing; 'doublejump run-job --plan <file> --index <n>' makes one:`
  return `${[what, ...named, ...more].join('\n')}\n`
}
