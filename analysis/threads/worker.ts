import { parentPort, workerData } from 'node:worker_threads'
import type { Crew } from '../../checker/crew.ts'
import type { Control, Found, Progress, Watch } from '../../checker/limits.ts'
import { threadCrew } from './crew.ts'
import { ProcessMemory } from './process-memory.ts'
import { Pulse } from './signals.ts'
import type { Task } from './task.ts'

/** What a worker is told and tells. */
export interface ToWorker {
  readonly module: string
  readonly name: string
  readonly given: unknown
  /** How many cores nobody needs: a search may take them, and gives them back. */
  readonly idle: Int32Array | null
}
export type FromWorker =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'found'; readonly found: Found }
  | { readonly kind: 'output'; readonly text: string }
  | { readonly kind: 'done'; readonly found: unknown }
  | { readonly kind: 'error'; readonly name: string; readonly message: string; readonly stack: string }

/** `stop` and `pulse` are shared; `traced` says what is being done before it is done, which is slow. */
export interface WorkerData {
  readonly stop: SharedArrayBuffer
  readonly pulse: SharedArrayBuffer
  readonly traced: boolean
  /** Whether violations are to be told as soon as they are known: it takes time. */
  readonly early: boolean
  /** What each thread takes, shared; and which of them this one is. */
  readonly shares: SharedArrayBuffer
  readonly thread: number
}

const port = parentPort
if (port === null) throw new Error('threads/worker.ts runs in a worker thread only.')

const data = workerData as WorkerData
const stop = new Int32Array(data.stop)
const pulse = new Pulse(data.pulse)
const tell = (message: FromWorker): void => port.postMessage(message)

// What a user's file prints is told as it comes: the stream that a worker has for it waits for a turn that a loop never gives.
process.stdout.write = (text: string | Uint8Array): boolean => {
  tell({ kind: 'output', text: typeof text === 'string' ? text : Buffer.from(text).toString() })
  return true
}

/** The real clock: a rehearsal gives a protocol another one. */
const clock = performance.now.bind(performance)

const memory = new ProcessMemory(data.shares, data.thread, clock)

const control: Control = {
  now: () => {
    pulse.enter('running')
    return clock() / 1000
  },
  interrupted: () => {
    pulse.beat()
    return Atomics.load(stop, 0) !== 0 || pulse.cancelled
  },
  takesMoreThan: (...asked) => memory.takesMoreThan(...asked),
  progress: (progress) => tell({ kind: 'progress', progress }),
  ...(data.early ? { found: (found: Found) => tell({ kind: 'found', found }) } : {}),
  ...(data.traced ? { watch: says() } : {}),
}

/** Writes down what runs, and what it looks at, before it does. */
function says(): Watch {
  return {
    entering: (where) => pulse.write(where),
    looked: (cell, value) => pulse.append(`\n  ${cell}: ${JSON.stringify(value)}`),
  }
}

/** Takes all cores that nobody needs. */
function crewOf(idle: Int32Array): Crew | null {
  const taken = Atomics.exchange(idle, 0, 0)
  return taken === 0 ? null : threadCrew(taken + 1, () => Atomics.add(idle, 0, taken))
}

port.on('message', async ({ module, name, given, idle }: ToWorker) => {
  pulse.enter('starting')
  try {
    const { [name]: task } = (await import(module)) as Record<string, Task<unknown, unknown>>
    pulse.enter('loading')
    tell({
      kind: 'done',
      found: await task!.run(given, idle === null ? control : { ...control, crew: () => crewOf(idle) }),
    })
  } catch (error) {
    const { name: kind, message, stack } = error instanceof Error ? error : new Error(String(error))
    tell({ kind: 'error', name: kind, message, stack: stack ?? '' })
  } finally {
    memory.end()
  }
})
