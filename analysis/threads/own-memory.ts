import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Searches at a time that are told apart. */
const MOST = 256
const UNIT = 2 ** 10

/** What each thread of a process counts, in KiB. */
export const sharedCounts = (): SharedArrayBuffer => new SharedArrayBuffer(MOST * Int32Array.BYTES_PER_ELEMENT)

/**
 * What a thread takes of the process's memory, as the system says: all but what the searches of other threads count. What these take beside that, and what the program takes without a search, is not told apart: it is everybody's.
 */
export class OwnMemory {
  readonly #counts: Int32Array
  readonly #thread: number

  constructor(counts: SharedArrayBuffer, thread: number) {
    this.#counts = new Int32Array(counts)
    this.#thread = thread % MOST
  }

  /** Whether it is more than so many bytes; what is not needed any more is looked for first. */
  takesMoreThan(bytes: number, counted: number): boolean {
    Atomics.store(this.#counts, this.#thread, Math.ceil(counted / UNIT))
    if (this.#taken() <= bytes) return false
    // What is let go of by one is found by the next.
    collectGarbage()
    collectGarbage()
    return this.#taken() > bytes
  }

  /** There is no search any more. */
  end(): void {
    Atomics.store(this.#counts, this.#thread, 0)
  }

  #taken(): number {
    let ofOthers = 0
    for (let i = 0; i < MOST; i++) if (i !== this.#thread) ofOthers += Atomics.load(this.#counts, i)
    return process.memoryUsage.rss() - ofOthers * UNIT
  }
}

let collector: (() => void) | null = null

function collectGarbage(): void {
  if (collector === null) {
    setFlagsFromString('--expose-gc')
    collector = runInNewContext('gc') as () => void
  }
  collector()
}
