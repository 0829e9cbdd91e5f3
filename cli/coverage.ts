import { createColors } from 'picocolors'
import { type Case, type Coverage, coverageOf, type Never, neverInAny } from '../analysis/coverage.ts'
import { jobsFor } from '../analysis/jobs.ts'
import { describeTask } from '../analysis/tasks/describe.ts'
import { occurrencesTask } from '../analysis/tasks/occurrences.ts'
import { type Register, several, withLimits } from './command.ts'
import { EXIT } from './exit.ts'
import { type LimitFlags, limitsFrom, wholeNumber } from './options.ts'
import { runTask, runTasks } from './threads.ts'

interface CoverageFlags extends LimitFlags {
  readonly scenario?: readonly string[]
  readonly large?: boolean
  readonly workers?: string
  readonly json?: boolean
}

export const coverage: Register = (program, end) => {
  withLimits(
    program
      .command('coverage')
      .summary('what never happened in any scenario')
      .description(
        'Searches every scenario of a variant, and says which messages, timers, effects and rules of the internet never had a part in any. The exit code is 0, whatever is missing.',
      )
      .argument('<target>', 'protocol, protocol/variant, or a .ts file of your own')
      .option('--scenario <name>', 'only this scenario (repeatable)', several)
      .option('--large', 'also the scenarios that take minutes or gigabytes')
      .option('--workers <n>', 'searches at a time', '2')
      .option('--json', 'one JSON document'),
  )
    .addHelpText('after', '\nExamples:\n  doublejump coverage hip/direct\n  doublejump coverage my-protocol.ts --json')
    .action((target: string, flags: CoverageFlags) => end(coverageCommand(target, flags)))
}

/** `doublejump coverage`: what never happened. */
async function coverageCommand(name: string, flags: CoverageFlags): Promise<number> {
  const limits = limitsFrom(flags)
  const jobs = jobsFor(await runTask(describeTask, [name]), {
    limits,
    large: flags.large === true,
    ...(flags.scenario === undefined ? {} : { scenarios: flags.scenario }),
  })
  const given = jobs.map(({ file, protocol, variant, scenario }) => ({
    target: `${file ?? protocol}/${variant}`,
    scenario,
    limits,
  }))
  const workers = wholeNumber('--workers', flags.workers ?? '2')
  const outcomes = await runTasks(occurrencesTask, given, workers, ({ target, scenario }) => `${target} · ${scenario}`)
  const occurrences = outcomes.map((outcome) => {
    if (outcome.kind === 'failed') throw outcome.error
    return outcome.found
  })
  const variants = [...new Set(jobs.map(({ variant }) => variant))].map((variant) => ({
    protocol: jobs[0]!.protocol,
    variant,
    occurrences: occurrences.filter((_, i) => jobs[i]!.variant === variant),
  }))
  const coverages = coverageOf(variants)
  const never = neverInAny(coverages)
  process.stdout.write(
    flags.json === true
      ? `${JSON.stringify({ version: 1, variants: coverages, never }, null, 2)}\n`
      : told(coverages, never),
  )
  return EXIT.asExpected
}

const WHAT_IS_ALL =
  'What could happen is not known, for a step is a function. Asked for are: timers that are declared; messages that are sent to an address that a node may hold; what a node of the same name does in another variant; kinds that the text of a step names; the rules of the internet.'

function told(coverages: readonly Coverage[], never: readonly Never[]): string {
  const paint = createColors(process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === '')
  const blocks = coverages.flatMap((one) => [
    paint.bold(`${one.protocol}/${one.variant}`) + paint.dim(`: ${searchedIn(one)}`),
    ...counts(one).map((line) => `  ${line}`),
    ...missing(one).map((line) => `  ${paint.yellow('never')}  ${line}`),
    '',
  ])
  const summary =
    coverages.length < 2
      ? []
      : [paint.bold(`In no variant of ${coverages[0]!.protocol}`), ...never.map((one) => `  ${sentenceOf(one)}`), '']
  return [...blocks, ...summary, paint.dim(WHAT_IS_ALL), ''].join('\n')
}

function searchedIn({ scenarios }: Coverage): string {
  const states = scenarios.reduce((sum, one) => sum + one.states, 0)
  const cut = scenarios.filter(({ incompleteBecause }) => incompleteBecause !== null)
  const whole =
    cut.length === 0
      ? ''
      : `; not seen whole, so that what is missing may happen there: ${cut.map(({ scenario }) => scenario).join(', ')}`
  return `${scenarios.length} ${scenarios.length === 1 ? 'scenario' : 'scenarios'}, ${states} states${whole}`
}

const happened = (cases: readonly Case[]): string =>
  `${cases.filter(({ in: where }) => where.length > 0).length} of ${cases.length}`

function counts({ nodes, rules }: Coverage): string[] {
  const width = Math.max(...nodes.map(({ node }) => node.length), 'internet'.length)
  return [
    ...nodes.map(
      ({ node, received, timers, effects }) =>
        `${node.padEnd(width)}  receives ${happened(received)}, timers ${happened(timers)}, effects ${happened(effects)}`,
    ),
    `${'internet'.padEnd(width)}  rules ${happened(rules)}`,
  ]
}

function missing({ nodes, rules }: Coverage): string[] {
  const not = (cases: readonly Case[]): Case[] => cases.filter(({ in: where }) => where.length === 0)
  return [
    ...nodes.flatMap(({ node, received, timers, effects, named }) => [
      ...not(received).map(({ name, because }) => `${sentenceOf({ node, what: 'receives', name })} (${because})`),
      ...not(timers).map(({ name, because }) => `${sentenceOf({ node, what: 'fires', name })} (${because})`),
      ...not(effects).map(({ name, because }) => `${sentenceOf({ node, what: 'does', name })} (${because})`),
      ...named.map((name) => sentenceOf({ node, what: 'names', name })),
    ]),
    ...not(rules).map(({ name, because }) => `${name} (${because})`),
  ]
}

function sentenceOf({ node, what, name }: Never): string {
  switch (what) {
    case 'receives':
      return `${node} receives ${name}`
    case 'fires':
      return `${name} fires at ${node}`
    case 'does':
      return `${node} does: ${name}`
    case 'names':
      return `${node} receives or sends ${name}, which its step names`
    case 'rule':
      return name
  }
}
