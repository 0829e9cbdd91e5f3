import type { Job } from '../analysis/job.ts'
import { Pool } from '../analysis/threads/pool.ts'
import type { Outcome, Task } from '../analysis/threads/task.ts'
import { ProgressLine } from './progress.ts'

/** What ends a run with what was found so far, and the code with which a second one ends it at once: 128 and the signal's number. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const

/** After so many seconds without a sign of life a thread is ended; said once, for whichever command runs. */
let silence: number | undefined

export function allowSilence(seconds: number): void {
  silence = seconds
}

/** Runs a task for each of what is given, with a progress line; Ctrl-C or SIGTERM ends it with what was found so far, a second one at once. */
export async function runTasks<Given, Found>(
  task: Task<Given, Found>,
  givens: readonly Given[],
  workers: number,
  nameOf: (given: Given) => string,
): Promise<Outcome<Found>[]> {
  const line = new ProgressLine(process.stderr)
  const pool = new Pool({
    workers,
    ...(silence === undefined ? {} : { stallSeconds: silence }),
    onProgress: (given, progress) => line.searching(nameOf(given as Given), progress),
    onDone: (_, done, of) => line.finished(done, of),
    onOutput: (text) => {
      line.clear()
      process.stderr.write(text)
    },
  })
  const handlers = Object.entries(SIGNALS).map(([signal, code]) => {
    const interrupt = (): void => {
      if (pool.interrupted) process.exit(code)
      line.clear()
      process.stderr.write('Interrupted: ending with what was found so far. Once more to end at once.\n')
      pool.interrupt()
    }
    process.on(signal, interrupt)
    return () => process.off(signal, interrupt)
  })
  try {
    return await pool.run(task, givens)
  } finally {
    for (const off of handlers) off()
    line.clear()
  }
}

/** Runs a task once; what it throws is thrown here. */
export async function runTask<Given, Found>(task: Task<Given, Found>, given: Given, name = ''): Promise<Found> {
  const [outcome] = await runTasks(task, [given], 1, () => name)
  if (outcome!.kind === 'failed') throw outcome!.error
  return outcome!.found
}

/** `sip/direct · both-move · all properties`. */
export const nameOfJob = ({ protocol, variant, scenario, properties }: Job): string =>
  `${protocol}/${variant} · ${scenario} · ${properties === null ? 'all properties' : properties.join(', ')}`
