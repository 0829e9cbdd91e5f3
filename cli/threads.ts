import type { Job } from '../analysis/job.ts'
import { Pool, type Telling } from '../analysis/threads/pool.ts'
import type { Outcome, Task } from '../analysis/threads/task.ts'
import { endAtOnce } from './end.ts'
import { forgetSources, keptOrAsked } from './kept.ts'
import { ProgressLine } from './progress.ts'

/** What ends a run with what was found so far, and the code with which a second one ends it at once: 128 and the signal's number. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const

const line = new ProgressLine(process.stderr)

let silence: number | undefined
let threads: Pool | null = null

/** After so many seconds without a sign of life a thread is ended; said for whichever command runs. */
export function allowSilence(seconds: number | undefined): void {
  if (seconds !== silence) {
    void threads?.forget()
    threads = null
  }
  silence = seconds
}

/** The threads of this program: made when there is something to do, and kept for all that a command asks. */
function pool(): Pool {
  threads ??= new Pool({
    workers: 2,
    ...(silence === undefined ? {} : { stallSeconds: silence }),
    // On a terminal what is known is told at once; in a pipe, as part of the report.
    early: process.stderr.isTTY === true,
    onOutput: (text) => {
      line.clear()
      process.stderr.write(text)
    },
  })
  return threads
}

/** A file that has changed is loaded anew. */
export function forgetFiles(): Promise<void> {
  forgetSources()
  return pool().forget()
}

/** Whether somebody has asked for the end: what is asked after that ends at once. */
export const interrupted = (): boolean => pool().interrupted

/**
 * Works while Ctrl-C or SIGTERM end it with what was found so far, and a second one at once.
 *
 * @param work told of the first one by a signal of its own
 */
export async function interruptible<Found>(
  work: (until: AbortSignal) => Promise<Found>,
  ending = 'ending with what was found so far',
): Promise<Found> {
  const until = new AbortController()
  const handlers = Object.entries(SIGNALS).map(([signal, code]) => {
    const interrupt = (): void => {
      if (pool().interrupted) endAtOnce(code)
      line.clear()
      process.stderr.write(`Interrupted: ${ending}. Once more to end at once.\n`)
      pool().interrupt()
      until.abort()
    }
    process.on(signal, interrupt)
    return () => process.off(signal, interrupt)
  })
  try {
    return await work(until.signal)
  } finally {
    for (const off of handlers) off()
    line.clear()
  }
}

/**
 * Runs a task for each of what is given, with a progress line that counts those that are done.
 *
 * @param onDone told of each as soon as it is there, in any order
 */
export const runTasks = <Given, Answer>(
  task: Task<Given, Answer>,
  givens: readonly Given[],
  workers: number,
  nameOf: (given: Given) => string,
  onDone: (given: Given, outcome: Outcome<Answer>) => void = () => {},
): Promise<Outcome<Answer>[]> =>
  interruptible(() =>
    keptOrAsked(task, givens, interrupted, onDone, (missing, keep) => {
      const known = givens.length - missing.length
      const telling: Telling<Given, Answer> = {
        ...tellingOf(nameOf),
        onDone: (given, done, _, outcome) => {
          line.finished(`${known + done}/${givens.length}`)
          keep(given, outcome)
        },
      }
      return pool().run(task, missing, telling, workers)
    }),
  )

/** Runs tasks that are a part of something larger, which is `interruptible`, and says itself how far it is (`standsAt`). */
export const runPart = <Given, Answer>(
  task: Task<Given, Answer>,
  givens: readonly Given[],
  workers: number,
  nameOf: (given: Given) => string,
  telling: Pick<Telling<Given>, 'onProgress' | 'until'> = {},
): Promise<Outcome<Answer>[]> =>
  keptOrAsked(
    task,
    givens,
    () => interrupted() || telling.until?.aborted === true,
    () => {},
    (missing, keep) =>
      pool().run(
        task,
        missing,
        {
          ...tellingOf(nameOf),
          ...telling,
          onDone: (given, _, __, outcome) => keep(given, outcome),
        },
        workers,
      ),
  )

export const standsAt = (text: string): void => line.finished(text)

const tellingOf = <Given>(nameOf: (given: Given) => string): Telling<Given> => ({
  onProgress: (given, progress) => line.searching(nameOf(given), progress),
  onFound: (given, { property, reason, states }) =>
    line.above(`✗ ${nameOf(given)}: ${property} is violated (${states} states so far): ${reason}`),
})

/**
 * Runs a task once; what it throws is thrown here.
 *
 * @param cores that it may use
 */
export async function runTask<Given, Answer>(
  task: Task<Given, Answer>,
  given: Given,
  name = '',
  cores = 1,
): Promise<Answer> {
  const [outcome] = await runTasks(task, [given], cores, () => name)
  if (outcome!.kind === 'failed') throw outcome!.error
  return outcome!.found
}

/** `sip/direct · both-move · all properties`. */
export const nameOfJob = ({ protocol, variant, scenario, properties }: Job): string =>
  `${protocol}/${variant} · ${scenario} · ${properties === null ? 'all properties' : properties.join(', ')}`
