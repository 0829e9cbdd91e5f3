import { parentPort, workerData } from 'node:worker_threads'
import type { Control } from '../checker/limits.ts'
import { type Job, runJob } from './job.ts'
import { resolveTargets, type Target } from './target.ts'

/** What a worker is told and tells. */
export type ToWorker = { readonly kind: 'job'; readonly index: number; readonly job: Job }
export type FromWorker =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'progress'
      readonly index: number
      readonly progress: Parameters<NonNullable<Control['progress']>>[0]
    }
  | { readonly kind: 'done'; readonly index: number; readonly results: readonly unknown[] }
  | {
      readonly kind: 'error'
      readonly index: number
      readonly name: string
      readonly message: string
      readonly stack: string
    }

const port = parentPort
if (port === null) throw new Error('cli/worker.ts runs in a worker thread only.')

const stop = new Int32Array(workerData.stop as SharedArrayBuffer)
const targets = new Map<string, Promise<Target>>()

function targetOf(job: Job): Promise<Target> {
  const name = job.file ?? job.protocol
  let target = targets.get(name)
  if (target === undefined) {
    target = resolveTargets([name]).then(([found]) => found!)
    targets.set(name, target)
  }
  return target
}

port.on('message', async ({ index, job }: ToWorker) => {
  try {
    const control: Control = {
      now: () => performance.now() / 1000,
      interrupted: () => Atomics.load(stop, 0) !== 0,
      progress: (progress) => port.postMessage({ kind: 'progress', index, progress } satisfies FromWorker),
    }
    const results = runJob(await targetOf(job), job, control)
    port.postMessage({ kind: 'done', index, results } satisfies FromWorker)
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
    port.postMessage({ kind: 'error', index, name, message, stack: stack ?? '' } satisfies FromWorker)
  }
})
port.postMessage({ kind: 'ready' } satisfies FromWorker)
