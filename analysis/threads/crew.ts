import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import { type Crew, doPiece, type Phase } from '../../checker/crew.ts'
import type { Shared } from '../../checker/partitioned.ts'
import { collect, letsGo } from './collect.ts'

/** What is told through shared memory: how often anything was begun, what, how many helpers are at it, how many are there, whether one failed, and how often there was something else to work on. */
export const TURN = 0
export const WHAT = 1
export const ACTIVE = 2
export const READY = 3
export const FAILED = 4
export const HANDED = 5
/** In `ACTIVE`: whoever is not at it yet need not come any more. */
export const CLOSED = 1 << 16
export const PHASES: readonly (Phase | 'end')[] = ['expand', 'find', 'end']

export interface HelperData {
  readonly signals: Int32Array
  readonly member: number
  readonly port: MessagePort
}

/** A phase takes milliseconds; a thread that ran out of memory never comes back. */
const LONGEST_MS = 60_000

/**
 * A crew of threads that wait for their turns: the thread that makes it is the first of them. It blocks while others are at a phase, and needs no event loop for that.
 *
 * @param ended told when they are not needed any more
 */
export function threadCrew(size: number, ended: () => void = () => {}): Crew {
  const signals = new Int32Array(new SharedArrayBuffer(6 * Int32Array.BYTES_PER_ELEMENT))
  const ports = Array.from({ length: size - 1 }, (_, i) => {
    const { port1, port2 } = new MessageChannel()
    const workerData: HelperData = { signals, member: i + 1, port: port2 }
    const helper = new Worker(new URL('./helper.js', import.meta.url), { workerData, transferList: [port2] })
    helper.unref()
    port1.unref()
    return port1
  })
  let shared: Shared | null = null
  const begin = (what: Phase | 'end'): void => {
    Atomics.store(signals, WHAT, PHASES.indexOf(what))
    Atomics.store(signals, ACTIVE, what === 'end' ? CLOSED : 0)
    Atomics.add(signals, TURN, 1)
    Atomics.notify(signals, TURN)
  }
  return {
    size,
    get isReady() {
      return Atomics.load(signals, READY) === ports.length
    },
    hand: (given) => {
      const large = letsGo(shared, given)
      shared = given
      for (const port of ports) port.postMessage(given)
      Atomics.add(signals, HANDED, 1)
      if (large) collect()
    },
    begin,
    finish: (phase) => {
      while (doPiece(phase, shared!, 0));
      // A helper whose thread did not get its turn on a busy machine is not waited for.
      Atomics.or(signals, ACTIVE, CLOSED)
      for (let active = 0; active !== CLOSED; active = Atomics.load(signals, ACTIVE))
        if (Atomics.wait(signals, ACTIVE, active, LONGEST_MS) === 'timed-out')
          throw new Error('a helper of a search does not come back')
      if (Atomics.load(signals, FAILED) !== 0) throw new Error('a helper of a search failed: a bug in the checker')
    },
    end: () => {
      begin('end')
      ended()
    },
  }
}
