import { randomInt } from 'node:crypto'
import { createColors } from 'picocolors'
import type { Job } from '../analysis/job.ts'
import { jobsFor } from '../analysis/jobs.ts'
import { CHOOSING, type Choosing } from '../analysis/runs/random-run.ts'
import { type SimulateOptions, type Simulation, together } from '../analysis/simulate.ts'
import { type SimulatedResult, simulatedResults } from '../analysis/simulated-result.ts'
import { describeTask } from '../analysis/tasks/describe.ts'
import { minimiseTask, simulateTask } from '../analysis/tasks/simulate.ts'
import type { Outcome } from '../analysis/threads/task.ts'
import { ladder, type Story } from '../counterexamples/index.ts'
import { type Register, several } from './command.ts'
import { errors } from './errors.ts'
import { EXIT, exitCodeOf } from './exit.ts'
import { formats, paintFor } from './explain.ts'
import { wholeNumber } from './options.ts'
import { runTask, runTasks } from './threads.ts'

interface SimulateFlags {
  readonly scenario?: readonly string[]
  readonly property?: readonly string[]
  readonly seed?: string
  readonly runs?: string
  readonly steps?: string
  readonly choose?: string
  readonly workers?: string
  readonly maxSeconds?: string
  readonly format?: string
  readonly json?: boolean
}

export const simulate: Register = (program, end) => {
  program
    .command('simulate')
    .summary('random runs, for what is too big to search')
    .description(
      'Draws random runs and says what they show. A violation is minimised and shown; what is not violated is incomplete, never holds. Exit codes: as check, so 16 when nothing is found.',
    )
    .argument('<target>', 'protocol/variant, or a .ts file of your own')
    .option('--scenario <name>', 'only this scenario (repeatable)', several)
    .option('--property <name>', 'only this property (repeatable)', several)
    .option('--seed <n>', 'the same seed draws the same runs (default: a new one, which is told)')
    .option('--runs <n>', 'random runs of each scenario', '1000')
    .option('--steps <n>', 'steps of each run at most', '200')
    .option(
      '--choose <how>',
      'uniform: any outcome alike; swarm: each run likes some sorts of steps more; mixed: by turns',
      'mixed',
    )
    .option('--max-seconds <n>', 'draw no further runs of a scenario after so long')
    .option('--workers <n>', 'threads; what comes out does not depend on it', '2')
    .option('--format <name>', 'how one violation is shown: as for explain; text shows all verdicts as well', 'text')
    .option('--json', 'one JSON document, with each minimised run')
    .addHelpText(
      'after',
      '\nExamples:\n  doublejump simulate sip/direct --scenario both-move --seed 1\n  doublejump simulate my-protocol.ts --runs 100000 --max-seconds 60',
    )
    .action((target: string, flags: SimulateFlags) => end(simulateCommand(target, flags)))
}

interface Simulated {
  readonly job: Job
  readonly simulation: Simulation
  readonly results: readonly SimulatedResult[]
}

/** `doublejump simulate`: random runs, for what is too big to search; what they find is minimised and shown. */
async function simulateCommand(name: string, flags: SimulateFlags): Promise<number> {
  const format = flags.format ?? 'text'
  const render = formats[format]
  if (render === undefined) throw errors.notAFormat(format, Object.keys(formats))
  const options = optionsFrom(flags)
  const jobs = jobsFor(await runTask(describeTask, [name]), {
    limits: {},
    large: true,
    ...(flags.scenario === undefined ? {} : { scenarios: flags.scenario }),
    ...(flags.property === undefined ? {} : { properties: flags.property }),
  })
  const simulated = await simulateAll(jobs, options, wholeNumber('--workers', flags.workers ?? '2'))
  const results = simulated.flatMap((one) => one.results)
  const code = codeOf(results)
  const shown = theOneToShow(results)
  if (flags.json === true) {
    const { seed, runs, steps, choosing } = options
    const head = { version: 1, exitCode: code, seed, runs, steps, choosing }
    process.stdout.write(`${JSON.stringify({ ...head, checks: results.map(({ own: _, ...one }) => one) }, null, 2)}\n`)
  } else if (format === 'text') {
    process.stdout.write(told(simulated, options, shown))
  } else if (shown === null) {
    process.stderr.write('Nothing was found that could be shown.\n')
  } else process.stdout.write(await render(shown))
  return code
}

const MOST_SEED = 2 ** 31 - 1

function optionsFrom(flags: SimulateFlags): SimulateOptions {
  const choosing = flags.choose ?? 'mixed'
  if (!CHOOSING.some((one) => one === choosing)) throw errors.notAWayToChoose(choosing, CHOOSING)
  return {
    seed: flags.seed === undefined ? randomInt(1, MOST_SEED) : wholeNumber('--seed', flags.seed),
    runs: wholeNumber('--runs', flags.runs ?? '1000'),
    steps: wholeNumber('--steps', flags.steps ?? '200'),
    choosing: choosing as Choosing,
    ...(flags.maxSeconds === undefined ? {} : { seconds: wholeNumber('--max-seconds', flags.maxSeconds) }),
  }
}

