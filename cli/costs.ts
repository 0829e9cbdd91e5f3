import { readFileSync } from 'node:fs'
import type { CostsGiven } from '../claims/costs/given.ts'
import { type Register, several } from './command.ts'
import { costsTask } from './costs-task.ts'
import { costsCsv, costsText } from './costs-text.ts'
import { errors } from './errors.ts'
import { EXIT } from './exit.ts'
import { wholeNumber } from './options.ts'
import { runTasks } from './threads.ts'

export const costs: Register = (program, end) => {
  program
    .command('costs')
    .summary('what a handoff costs: messages, hops, bytes, state, headers of data')
    .description(
      'Counts in a run of the model what a handoff costs, message by message and node by node, and what a session of several handoffs with its refreshes does; distances between nodes are an input.',
    )
    .argument('<variants...>', 'protocol/variant, one or several')
    .option('--apart <hops>', 'hops between every two nodes of which nothing else is said', '5')
    .option('--hops <pair=n>', 'hops between two nodes: a-ha-a=3 (repeatable)', several)
    .option(
      '--topology <file>',
      'distances as JSON: { "places": { "a": "MN" }, "hops": { "MN-HA": 3 }, "otherwise": 5 }',
    )
    .option('--handoffs <n>', 'handoffs of the session', '1')
    .option('--seconds <s>', 'how long the session lasts', '0')
    .option(
      '--refresh <pair=s>',
      'what two nodes say to each other in a handoff is said again, each so many seconds: a-ha-a=300 (repeatable)',
      several,
    )
    .option('--outer-header <bytes>', 'of each header around data: 20 of IPv4, 40 of IPv6', '20')
    .option('--format <name>', 'text, json or csv (a line a message)', 'text')
    .option('--json', 'the same as --format json')
    .addHelpText(
      'after',
      '\nExamples:\n  doublejump costs mipv6/ro-rfc --hops a-ha-a=15 --hops b-ha-a=15\n  doublejump costs mip/co-located --handoffs 12 --seconds 3600 --refresh a-ha-a=300\n  doublejump costs tmsp/direct sip/direct --topology distances.json --format csv',
    )
    .action((variants: readonly string[], flags: CostsFlags) => end(costsCommand(variants, flags)))
}

interface CostsFlags {
  readonly apart: string
  readonly hops?: readonly string[]
  readonly topology?: string
  readonly handoffs: string
  readonly seconds: string
  readonly refresh?: readonly string[]
  readonly outerHeader: string
  readonly format: string
  readonly json?: boolean
}

const FORMATS = ['text', 'json', 'csv']

/** `doublejump costs`: counted now, in a run of each variant. */
async function costsCommand(targets: readonly string[], flags: CostsFlags): Promise<number> {
  const format = flags.json === true ? 'json' : flags.format
  if (!FORMATS.includes(format)) throw errors.notAFormat(format, FORMATS)
  const given: CostsGiven = {
    apart: Number(flags.apart),
    hops: flags.hops ?? [],
    topology: flags.topology === undefined ? undefined : read(flags.topology),
    handoffs: wholeNumber('--handoffs', flags.handoffs),
    seconds: Number(flags.seconds),
    refreshes: flags.refresh ?? [],
    outerHeader: Number(flags.outerHeader),
  }
  const outcomes = await runTasks(
    costsTask,
    targets.map((target) => ({ target, ...given })),
    2,
    ({ target }) => target,
  )
  const accounts = outcomes.map((outcome) => {
    if (outcome.kind === 'failed') throw outcome.error
    return outcome.found
  })
  const told = {
    json: () => `${JSON.stringify({ version: 1, costs: accounts }, null, 2)}\n`,
    csv: () => costsCsv(accounts),
    text: () => costsText(accounts, given),
  }
  process.stdout.write(told[format as keyof typeof told]())
  return EXIT.asExpected
}

function read(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw errors.notReadable('--topology', path, (error as Error).message)
  }
}
