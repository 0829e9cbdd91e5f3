import { resolve } from 'node:path'
import { InputError } from '../analysis/errors.ts'
import type { Job, Result } from '../analysis/job.ts'
import { failedResults } from '../analysis/job.ts'
import { jobsFor } from '../analysis/jobs.ts'
import type { Bundled } from '../analysis/load/bundled.ts'
import { fileOf } from '../analysis/load/resolve.ts'
import { checkTask } from '../analysis/tasks/check.ts'
import { describeTask } from '../analysis/tasks/describe.ts'
import { changesBetween } from './changes.ts'
import { type Register, several, withLimits } from './command.ts'
import { errors } from './errors.ts'
import { EXIT, exitCodeOf } from './exit.ts'
import { fileName, folderFor, write } from './files.ts'
import { type KeptFlags, keptIn, sayHowToGoOn, withKept } from './kept.ts'
import { type LimitFlags, limitsFrom, wholeNumber } from './options.ts'
import { asCheck, ownOf, pageWith } from './page-file.ts'
import { reporters } from './reporters/index.ts'
import type { Report } from './reporters/report.ts'
import { forgetFiles, nameOfJob, runTask, runTasks } from './threads.ts'
import { givenBy, type TimeFlags, withTime } from './timing.ts'
import { watchFiles } from './watch.ts'

export const check: Register = (program, end) => {
  withKept(
    withTime(
      withLimits(
        program
          .command('check')
          .summary('check properties: the verdict matrix')
          .description('Checks every property of every variant in every scenario, and compares with what is expected.')
          .argument('[target...]', 'protocol, protocol/variant, or a .ts file of your own; none: everything that ships')
          .option('--scenario <name>', 'only this scenario (repeatable); names a large one to run it', several)
          .option('--property <name>', 'only this property (repeatable)', several)
          .option('--large', 'also the scenarios that take minutes or gigabytes')
          .option('--workers <n>', 'searches at a time', '2')
          .option('--reporter <name>', 'pretty, json, junit, sarif, github or markdown', 'pretty')
          .option('--json', 'the same as --reporter json')
          .option('--out <dir>', 'write every report and the story of each violation there')
          .option(
            '--watch',
            'check again whenever a file of your own, or one beside or below it, changes; Ctrl-C ends it, with exit code 0',
          ),
      ),
    ),
  )
    .addHelpText(
      'after',
      '\nExamples:\n  doublejump check\n  doublejump check sip/direct --json\n  doublejump check my-protocol.ts --property binding-eventually-correct\n  doublejump check my-protocol.ts --watch\n  doublejump check mipv6/stationary-proxies --scenario both-move --property no-stale-overwrite --on-disk search --max-memory 1GiB',
    )
    .action((targets: string[], flags: CheckFlags) => end(checkCommand(targets, flags)))
}

export interface CheckFlags extends LimitFlags, TimeFlags, KeptFlags {
  readonly scenario?: readonly string[]
  readonly property?: readonly string[]
  readonly workers?: string
  readonly large?: boolean
  readonly reporter?: string
  readonly json?: boolean
  readonly out?: string
  readonly watch?: boolean
}

/** `doublejump check`: the exit code. */
async function checkCommand(names: readonly string[], flags: CheckFlags): Promise<number> {
  if (flags.watch === true) return checkAgainAndAgain(names, flags)
  return (await checkOnce(names, flags)).exitCode
}

