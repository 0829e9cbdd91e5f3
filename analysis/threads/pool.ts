import { totalmem } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Found, Progress } from '../../checker/limits.ts'
import { InputError } from '../errors.ts'
import { Shares } from './process-memory.ts'
import { type Phase, sharedMemory, Watcher } from './signals.ts'
import type { Outcome, Task } from './task.ts'
import { died, NotAsked, outOfMemory, stalled, threwOutside } from './trouble.ts'
import type { FromWorker, ToWorker, WorkerData } from './worker.ts'

export interface PoolOptions {
  /** Threads at a time. */
  readonly workers: number
  /** A thread that gives no sign of life for so many seconds is ended. */
  readonly stallSeconds?: number
  /** Whether violations are looked for, and told, while a search goes on: it takes time. */
  readonly early?: boolean
  /** MiB that a thread may take for what is not in a search's tables: by default most of what the machine has. */
  readonly heap?: number
  /** What a user's file writes to its standard output: it must not end up in a report. */
  readonly onOutput?: (text: string) => void
}

/** What is told of a run, and whether it is still wanted. */
export interface Telling<Given, Answer = unknown> {
  /** Ends what is being done with what was found so far; what was not begun, at once. */
  readonly until?: AbortSignal
  readonly onProgress?: (given: Given, progress: Progress) => void
  readonly onFound?: (given: Given, found: Found) => void
  readonly onDone?: (given: Given, done: number, of: number, outcome: Outcome<Answer>) => void
}

/** A thread that runs out of it can be reported; a machine, or a container, that does ends the program without a word. */
function heapOf(threads: number): number {
  const bounds = [totalmem(), process.constrainedMemory()].filter((bytes) => bytes > 0)
  return Math.min(16_384, Math.floor((0.75 * Math.min(...bounds)) / threads / 2 ** 20))
}
/** Steps take microseconds; half a minute is long even on a machine that is busy with other things. */
const STALL_SECONDS = 30
/** After an interruption, and where it is known that something does not come back and only not what, less patience is asked for. */
const STALL_WHEN_KNOWN = 3
const LOOK_EVERY_MS = 250
/** To start another thread, and to load this program in it, takes longer than many searches together. */
const ANOTHER_AFTER_MS = 250

/**
 * Runs tasks in worker threads, so that this thread stays free for signals, the progress line, and to watch that each thread is alive. Threads are
 * kept for what comes next; they do not keep the program from ending.
 */
export class Pool {
  readonly #options: PoolOptions
  readonly #stop = new Int32Array(new SharedArrayBuffer(4))
  readonly #shares = new Shares()
  #idle: Thread[] = []
  /** Threads that are at something now, whoever asked for it. */
  #busy = 0

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

  /** Ends the threads that are kept: what they have loaded is forgotten. */
  async forget(): Promise<void> {
    const idle = this.#idle
    this.#idle = []
    await Promise.all(idle.map(({ worker }) => worker.terminate()))
  }

  /**
   * What came of the task for each of what was given, in that order, whoever did it.
   *
   * @param workers no more threads than this
   */
  async run<Given, Answer>(
    task: Task<Given, Answer>,
    givens: readonly Given[],
    telling: Telling<Given, Answer> = {},
    workers = this.#options.workers,
  ): Promise<Outcome<Answer>[]> {
    const outcomes: Outcome<Answer>[] = []
    let next = 0
    let done = 0
    let lost = false
    const threads = Math.min(workers, givens.length)
    // Cores that no task needs: a search that is large takes them.
    const idle = new Int32Array(new SharedArrayBuffer(4))
    idle[0] = workers - threads
    const work = async (): Promise<void> => {
      const thread = this.#kept() ?? this.#thread()
      thread.worker.ref()
      while (next < givens.length) {
        const index = next++
        const given = givens[index]!
        const outcome: Outcome<Answer> = lost
          ? { kind: 'failed', error: new NotAsked() }
          : await this.#one(thread, task, given, telling, idle)
        outcomes[index] = outcome
        // What does not come back once will hardly do so the next time: nobody wants to wait for each of a hundred.
        lost ||= thread.dead
        telling.onDone?.(given, ++done, givens.length, outcome)
      }
      thread.worker.unref()
      Atomics.add(idle, 0, 1)
      if (!thread.dead) this.#idle.push(thread)
    }
    const first = threads === 0 ? null : work()
    const another = async (): Promise<void> => {
      if (this.#idle.length === 0) await Promise.race([first, wait(ANOTHER_AFTER_MS, undefined, { ref: false })])
      if (next < givens.length) await work()
    }
    await Promise.all([first, ...Array.from({ length: threads - 1 }, another)])
    return outcomes
  }

  /** A file may have ended the thread that loaded it, after all was done. */
  #kept(): Thread | undefined {
    this.#idle = this.#idle.filter(({ dead }) => !dead)
    return this.#idle.pop()
  }

