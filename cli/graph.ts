import { stateGraphTask } from '../analysis/tasks/state-graph.ts'
import { differenceDot, stateGraphDot, svg } from '../counterexamples/index.ts'
import { errors } from './errors.ts'
import { EXIT } from './exit.ts'
import { wholeNumber } from './options.ts'
import { runTask } from './threads.ts'

export interface GraphFlags {
  readonly scenario?: string
  readonly against?: string
  readonly format?: string
  readonly most?: string
}

const formats = ['svg', 'dot']

/** `doublejump graph`: every state that a variant can be in, or how the states of two variants differ; small scenarios only. */
export async function graphCommand(name: string, flags: GraphFlags): Promise<number> {
  const format = flags.format ?? 'svg'
  if (!formats.includes(format)) throw errors.notAFormat(format, formats)
  const given = { scenario: flags.scenario ?? 'one-moves', most: wholeNumber('--most', flags.most ?? '150') }
  const left = await runTask(stateGraphTask, { target: name, ...given })
  const right = flags.against === undefined ? null : await runTask(stateGraphTask, { target: flags.against, ...given })
  const dot = right === null ? stateGraphDot(left) : differenceDot(`${left.title} and ${right.title}`, left, right)
  process.stdout.write(format === 'dot' ? dot : await svg(dot))
  return EXIT.asExpected
}
