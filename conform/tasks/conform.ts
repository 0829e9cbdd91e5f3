import { resolveTargets } from '../../analysis/load/resolve.ts'
import { theVariant } from '../../analysis/tasks/targets.ts'
import { taskOf } from '../../analysis/threads/task.ts'
import type { Control } from '../../checker/limits.ts'
import type { Protocol } from '../../spec/protocol.ts'
import { type JudgeOptions, judge, mappingOf } from '../judge.ts'
import { LogError, type LogLine } from '../observation.ts'
import { errors } from '../read/errors.ts'
import { readLog } from '../read/log.ts'
import { type LogReport, reportOf } from '../report.ts'

export interface ConformGiven extends Omit<JudgeOptions, 'control'> {
  readonly path: string
  /** protocol/variant. */
  readonly target: string
  /** For tshark, besides its own: keys, most of all. */
  readonly tsharkOptions: readonly string[]
}

/** Holds a log against one variant. */
export const conformTask = taskOf(
  import.meta.url,
  'conformTask',
  async ({ path, target: name, tsharkOptions, ...options }: ConformGiven, control: Control): Promise<LogReport> => {
    const target = await theVariant(name, control)
    const { protocol, variant } = target
    return asInput(path, async () => {
      const lines = await linesOf(path, protocol, tsharkOptions)
      return reportOf(target, judge(protocol, variant, lines, { ...options, control }))
    })
  },
)

/** Whether logs of a protocol can be read at all: asked before anything is searched. */
export const mappingTask = taskOf(
  import.meta.url,
  'mappingTask',
  async ({ path, target, tsharkOptions }: Pick<ConformGiven, 'path' | 'target' | 'tsharkOptions'>): Promise<void> => {
    const [found] = await resolveTargets([target])
    await asInput(path, async () => {
      await linesOf(path, found!.protocol, tsharkOptions)
    })
  },
)

/** A thread reads a log once for each protocol: variants are held against it one after the other. */
const logs = new Map<string, Promise<LogLine[]>>()

function linesOf(path: string, protocol: Protocol, tsharkOptions: readonly string[]): Promise<LogLine[]> {
  const { capture } = mappingOf(protocol)
  const key = JSON.stringify([protocol.name, path, tsharkOptions])
  const lines = logs.get(key) ?? readLog(path, capture, tsharkOptions)
  logs.set(key, lines)
  return lines
}

async function asInput<T>(path: string, make: () => Promise<T>): Promise<T> {
  try {
    return await make()
  } catch (error) {
    if (error instanceof LogError) throw errors.notJudged(path, error.message)
    throw error
  }
}
