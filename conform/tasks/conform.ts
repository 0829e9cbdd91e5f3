import { resolveTargets } from '../../analysis/load/resolve.ts'
import { single } from '../../analysis/target.ts'
import { taskOf } from '../../analysis/threads/task.ts'
import type { Control } from '../../checker/limits.ts'
import { type JudgeOptions, judge, mappingOf } from '../judge.ts'
import { LogError } from '../observation.ts'
import { errors } from '../read/errors.ts'
import { readLog } from '../read/log.ts'
import { type LogReport, reportOf } from '../report.ts'

export interface ConformGiven extends Omit<JudgeOptions, 'control'> {
  readonly path: string
  /** protocol/variant. */
  readonly target: string
}

/** Holds a log against one variant. */
export const conformTask = taskOf(
  import.meta.url,
  'conformTask',
  async ({ path, target: name, ...options }: ConformGiven, control: Control): Promise<LogReport> => {
    const [found] = await resolveTargets([name])
    const target = single(found!, name)
    const { protocol, variant } = target
    return asInput(path, async () => {
      const lines = await readLog(path, mappingOf(protocol).capture)
      return reportOf(target, judge(protocol, variant, lines, { ...options, control }))
    })
  },
)

/** Whether logs of a protocol can be read at all: asked before anything is searched. */
export const mappingTask = taskOf(
  import.meta.url,
  'mappingTask',
  async ({ path, target }: { readonly path: string; readonly target: string }): Promise<void> => {
    const [found] = await resolveTargets([target])
    await asInput(path, async () => {
      await readLog(path, mappingOf(found!.protocol).capture)
    })
  },
)

async function asInput<T>(path: string, make: () => Promise<T>): Promise<T> {
  try {
    return await make()
  } catch (error) {
    if (error instanceof LogError) throw errors.notJudged(path, error.message)
    throw error
  }
}
