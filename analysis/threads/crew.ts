import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import type { Crew } from '../../checker/crew.ts'
import { type Loop, loopOn } from '../../checker/wasm/loop.ts'

/** What is told through shared memory: how often anything was begun, which chunk or filling is, how many helpers are at it, how many are there, and whether one failed. */
export const TURN = 0
export const CHUNK = 1
export const ACTIVE = 2
export const READY = 3
export const FAILED = 4
/** In `ACTIVE`: whoever is not at it yet need not come any more. */
export const CLOSED = 1 << 16
/** In `CHUNK`: they are not needed any more. */
export const END = -1

export interface HelperData {
  readonly signals: Int32Array
  readonly member: number
  readonly port: MessagePort
}

/** A chunk takes milliseconds; a thread that ran out of memory never comes back. */
const LONGEST_MS = 60_000

/**
 * A crew of threads that wait for their turns: the thread that makes it is the first of them. It blocks while others are at a chunk, and needs no event loop for that.
 *
 * @param ended told when they are not needed any more
 */
export function threadCrew(size: number, ended: () => void = () => {}): Crew {
  const signals = new Int32Array(new SharedArrayBuffer(5 * Int32Array.BYTES_PER_ELEMENT))
  const ports = Array.from({ length: size - 1 }, (_, i) => {
    const { port1, port2 } = new MessageChannel()
    const workerData: HelperData = { signals, member: i + 1, port: port2 }
    const helper = new Worker(new URL('./helper.js', import.meta.url), { workerData, transferList: [port2] })
    helper.unref()
    // One that never comes up is not waited for.
    helper.on('error', () => Atomics.store(signals, FAILED, 1))
    port1.unref()
    return port1
  })
  let loop: Loop | null = null
  let common = 0
  let chunk = 0
  const begin = (what: number): void => {
    chunk = what
    Atomics.store(signals, CHUNK, what)
    Atomics.store(signals, ACTIVE, what === END ? CLOSED : 0)
    Atomics.add(signals, TURN, 1)
    Atomics.notify(signals, TURN)
  }
  return {
    size,
    get isReady() {
      return Atomics.load(signals, READY) === ports.length
    },
    hand: (work) => {
      loop = loopOn(work.memory)
      common = work.common
      for (const port of ports) port.postMessage(work)
    },
    begin,
    finish: () => {
      while (loop!.make(common, chunk, 0) !== 0);
      // A helper whose thread did not get its turn on a busy machine is not waited for.
      Atomics.or(signals, ACTIVE, CLOSED)
      for (let active = 0; active !== CLOSED; active = Atomics.load(signals, ACTIVE))
        if (Atomics.wait(signals, ACTIVE, active, LONGEST_MS) === 'timed-out')
          throw new Error('a helper of a search does not come back')
      if (Atomics.load(signals, FAILED) !== 0) throw new Error('a helper of a search failed: a bug in the checker')
    },
    end: () => {
      begin(END)
      ended()
    },
  }
}
