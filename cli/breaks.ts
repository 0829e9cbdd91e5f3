import type { Breaks, Inside, Vector } from '../analysis/breaks.ts'
import { breaksTask } from '../analysis/tasks/breaks.ts'
import { ladder, noPaint, type Story, sentence } from '../counterexamples/index.ts'
import type { Register } from './command.ts'
import { EXIT } from './exit.ts'
import { wholeNumber } from './options.ts'
import { runTask } from './threads.ts'

export const breaks: Register = (program, end) => {
  program
    .command('breaks')
    .summary('what it takes to break a property, and what one that holds leans on')
    .description(
      'Finds the least moves, losses, duplicates and reordering under which a property fails; and, where it holds, drops each assumption in turn.',
    )
    .argument('<variant>', 'protocol/variant')
    .requiredOption('--property <name>', 'which property')
    .option('--scenario <name>', 'whose other assumptions are kept', 'both-move')
    .option('--max-states <n>', 'of each search; beyond that it is not known', '300000')
    .option('--json', 'one JSON document')
    .addHelpText(
      'after',
      '\nExample:\n  doublejump breaks hip/rvs-when-sent-again --property binding-eventually-correct',
    )
    .action((variant: string, flags: BreaksFlags) => end(breaksCommand(variant, flags)))
}

interface BreaksFlags {
  readonly property: string
  readonly scenario?: string
  readonly json?: boolean
  readonly maxStates?: string
}

/** `doublejump breaks`: what it takes to break a property, and which assumptions one that holds leans on. */
async function breaksCommand(name: string, flags: BreaksFlags): Promise<number> {
  const breaks = await runTask(breaksTask, {
    target: name,
    property: flags.property,
    scenario: flags.scenario ?? 'both-move',
    most: wholeNumber('--max-states', flags.maxStates ?? '300000'),
  })
  process.stdout.write(
    flags.json === true ? `${JSON.stringify({ version: 1, ...breaks, target: name }, null, 2)}\n` : told(name, breaks),
  )
  return breaks.inScenario.kind === 'not known' ? EXIT.incomplete : EXIT.asExpected
}

const OTHERS: Readonly<Record<string, string>> = {
  losses: 'one packet lost',
  duplicates: 'one delivered twice',
  reordering: 'packets reordered',
}

/** 'a moves 1×, b moves 1×, one packet lost'. */
const words = (vector: Vector, hosts: Breaks['hosts']): string =>
  Object.entries(vector)
    .flatMap(([field, n]) => {
      const host = hosts[field]
      if (host !== undefined) return [`${host} moves ${n}×`]
      return n > 0 ? [OTHERS[field]!] : []
    })
    .join(', ')

/** A violation without a run: of a property that says what can happen. */
const sentenceOf = (story: Story | null): string =>
  story === null ? 'it can no longer happen in any run.' : sentence(story)

/** Why there are no assumptions to tell. */
const WITHOUT_CORE: Readonly<Record<Exclude<Inside['kind'], 'holds'>, string>> = {
  violated: 'it fails, so that there are no assumptions to lean on',
  vacuous: 'nothing happens that it speaks of, so that it leans on nothing',
  'not known': 'it is not known, so that nothing can be said of assumptions',
}

function told(name: string, { scenario, property, hosts, least, unknown, tried, inScenario, core }: Breaks): string {
  const frontier =
    least.length === 0
      ? [
          `Nothing of what could be searched breaks it (up to two moves each, one loss, one duplicate, reordering; ${tried - unknown.length} of ${tried} combinations).`,
        ]
      : [
          'The least that breaks it:',
          ...least.map(({ vector, story }) => `  ✗ ${words(vector, hosts)}\n      ${sentenceOf(story)}`),
        ]
  const open = unknown.map(
    ({ vector, because }) => `  ? ${words(vector, hosts)}, and whatever is more: not known (${because})`,
  )
  const needed = core?.filter((one) => one.needed === true) ?? []
  const free = core?.filter((one) => one.needed === false) ?? []
  const undecided = core?.filter((one) => one.needed === null) ?? []
  const first = needed[0]?.story ?? least[0]?.story ?? null
  return [
    `${name} · ${property}`,
    '',
    ...frontier,
    ...open,
    '',
    ...(inScenario.kind !== 'holds'
      ? [
          `In '${scenario}' ${WITHOUT_CORE[inScenario.kind]}${inScenario.kind === 'not known' ? `: ${inScenario.because}` : ''}.`,
        ]
      : [
          `In '${scenario}' it holds, and leans on these assumptions:`,
          ...(needed.length === 0 ? ['  none of those that were dropped'] : []),
          ...needed.map(({ assumption, story }) => `  ✗ without '${assumption}': ${sentenceOf(story)}`),
          `It does not need: ${free.map(({ assumption }) => assumption).join('; ') || 'none'}.`,
          ...undecided.map(({ assumption }) => `  ? ${assumption}: not known`),
        ]),
    '',
    ...(first === null ? [] : [ladder(first, noPaint)]),
  ].join('\n')
}
