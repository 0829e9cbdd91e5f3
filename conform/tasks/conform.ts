import { resolveTargets } from '../../analysis/load/resolve.ts'
import { theVariant } from '../../analysis/tasks/targets.ts'
import { taskOf } from '../../analysis/threads/task.ts'
import type { Control } from '../../checker/limits.ts'
import type { Protocol } from '../../spec/protocol.ts'
import { type JudgeOptions, judge, mappingOf } from '../judge.ts'
import { type Log, LogError } from '../observation.ts'
import { errors } from '../read/errors.ts'
import { readLog } from '../read/log.ts'
import { merged } from '../read/merged.ts'
import { type LogReport, reportOf } from '../report.ts'

/** Which logs, of one run, and what tshark is to be told. */
interface Read {
  readonly paths: readonly string[]
  readonly tsharkOptions: readonly string[]
  readonly latency: number
}

export interface ConformGiven extends Omit<JudgeOptions, 'control' | 'latency'>, Read {
  /** protocol/variant. */
  readonly target: string
}

/** Holds a log against one variant. */
export const conformTask = taskOf(
  import.meta.url,
  'conformTask',
  async ({ paths, tsharkOptions, target: name, ...options }: ConformGiven, control: Control): Promise<LogReport> => {
    const target = await theVariant(name, control)
    const { protocol, variant } = target
    const { lines, warnings } = await logOf({ paths, tsharkOptions, latency: options.latency }, protocol)
    return asInput(paths, warnings, () =>
      reportOf(target, judge(protocol, variant, lines, { ...options, control }), warnings),
    )
  },
)

/** Whether logs of a protocol can be read at all: asked before anything is searched. */
export const mappingTask = taskOf(
  import.meta.url,
  'mappingTask',
  async ({ target, ...read }: Read & { readonly target: string }): Promise<void> => {
    const [found] = await resolveTargets([target])
    await logOf(read, found!.protocol)
  },
)

/** A thread reads a log once for each protocol: variants are held against it one after the other. */
const logs = new Map<string, Promise<Log>>()

function logOf(read: Read, protocol: Protocol): Promise<Log> {
  const mapping = asInput(read.paths, [], () => mappingOf(protocol))
  const key = `${protocol.name} ${JSON.stringify(read)}`
  const log =
    logs.get(key) ??
    Promise.all(read.paths.map((path) => readLog(path, mapping, read.tsharkOptions))).then((all) =>
      asInput(read.paths, [], () => merged(all, read.latency)),
    )
  logs.set(key, log)
  return log
}

/** A log that cannot be judged is bad input; how it was read may be why. */
function asInput<T>(paths: readonly string[], warnings: readonly string[], make: () => T): T {
  try {
    return make()
  } catch (error) {
    if (error instanceof LogError) throw errors.notJudged(paths.join(', '), [error.message, ...warnings].join(' '))
    throw error
  }
}
