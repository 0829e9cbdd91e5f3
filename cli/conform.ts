import { describeTask } from '../analysis/tasks/describe.ts'
import { LATENCY } from '../conform/observation.ts'
import type { LogReport } from '../conform/report.ts'
import { conformTask, mappingTask } from '../conform/tasks/conform.ts'
import { ladder, type Story } from '../counterexamples/index.ts'
import type { Register } from './command.ts'
import { EXIT } from './exit.ts'
import { paintFor } from './explain.ts'
import { percentage, wholeNumber } from './options.ts'
import { interrupted, runTask, runTasks } from './threads.ts'

export const conform: Register = (program, end) => {
  program
    .command('conform')
    .summary('is this real run a run of the model?')
    .description(
      'Looks for a run of a variant that explains a capture (by tshark) or a log of JSON lines. Exit codes: 0 conforms (one variant at least), 12 diverges, 16 inconclusive, 17 unsupported (it shows something that no variant models).',
    )
    .argument(
      '<log...>',
      'a capture that tshark reads, log.ndjson, or (mobike) a log of charon; several of one run, by clocks that agree, are put together',
    )
    .requiredOption('--protocol <variant>', 'protocol/variant; or a protocol, to ask which of its variants')
    .option(
      '--tolerance <percent>',
      'how much earlier or later than its standard says a timer may fire, below 100',
      '10',
    )
    .option('--latency <milliseconds>', 'a packet is on its way for so long at most', String(1000 * LATENCY))
    .option('--max-states <n>', 'stop after so many states for each hundred lines: inconclusive', '150000')
    .option(
      '--tshark-option <option>',
      "a preference for tshark's -o, such as keys of what is encrypted ('tls.keylog_file:keys.txt'), or another option of it ('-d udp.port==5062,sip'); may be repeated",
      (option: string, before: readonly string[]) => [...before, ...tsharkArguments(option)],
      [] as readonly string[],
    )
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  doublejump conform capture.pcapng --protocol sip/direct')
    .action((logs: string[], flags: ConformFlags) => end(conformCommand(logs, flags)))
}

/** An option and its value are two arguments. */
const tsharkArguments = (option: string): string[] =>
  option.startsWith('-') ? (/^(\S+)\s+(.*)$/.exec(option)?.slice(1) ?? [option]) : ['-o', option]

interface ConformFlags {
  readonly protocol: string
  readonly json?: boolean
  readonly maxStates: string
  readonly tolerance: string
  readonly latency: string
  readonly tsharkOption: readonly string[]
}

const WORKERS = 2

/** `doublejump conform`: is this real run a run of the model? */
async function conformCommand(paths: readonly string[], flags: ConformFlags): Promise<number> {
  const { protocol: asked } = flags
  const options = {
    most: wholeNumber('--max-states', flags.maxStates),
    tolerance: percentage('--tolerance', flags.tolerance) / 100,
    latency: wholeNumber('--latency', flags.latency) / 1000,
  }
  const [target] = await runTask(describeTask, [asked])
  const variants = target!.variants.map(({ name }) => name)
  const read = { paths, tsharkOptions: flags.tsharkOption, latency: options.latency }
  await runTask(mappingTask, { ...read, target: asked })
  const givens = variants.map((variant) => ({
    ...read,
    target: `${target!.file ?? target!.protocol}/${variant}`,
    ...options,
  }))
  const outcomes = await runTasks(conformTask, givens, WORKERS, ({ target: name }) => name)
  const reports = outcomes.map((outcome) => {
    if (outcome.kind === 'failed') throw outcome.error
    return outcome.found
  })
  for (const warning of reports[0]!.warnings) process.stderr.write(`${warning}\n`)
  if (reports.length > 1) {
    process.stdout.write(flags.json === true ? tableAsJson(asked, reports) : table(asked, reports))
    if (interrupted()) return EXIT.incomplete
    const kinds = reports.map(({ verdict }) => verdict)
    return EXITS[BEST_FIRST.find((kind) => kinds.includes(kind))!]
  }
  const [report] = reports as [LogReport]
  process.stdout.write(flags.json === true ? asJson(asked, report) : told(asked, report))
  return EXITS[report.verdict]
}

const EXITS = {
  conforms: EXIT.asExpected,
  diverges: EXIT.safety,
  inconclusive: EXIT.incomplete,
  unsupported: EXIT.unsupported,
} as const