/** Only files of one's own change: the exit code says that it was ended as it should be, not what was found. */
async function checkAgainAndAgain(names: readonly string[], flags: CheckFlags): Promise<number> {
  const files = names.flatMap((name) => fileOf(name) ?? [])
  if (files.length === 0) throw errors.nothingToWatch()
  let before: readonly Result[] | null = null
  await watchFiles(files, flags.out === undefined ? null : resolve(flags.out), async (changed) => {
    if (process.stdout.isTTY === true) process.stdout.write('\x1b[2J\x1b[3J\x1b[H')
    if (changed.length > 0) process.stderr.write(`Changed: ${changed.join(', ')}\n`)
    try {
      await forgetFiles()
      const { results } = await checkOnce(names, flags)
      if (before !== null) {
        const changes = changesBetween(before, results)
        const told = changes.length === 0 ? ['No verdict has changed.'] : ['Since the last time:', ...changes]
        process.stderr.write(`${told.join('\n  ')}\n`)
      }
      before = results
    } catch (error) {
      // A file that is being written may be anything.
      if (!(error instanceof InputError)) throw error
      process.stderr.write(`${error.message}\n`)
    }
    process.stderr.write('Watching; Ctrl-C ends it.\n')
  })
  return EXIT.asExpected
}

async function checkOnce(names: readonly string[], flags: CheckFlags): Promise<Report> {
  const name = flags.json === true ? 'json' : (flags.reporter ?? 'pretty')
  const reporter = reporters[name]
  if (reporter === undefined) throw errors.notAReporter(name, Object.keys(reporters))
  const workers = wholeNumber('--workers', flags.workers ?? '2')
  const out = flags.out === undefined ? null : folderFor(flags.out)
  const jobs = keptIn(await searchesFor(names, flags), flags)
  const started = performance.now()
  const results = await runAll(jobs, workers)
  const seconds = (performance.now() - started) / 1000
  const exitCode = exitCodeOf(results)
  const colour = process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === ''
  const overview = names.length === 0 && flags.scenario === undefined && flags.property === undefined
  const report: Report = { results, exitCode, seconds, colour, overview, ...clockOf(flags) }
  process.stdout.write(reporter(report))
  if (out !== null) await writeOut(out, report, jobs)
  sayHowToGoOn(results, flags)
  return report
}

/** `--timed --given 'blackout(a)=5'`, as one would write it. */
function clockOf({ timed, given = [] }: CheckFlags): { readonly clock?: string } {
  if (timed !== true && given.length === 0) return {}
  return { clock: ['--timed', ...given.map((text) => `--given "${text}"`)].join(' ') }
}

/** The searches that names and flags ask for. */
export async function searchesFor(names: readonly string[], flags: CheckFlags): Promise<Job[]> {
  const limits = limitsFrom(flags)
  return jobsFor(await runTask(describeTask, names), {
    limits,
    ...givenBy(flags),
    large: flags.large === true,
    ...(flags.scenario === undefined ? {} : { scenarios: flags.scenario }),
    ...(flags.property === undefined ? {} : { properties: flags.property }),
  })
}

/** What each search found, in the order of the searches; one that broke off says so in its results. */
export async function runAll(jobs: readonly Job[], workers: number): Promise<Result[]> {
  const outcomes = await runTasks(checkTask, jobs, workers, nameOfJob)
  return outcomes.flatMap((outcome, i) => {
    if (outcome.kind === 'done') return outcome.found
    // Of where a search is kept, not of what is searched.
    if (jobs[i]!.kept !== undefined && outcome.error instanceof InputError) throw outcome.error
    return failedResults(jobs[i]!, outcome.error)
  })
}

/** Every format of the report, and the story of each violation, as files. */
async function writeOut(out: string, { results, ...about }: Report, jobs: readonly Job[]): Promise<void> {
  const counterexamples = folderFor(resolve(out, 'counterexamples'))
  const report = { ...about, results, colour: false }
  for (const [reporter, file] of Object.entries(FILES)) write(resolve(out, file), reporters[reporter]!(report))
  write(resolve(out, 'index.html'), pageWith({ checks: results.map(asCheck) }, await ownIfItCan(jobs)))
  const taken = new Set<string>()
  for (const result of results) {
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
async function ownIfItCan(jobs: readonly Job[]): Promise<readonly Bundled[]> {
  try {
    return await ownOf(jobs)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    process.stderr.write(`index.html shows verdicts alone, without stepping through runs: ${error.message}\n`)
    return []
  }
}
