import { resolve } from 'node:path'
import { InputError } from '../analysis/errors.ts'
import type { Result } from '../analysis/job.ts'
import { fileOf } from '../analysis/load/resolve.ts'
import { lineOf } from '../analysis/plan/lines.ts'
import { type Planned, planOf, shareOf } from '../analysis/plan/plan.ts'
import { changesBetween } from './changes.ts'
import { type Register, several, withLimits, withReduce } from './command.ts'
import { errors } from './errors.ts'
import { EXIT } from './exit.ts'
import { searchAllOn, searchTogetherOn } from './on.ts'
import { shareFrom, wholeNumber } from './options.ts'
import { DEFAULT_REPORTER, type ReportFlags, reportOf, tell, tellingBy, withReport } from './report.ts'
import type { Report } from './reporters/report.ts'
import { keptAt, type ResumableFlags, searchResumably, withResumable } from './resumable.ts'
import { type Searched, type SearchFlags, searchAll, searchesFor } from './searches.ts'
import { forgetFiles } from './threads.ts'
import { withTime } from './timing.ts'

export const check: Register = (program, end) => {
  withResumable(
    withReport(
      withTime(
        withReduce(
          withLimits(
            program
              .command('check')
              .summary('check properties: the verdict matrix')
              .description(
                'Checks every property of every variant in every scenario, and compares with what is expected.',
              )
              .argument(
                '[target...]',
                'protocol, protocol/variant, or a .ts file of your own; none: everything that ships',
              )
              .option('--scenario <name>', 'only this scenario (repeatable); names a large one to run it', several)
              .option('--property <name>', 'only this property (repeatable)', several)
              .option('--large', 'also the scenarios that take minutes or gigabytes')
              .option('--workers <n>', 'searches at a time; a large one takes cores that are left', '2')
              .option('--plan', 'print the searches, a line of JSON each, and make none: for run-job and merge')
              .option('--shard <i/n>', 'only the i-th of n shares of the searches, from 1; merge puts them together')
              .option(
                '--on <url>',
                "have 'doublejump worker's make the searches: redis://host:6379 or postgres://user@host/database",
              )
              .option(
                '--watch',
                'check again whenever a file of your own, or one beside or below it, changes; Ctrl-C ends it, with exit code 0',
              ),
          ),
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

interface CheckFlags extends SearchFlags, ReportFlags, ResumableFlags {
  readonly workers?: string
  readonly plan?: boolean
  readonly shard?: string
  readonly on?: string
  readonly watch?: boolean
}

/** `doublejump check`: the exit code. */
async function checkCommand(names: readonly string[], flags: CheckFlags): Promise<number> {
  if (flags.plan === true) return plan(names, flags)
  if (flags.watch === true) return checkAgainAndAgain(names, flags)
  return (await checkOnce(names, flags)).exitCode
}

/** Only files of one's own change: the exit code says that it was ended as it should be, not what was found. */
async function checkAgainAndAgain(names: readonly string[], flags: CheckFlags): Promise<number> {
  const files = names.flatMap((name) => fileOf(name) ?? [])
  if (files.length === 0) throw errors.nothingToWatch()
  let before: readonly Result[] | null = null
  const { watchFiles } = await import('./watch.ts')
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
  const telling = tellingBy(flags)
  const workers = wholeNumber('--workers', flags.workers ?? '2')
  const share = flags.shard === undefined ? null : shareFrom(flags.shard)
  const all = planOf(await searchesFor(names, flags))
  const planned = share === null ? all : shareOf(all, share)
  const started = performance.now()
  const { searches, kept } = await searched(planned, workers, flags)
  const seconds = (performance.now() - started) / 1000
  const overview = isOfAll(names, flags) && share === null
  const report = reportOf(searches, { kept, seconds, overview, ...clockOf(flags) })
  await tell(report, telling)
  return report
}

function searched(planned: readonly Planned[], workers: number, flags: CheckFlags): Promise<Searched> {
  const kept = keptAt(planned, flags)
  if (kept !== null && flags.reduce !== undefined) throw errors.reducedAndKept()
  if (flags.on === undefined)
    return kept === null ? searchAll(planned, workers) : searchResumably(kept.only, kept.place, workers)
  if (kept === null) return searchAllOn(flags.on, planned)
  if ('file' in kept.place) throw errors.resumableElsewhere()
  return searchTogetherOn(flags.on, kept.only, kept.place)
}

/** `doublejump check --plan`: its searches, a line each, and none of them made. */
async function plan(names: readonly string[], flags: CheckFlags): Promise<number> {
  const { on, onDisk, checkpoint, resume, shard, out, json, reporter, watch } = flags
  const options = Object.entries({
    '--on': on,
    '--on-disk': onDisk,
    '--checkpoint': checkpoint,
    '--resume': resume,
    '--out': out,
    '--json': json,
    '--reporter': reporter === DEFAULT_REPORTER ? undefined : reporter,
    '--watch': watch,
  })
  for (const [option, value] of options) if (value !== undefined) throw errors.planWith(option)
  const all = planOf(await searchesFor(names, flags))
  for (const planned of shard === undefined ? all : shareOf(all, shareFrom(shard)))
    process.stdout.write(lineOf(planned))
  return EXIT.asExpected
}

const isOfAll = (names: readonly string[], { scenario, property }: CheckFlags): boolean =>
  names.length === 0 && scenario === undefined && property === undefined

/** `--timed --given 'blackout(a)=5'`, as one would write it. */
function clockOf({ timed, given = [] }: CheckFlags): { readonly clock?: string } {
  if (timed !== true && given.length === 0) return {}
  return { clock: ['--timed', ...given.map((text) => `--given "${text}"`)].join(' ') }
}
