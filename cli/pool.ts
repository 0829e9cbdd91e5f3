import { Worker } from 'node:worker_threads'
import type { Progress } from '../checker/limits.ts'
import { InputError } from './errors.ts'
import type { Job, Result } from './job.ts'
import type { FromWorker } from './worker.ts'

export interface PoolOptions {
  readonly workers: number
  readonly onProgress?: (job: Job, progress: Progress) => void
  readonly onDone?: (job: Job, done: number, of: number) => void
}

/** Runs jobs in worker threads, so that this thread stays free for Ctrl-C and the progress line. */
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

  /** The results of each job, in the order of the jobs, whoever ran them. */
  async run(jobs: readonly Job[]): Promise<Result[][]> {
    const results: Result[][] = jobs.map(() => [])
    let next = 0
    let done = 0
    const threads = Array.from({ length: Math.min(this.#options.workers, jobs.length) }, () => this.#thread())
    const work = async (thread: Worker): Promise<void> => {
      while (next < jobs.length) {
        const index = next++
        results[index] = await this.#one(thread, index, jobs[index]!)
        this.#options.onDone?.(jobs[index]!, ++done, jobs.length)
      }
    }
    try {
      await Promise.all(threads.map(work))
    } finally {
      await Promise.all(threads.map((thread) => thread.terminate()))
    }
    return results
  }

  #thread(): Worker {
    return new Worker(new URL('./worker.js', import.meta.url), {
      workerData: { stop: this.#stop.buffer },
      resourceLimits: { maxOldGenerationSizeMb: 16_384 },
    })
  }

  #one(thread: Worker, index: number, job: Job): Promise<Result[]> {
    return new Promise((resolve, reject) => {
      const finish = (): void => {
        thread.off('message', onMessage)
        thread.off('error', onError)
      }
      const onMessage = (message: FromWorker): void => {
        if (message.kind === 'progress') this.#options.onProgress?.(job, message.progress)
        if (message.kind === 'done') {
          finish()
          resolve(message.results as Result[])
        }
        if (message.kind === 'error') {
          finish()
          reject(errorFrom(message))
        }
      }
      const onError = (error: Error): void => {
        finish()
        reject(error)
      }
      thread.on('message', onMessage)
      thread.on('error', onError)
      thread.postMessage({ kind: 'job', index, job })
    })
  }
}

function errorFrom({ name, message, stack }: { name: string; message: string; stack: string }): Error {
  if (name === 'InputError') return new InputError(message)
  const error = new Error(message)
  error.stack = stack
  return error
}