/** What is said of a protocol: a variant that may still explain the log, or one whose model ends before the log does, is no divergence of it. */
const BEST_FIRST = ['conforms', 'inconclusive', 'unsupported', 'diverges'] as const

/** Which variants a log is a run of: asked of a whole protocol. */
function table(protocol: string, reports: readonly LogReport[]): string {
  const width = Math.max(...reports.map(({ variant }) => variant.length)) + 2
  const lines = reports.map(({ variant, verdict, consumed, of, divergesAt: at, unsupported }) => {
    const why =
      at !== null
        ? `line ${at.line} (${at.time.toFixed(3)} s): ${at.words}${unsupported === null ? '' : ` (${unsupported})`}`
        : verdict === 'diverges'
          ? 'something that must be seen is missing'
          : ''
    return `  ${variant.padEnd(width)}${verdict.padEnd(13)}${`${consumed}/${of}`.padEnd(8)}${why}`.trimEnd()
  })
  return `${[`${protocol}: which variants is the log a run of?`, ...lines, ...leftOutOf(reports[0]!)].join('\n')}\n`
}

function tableAsJson(protocol: string, reports: readonly LogReport[]): string {
  const variants = reports.map(({ variant, verdict, consumed, of, divergesAt, unsupported, stopped }) => ({
    variant,
    verdict,
    consumed,
    of,
    divergesAt,
    unsupported,
    because: stopped?.because ?? null,
  }))
  const { leftOut, warnings } = reports[0]!
  return `${JSON.stringify({ version: 1, protocol, variants, leftOut, warnings }, null, 2)}\n`
}

function asJson(protocol: string, report: LogReport): string {
  const { verdict, consumed, of, leftOut, hidden, divergesAt, unsupported, instead, stopped, warnings } = report
  const because = {
    conforms: null,
    diverges: instead,
    unsupported,
    inconclusive: stopped?.because,
  }[verdict]
  return `${JSON.stringify({ version: 1, verdict, protocol, consumed, of, leftOut, hidden, divergesAt, because, warnings }, null, 2)}\n`
}

const inWords = ({ leftOut }: LogReport): string =>
  Object.entries(leftOut)
    .map(([why, n]) => `${n} ${why}`)
    .join(', ')

/** Of a table: what no variant was asked. */
function leftOutOf(report: LogReport): string[] {
  const left = inWords(report)
  return left === '' ? [] : [`Lines that were left out: ${left}.`]
}

function told(name: string, report: LogReport): string {
  const { verdict, consumed, of, hidden, divergesAt: at, instead, survivors, stopped, story } = report
  const left = inWords(report)
  const head = [
    `${name}: ${verdict}`,
    `${of} lines are about what is modelled${left === '' ? '' : `; left out: ${left}`}.`,
  ]
  if (verdict === 'inconclusive') {
    return `${[...head, `After ${consumed} lines and ${stopped!.searched} states ${stopped!.because}; --max-states raises the bound.`].join('\n')}\n`
  }
  if (verdict === 'unsupported') {
    return `${[
      ...head,
      `${consumed} lines fit. Line ${at!.line} (${at!.time.toFixed(3)} s) is none of the model: ${at!.words}.`,
      `${report.unsupported}. What comes after it is not judged.`,
      ...longest(story!),
    ].join('\n')}\n`
  }
  if (verdict === 'diverges') {
    return `${[
      ...head,
      at === null
        ? `All ${consumed} lines fit, but something that must be seen is missing.`
        : `${consumed} lines fit. Line ${at.line} (${at.time.toFixed(3)} s) does not: ${at.words}.`,
      `In ${survivors} states that survive, the model could have shown:`,
      ...(instead.length === 0
        ? ['  nothing']
        : instead.slice(0, 12).map(({ could, because }) => `  ${could}: ${because}`)),
      ...longest(story!),
    ].join('\n')}\n`
  }
  const { moves, drops, dead, timers, actions } = hidden
  return `${[
    ...head,
    `Inferred: ${moves.join('; ') || 'no move'}; ${dead.length} packets lost at addresses that were left; ${drops.length} lost by the network; ${timers.length} timers${actions.length === 0 ? '' : `; what users did: ${actions.join('; ')}`}.`,
    ...drawn(story!),
  ].join('\n')}\n`
}

const drawn = (story: Story): string[] => [
  "'then line n' is what the log shows next; a step without it is inferred.",
  '',
  ladder(story, paintFor(process.stdout)),
]

/** How far the log can be explained. */
const longest = (story: Story): string[] => ['', 'Up to there:', ...drawn(story)]
