import { Worker } from 'node:worker_threads'
import type { Progress } from '../../checker/limits.ts'
import { InputError } from '../errors.ts'
import { type Phase, sharedMemory, Watcher } from './signals.ts'
import type { Outcome, Task } from './task.ts'
import { died, notAsked, outOfMemory, stalled } from './trouble.ts'
import type { FromWorker, ToWorker, WorkerData } from './worker.ts'

export interface PoolOptions {
  readonly workers: number
  /** A thread that gives no sign of life for so many seconds is ended. */
  readonly stallSeconds?: number
  readonly onProgress?: (given: unknown, progress: Progress) => void
  readonly onDone?: (given: unknown, done: number, of: number) => void
  /** What a user's file writes to its standard output: it must not end up in a report. */
  readonly onOutput?: (text: string) => void
}

/** Steps take microseconds; half a minute is long even on a machine that is busy with other things. */
const STALL_SECONDS = 30
/** After an interruption less patience is asked for. */
const STALL_WHEN_INTERRUPTED = 3
const LOOK_EVERY_MS = 250

/** Runs tasks in worker threads, so that this thread stays free for signals, the progress line, and to watch that each thread is alive. */
export class Pool {
  readonly #options: PoolOptions
  readonly #stop = new Int32Array(new SharedArrayBuffer(4))

  constructor(options: PoolOptions) {
    this.#options = options
  }

  /** Ends every search with what it has found so far. */
  interrupt(): void {
    Atomics.store(this.#stop, 0, 1)
  }

  get interrupted(): boolean {
    return Atomics.load(this.#stop, 0) !== 0
  }

  /** What came of the task for each of what was given, in that order, whoever did it. */
  async run<Given, Found>(task: Task<Given, Found>, givens: readonly Given[]): Promise<Outcome<Found>[]> {
    const outcomes: Outcome<Found>[] = []
    let next = 0
    let done = 0
    let lost = false
    const work = async (): Promise<void> => {
      const thread = this.#thread()
      while (next < givens.length) {
        const index = next++
        const given = givens[index]!
        const outcome: Outcome<Found> = lost
          ? { kind: 'failed', error: notAsked() }
          : await this.#one(thread, task, given)
        outcomes[index] = outcome
        // What does not come back once will hardly do so the next time: nobody wants to wait for each of a hundred.
        lost ||= thread.dead
        this.#options.onDone?.(given, ++done, givens.length)
      }
      await thread.worker.terminate()
    }
    await Promise.all(Array.from({ length: Math.min(this.#options.workers, givens.length) }, work))
    return outcomes
  }

  #thread(traced = false): Thread {
    const pulse = sharedMemory()
    const workerData: WorkerData = { stop: this.#stop.buffer as SharedArrayBuffer, pulse, traced }
    const worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData,
      stdout: true,
      resourceLimits: { maxOldGenerationSizeMb: 16_384 },
    })
    worker.stdout.on('data', (text: Buffer) => this.#options.onOutput?.(String(text)))
    return { worker, watcher: new Watcher(pulse), dead: false }
  }

  async #one<Given, Found>(thread: Thread, task: Task<Given, Found>, given: Given): Promise<Outcome<Found>> {
    const ended = await this.#ended(thread, task, given)
    if (ended.kind !== 'stalled') return ended as Outcome<Found>
    return { kind: 'failed', error: stalled(ended.phase, await this.#whereItStalls(task, given), ended.seconds) }
  }

  /** Does it once more, in a thread that says what it is doing; what it says last is what does not end. */
  async #whereItStalls<Given, Found>(task: Task<Given, Found>, given: Given): Promise<string> {
    if (this.interrupted) return ''
    const thread = this.#thread(true)
    const again = await this.#ended(thread, task, given)
    await thread.worker.terminate()
    return again.kind === 'stalled' ? thread.watcher.text : ''
  }

  #ended<Given, Found>(thread: Thread, task: Task<Given, Found>, given: Given): Promise<Ended> {
    const { worker, watcher } = thread
    return new Promise((resolve) => {
      const end = (ended: Ended, dead: boolean): void => {
        clearInterval(looking)
        worker.removeAllListeners('message').removeAllListeners('error').removeAllListeners('exit')
        worker.on('error', () => {})
        thread.dead ||= dead
        resolve(ended)
      }
      const looking = setInterval(() => {
        const patience = this.#options.stallSeconds ?? STALL_SECONDS
        const seconds = watcher.silence()
        // This program's own modules come up in the end, however busy the machine is.
        if (watcher.phase === 'starting') return
        if (seconds < (this.interrupted ? Math.min(STALL_WHEN_INTERRUPTED, patience) : patience)) return
        const { phase } = watcher
        end({ kind: 'stalled', phase, seconds }, true)
        void worker.terminate()
      }, LOOK_EVERY_MS)
      worker.on('message', (message: FromWorker) => {
        if (message.kind === 'progress') this.#options.onProgress?.(given, message.progress)
        else if (message.kind === 'done') end({ kind: 'done', found: message.found }, false)
        else end({ kind: 'failed', error: errorFrom(message) }, false)
      })
      worker.on('error', (error: Error & { code?: string }) =>
        end({ kind: 'failed', error: error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? outOfMemory() : error }, true),
      )
      worker.on('exit', (code: number) => end({ kind: 'failed', error: died(watcher.phase, code) }, true))
      worker.postMessage({ module: task.module, name: task.name, given } satisfies ToWorker)
    })
  }
}

interface Thread {
  readonly worker: Worker
  readonly watcher: Watcher
  dead: boolean
}

type Ended = Outcome<unknown> | { readonly kind: 'stalled'; readonly phase: Phase; readonly seconds: number }

function errorFrom({ name, message, stack }: { name: string; message: string; stack: string }): Error {
  if (name === 'InputError') return new InputError(message)
  const error = new Error(message)
  error.name = name
  error.stack = stack
  return error
}
