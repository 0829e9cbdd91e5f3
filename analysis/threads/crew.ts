import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import { type Crew, type Phase, takePart } from '../../checker/crew.ts'
import type { Shared } from '../../checker/partitioned.ts'

/** What is told through shared memory: how often anything was, what, how many are done with it, whether one failed, and how often there was something else to work on. */
export const TURN = 0
export const WHAT = 1
export const DONE = 2
export const FAILED = 3
export const HANDED = 4
export const PHASES: readonly (Phase | 'end')[] = ['expand', 'find', 'end']

export interface HelperData {
  readonly signals: Int32Array
  readonly member: number
  readonly port: MessagePort
}

/** A crew of threads that wait for their turns: the thread that makes it is the first of them. It blocks while the others work, and needs no event loop for that. */
export function threadCrew(size: number): Crew {
  const signals = new Int32Array(new SharedArrayBuffer(5 * Int32Array.BYTES_PER_ELEMENT))
  const ports = Array.from({ length: size - 1 }, (_, i) => {
    const { port1, port2 } = new MessageChannel()
    const workerData: HelperData = { signals, member: i + 1, port: port2 }
    const helper = new Worker(new URL('./helper.js', import.meta.url), { workerData, transferList: [port2] })
    helper.unref()
    port1.unref()
    return port1
  })
  let given: Shared | null = null
  const begin = (what: Phase | 'end'): void => {
    Atomics.store(signals, DONE, 0)
    Atomics.store(signals, WHAT, PHASES.indexOf(what))
    Atomics.add(signals, TURN, 1)
    Atomics.notify(signals, TURN)
  }
  return {
    size,
    hand: (shared) => {
      given = shared
      for (const port of ports) port.postMessage(shared)
      Atomics.add(signals, HANDED, 1)
    },
    all: (phase) => {
      begin(phase)
      takePart(phase, given!, 0)
      for (let done = 0; done < ports.length; done = Atomics.load(signals, DONE)) Atomics.wait(signals, DONE, done)
      if (Atomics.load(signals, FAILED) !== 0) throw new Error('a helper of a search failed: a bug in the checker')
    },
    end: () => begin('end'),
  }
}
