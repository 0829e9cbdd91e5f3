import { stateGraphTask } from '../analysis/tasks/state-graph.ts'
import { differenceDot, stateGraphDot, svg } from '../counterexamples/index.ts'
import type { Register } from './command.ts'
import { errors } from './errors.ts'
import { EXIT } from './exit.ts'
import { wholeNumber } from './options.ts'
import { runTask } from './threads.ts'

export const graph: Register = (program, end) => {
  program
    .command('graph')
    .summary('every state of a small scenario, drawn; or how two variants differ')
    .description(
      'Draws the reachable states of a variant, those in which somebody is wrong marked; with --against, what each of two variants has alone.',
    )
    .argument('<variant>', 'protocol/variant')
    .option('--scenario <name>', 'a small one (default: one-moves, or the first that there is)')
    .option('--against <variant>', 'the difference to this variant')
    .option('--format <name>', 'svg or dot', 'svg')
    .option('--most <n>', 'so many states are drawn at most', '150')
    .addHelpText(
      'after',
      '\nExample:\n  doublejump graph wireguard/roaming --against wireguard/newest-packet > difference.svg',
    )
    .action((variant: string, flags: GraphFlags) => end(graphCommand(variant, flags)))
}

interface GraphFlags {
  readonly scenario?: string
  readonly against?: string
  readonly format?: string
  readonly most?: string
}

const formats = ['svg', 'dot']

/** `doublejump graph`: every state that a variant can be in, or how the states of two variants differ; small scenarios only. */
async function graphCommand(name: string, flags: GraphFlags): Promise<number> {
  const format = flags.format ?? 'svg'
  if (!formats.includes(format)) throw errors.notAFormat(format, formats)
  const given = { scenario: flags.scenario, most: wholeNumber('--most', flags.most ?? '150') }
  const left = await runTask(stateGraphTask, { target: name, ...given })
  const right = flags.against === undefined ? null : await runTask(stateGraphTask, { target: flags.against, ...given })
  const dot = right === null ? stateGraphDot(left) : differenceDot(`${left.title} and ${right.title}`, left, right)
  process.stdout.write(format === 'dot' ? dot : await svg(dot))
  return EXIT.asExpected
}