  #thread(traced = false): Thread {
    const pulse = sharedMemory()
    const share = this.#shares.take()
    const workerData: WorkerData = {
      stop: this.#stop.buffer as SharedArrayBuffer,
      pulse,
      traced,
      early: this.#options.early === true,
      shares: this.#shares.memory,
      thread: share,
    }
    const worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: this.#options.heap ?? heapOf(this.#options.workers) },
    })
    const thread = { worker, watcher: new Watcher(pulse), traced, fresh: true, dead: false }
    // A thread that has nothing to do harms nobody by what goes wrong in it.
    worker.on('error', () => {})
    worker.on('exit', () => {
      this.#shares.give(share)
      thread.dead = true
    })
    return thread
  }

  async #one<Given, Answer>(
    thread: Thread,
    task: Task<Given, Answer>,
    given: Given,
    telling: Telling<Given, Answer>,
    idle: Idle | null,
  ): Promise<Outcome<Answer>> {
    const ended = await this.#ended(thread, task, given, telling, idle)
    if (ended.kind === 'stalled')
      return { kind: 'failed', error: stalled(ended.phase, await this.#whereItEnds(task, given), ended.seconds) }
    if (ended.kind === 'exited')
      return { kind: 'failed', error: died(ended.phase, await this.#whereItEnds(task, given), ended.code) }
    return ended as Outcome<Answer>
  }

  /** Does it once more, in a thread that says what it is doing; what it says last is what does not come back. */
  async #whereItEnds<Given, Answer>(task: Task<Given, Answer>, given: Given): Promise<string> {
    if (this.interrupted) return ''
    const thread = this.#thread(true)
    const again = await this.#ended(thread, task, given, {}, null)
    await thread.worker.terminate()
    return again.kind === 'stalled' || again.kind === 'exited' ? thread.watcher.text : ''
  }

  #ended<Given, Answer>(
    thread: Thread,
    task: Task<Given, Answer>,
    given: Given,
    telling: Telling<Given, Answer>,
    idle: Idle | null,
  ): Promise<Ended> {
    const { worker, watcher } = thread
    return new Promise((resolve) => {
      const end = (ended: Ended, dead: boolean): void => {
        this.#busy--
        clearInterval(looking)
        telling.until?.removeEventListener('abort', cancel)
        worker.off('message', onMessage).off('error', onError).off('exit', onExit)
        thread.dead ||= dead
        thread.fresh = false
        resolve(ended)
      }
      const cancel = (): void => watcher.cancel()
      const looking = setInterval(() => {
        const patience = this.#options.stallSeconds ?? STALL_SECONDS
        const seconds = this.interrupted || thread.traced ? Math.min(STALL_WHEN_KNOWN, patience) : patience
        // This program's own modules come up in the end, however busy the machine is.
        if (watcher.phase === 'starting' && thread.fresh && !this.interrupted) return
        if (watcher.silence(this.#busy) < seconds) return
        const { phase } = watcher
        end({ kind: 'stalled', phase, seconds }, true)
        void worker.terminate()
      }, LOOK_EVERY_MS)
      const onMessage = (message: FromWorker): void => {
        if (message.kind === 'progress') telling.onProgress?.(given, message.progress)
        else if (message.kind === 'found') telling.onFound?.(given, message.found)
        else if (message.kind === 'output') this.#options.onOutput?.(message.text)
        else if (message.kind === 'done') end({ kind: 'done', found: message.found }, false)
        else end({ kind: 'failed', error: errorFrom(message) }, false)
      }
      const onError = (error: Error & { code?: string }): void =>
        end({ kind: 'failed', error: thread.fresh && watcher.phase === 'starting' ? error : told(error) }, true)
      const onExit = (code: number): void => end({ kind: 'exited', phase: watcher.phase, code }, true)
      worker.on('message', onMessage).on('error', onError).on('exit', onExit)
      this.#busy++
      watcher.begin()
      if (telling.until?.aborted) cancel()
      telling.until?.addEventListener('abort', cancel, { once: true })
      try {
        worker.postMessage({ module: task.module, name: task.name, given, idle } satisfies ToWorker)
      } catch (error) {
        end({ kind: 'failed', error: error as Error }, false)
      }
    })
  }
}

/** How many cores no task needs, in shared memory. */
type Idle = Int32Array

interface Thread {
  readonly worker: Worker
  readonly watcher: Watcher
  /** It says what it is doing. */
  readonly traced: boolean
  /** It has not answered yet: this program's own modules may still be coming up in it. */
  fresh: boolean
  dead: boolean
}

type Ended =
  | Outcome<unknown>
  | { readonly kind: 'stalled'; readonly phase: Phase; readonly seconds: number }
  | { readonly kind: 'exited'; readonly phase: Phase; readonly code: number }

const told = (error: Error & { code?: string }): Error =>
  error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? outOfMemory() : threwOutside(error)

function errorFrom({ name, message, stack }: { name: string; message: string; stack: string }): Error {
  if (name === 'InputError') return new InputError(message)
  const error = new Error(message)
  error.name = name
  error.stack = stack
  return error
}
