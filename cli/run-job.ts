import { lineOf, linesOf, plannedIn } from '../analysis/plan/lines.ts'
import { type Planned, shareOf } from '../analysis/plan/plan.ts'
import { describeTask } from '../analysis/tasks/describe.ts'
import { type Register, several } from './command.ts'
import { errors } from './errors.ts'
import { EXIT } from './exit.ts'
import { shareFrom, wholeNumber } from './options.ts'
import { readText } from './read-text.ts'
import { searchAll } from './searches.ts'
import { interrupted, runTask } from './threads.ts'

export const runJob: Register = (program, end) => {
  program
    .command('run-job')
    .summary('searches of a plan, one or many, anywhere')
    .description(
      "Makes searches that 'check --plan' printed, and prints a line of results for each as soon as it is made, for merge. Exit code 0 says that they were made, not what came out.",
    )
    .argument('[line...]', 'lines of a plan; without them and --plan, standard input')
    .option('--plan <file>', 'a file of such lines')
    .option('--index <n>', 'of the file, only the search of this number, from 0 (repeatable)', several)
    .option('--shard <i/n>', 'of the file, only the i-th of n shares, from 1')
    .option('--workers <n>', 'searches at a time', '1')
    .addHelpText(
      'after',
      '\nExamples:\n  doublejump check --plan > jobs.ndjson\n  doublejump run-job --plan jobs.ndjson --shard 2/8 > part-2.ndjson\n  doublejump merge part-*.ndjson',
    )
    .action((lines: string[], flags: RunFlags) => end(runJobCommand(lines, flags)))
}

interface RunFlags {
  readonly plan?: string
  readonly index?: readonly string[]
  readonly shard?: string
  readonly workers: string
}

/** `doublejump run-job`: 0 where all were made. */
async function runJobCommand(lines: readonly string[], flags: RunFlags): Promise<number> {
  const planned = await meant(lines, flags)
  await mustBeThere(planned)
  let made = 0
  await searchAll(planned, wholeNumber('--workers', flags.workers), (done) => {
    // Half a search is none: whoever hands them out does it once more.
    if (interrupted()) return
    process.stdout.write(lineOf(done))
    made++
  })
  if (made === planned.length) return EXIT.asExpected
  process.stderr.write(
    `${planned.length - made} of ${planned.length} searches were not made: ${interrupted() ? 'the run was interrupted' : 'one of the others did not come back (its line says why)'}.\n`,
  )
  return EXIT.incomplete
}

async function meant(lines: readonly string[], { plan, index, shard }: RunFlags): Promise<Planned[]> {
  if (plan === undefined && (index !== undefined || shard !== undefined)) throw errors.indexOfWhat()
  if (index !== undefined && shard !== undefined) throw errors.indexAndShard()
  if (lines.length > 0) return lines.map((line, i) => plannedIn(line, `Argument ${i + 1}`))
  const where = plan ?? 'standard input'
  const all = linesOf(await readText('--plan', plan ?? null), where).map((line) => plannedIn(line.text, line.where))
  if (all.length === 0) throw errors.noJobs(where)
  if (index !== undefined) return index.map((text) => ofIndex(all, wholeNumber('--index', text, 0), where))
  return shard === undefined ? all : shareOf(all, shareFrom(shard))
}

/** @throws InputError where there is no such thing here: a line that somebody wrote, or a plan of another version */
async function mustBeThere(planned: readonly Planned[]): Promise<void> {
  const names = planned.map(({ job: { file, protocol, variant } }) => `${file ?? protocol}/${variant}`)
  const described = await runTask(describeTask, [...new Set(names)])
  for (const [i, { job }] of planned.entries()) {
    const target = described.find(({ file, protocol }) => (file ?? protocol) === (job.file ?? job.protocol))
    const scenarios = target?.variants.find(({ name }) => name === job.variant)?.scenarios.map(({ name }) => name)
    if (scenarios?.includes(job.scenario) === false) throw errors.noScenarioIn(names[i]!, job.scenario)
  }
}

function ofIndex(all: readonly Planned[], index: number, where: string): Planned {
  const found = all.find((planned) => planned.index === index)
  if (found === undefined) throw errors.noIndex(index, all[0]!.of, where, all.length)
  return found
}