/** Each job is shared among the workers; what comes of it does not depend on how many there are. */
async function simulateAll(jobs: readonly Job[], options: SimulateOptions, workers: number): Promise<Simulated[]> {
  const given = jobs.flatMap((job) =>
    Array.from({ length: workers }, (_, first) => ({ job, options: { ...options, share: { first, every: workers } } })),
  )
  const shares = await runTasks(simulateTask, given, workers, ({ job }) => nameOf(job))
  const simulations = jobs.map((_, i) => together(shares.slice(i * workers, (i + 1) * workers).map(foundOf)))
  // What was asked for by name is shown also where it is a state that can be reached.
  const found = simulations.flatMap(({ tallies, failed }, i) =>
    failed !== null
      ? []
      : tallies
          .filter(({ kind, shownIn }) => shownIn > 0 && (kind !== 'reachable' || jobs[i]!.properties !== null))
          .map(({ property, cheapest }) => ({
            job: jobs[i]!,
            options,
            property,
            runs: cheapest.map(({ run }) => run),
          })),
  )
  const stories = await runTasks(minimiseTask, found, workers, ({ job, property }) => `${nameOf(job)} · ${property}`)
  return jobs.map((job, i) => {
    const mine = found.flatMap((one, k) => (one.job === job ? [[one.property, foundOf(stories[k]!)] as const] : []))
    const simulation = simulations[i]!
    return { job, simulation, results: simulatedResults(job, simulation, Object.fromEntries(mine)) }
  })
}

function foundOf<Found>(outcome: Outcome<Found>): Found {
  if (outcome.kind === 'failed') throw outcome.error
  return outcome.found
}

const nameOf = ({ protocol, variant, scenario }: Job): string => `${protocol}/${variant} · ${scenario}`

/** A state that was expected to be out of reach was come to: an expectation that did not show. */
const isReachedUnexpectedly = ({ kind, expected, shownIn }: SimulatedResult): boolean =>
  kind === 'reachable' && expected === 'violated' && shownIn > 0

function codeOf(results: readonly SimulatedResult[]): number {
  const code = exitCodeOf(results)
  return code !== EXIT.asExpected && results.some(isReachedUnexpectedly)
    ? Math.min(code, EXIT.expectedViolationDidNotShow)
    : code
}

/** The first that was not expected, or else the first there is. */
function theOneToShow(results: readonly SimulatedResult[]): Story | null {
  const shown = results.filter(({ story }) => story !== null)
  return (shown.find(({ asExpected, verdict }) => verdict === 'violated' && !asExpected) ?? shown[0])?.story ?? null
}

function told(simulated: readonly Simulated[], { seed, steps }: SimulateOptions, shown: Story | null): string {
  const colour = process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === ''
  const paint = createColors(colour)
  const blocks = simulated.flatMap(({ job, simulation, results }) => {
    const width = Math.max(...results.map(({ property }) => property.length))
    const { runs, ended, stopped } = simulation
    const cut = stopped === null ? '' : stopped === 'seconds' ? '; then the time was up' : '; then it was interrupted'
    return [
      `${paint.bold(nameOf(job))}${paint.dim(`: ${runs} random runs of up to ${steps} steps, of which ${ended} came to an end${cut}`)}`,
      ...results.map((result) => {
        const sign = result.verdict === 'incomplete' ? '?' : result.verdict === 'failed' ? '!' : '✗'
        const paintSign = result.asExpected ? paint.yellow : result.verdict === 'incomplete' ? paint.dim : paint.red
        return `  ${paintSign(sign)} ${result.property.padEnd(width)}  ${wordsFor(result)}`
      }),
      '',
    ]
  })
  const open = simulated.flatMap(({ results }) => results).filter(({ verdict }) => verdict === 'incomplete').length
  return [
    ...blocks,
    ...(shown === null ? [] : [ladder(shown, paintFor(process.stdout))]),
    ...(open === 0 ? [] : [`Incomplete: ${open} were not violated, but random runs do not see everything.`]),
    paint.dim(`--seed ${seed} draws the same runs.`),
    '',
  ].join('\n')
}

function wordsFor(result: SimulatedResult): string {
  const { kind, verdict, shownIn, runs, testedIn, explanation, reason, asExpected } = result
  if (verdict === 'failed') return `${reason}`
  if (verdict === 'violated')
    return `${asExpected ? '' : 'not as expected: '}violated in ${shownIn} of ${runs} runs. ${explanation ?? ''}`
  if (kind === 'reachable') {
    const against = isReachedUnexpectedly(result) ? ', which was expected never to be' : ''
    return shownIn > 0 ? `seen in ${shownIn} of ${runs} runs${against}` : 'never seen'
  }
  if (testedIn === 0) return 'never put to the test'
  return kind === 'liveness' ? 'not violated by any run that ends or comes back to a state' : 'not violated'
}
