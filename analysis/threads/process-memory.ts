import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { writtenBytes } from '../../checker/wasm/memory.ts'

/** Threads that live at a time, and are told apart. */
const MOST_THREADS = 1024
const UNIT = 2 ** 10

/** More than this is collected before a thread becomes idle: nobody else can. */
const MUCH = 2 ** 25

/** So many times as long as collecting took there is no more of it. */
const REST = 3

/** What each thread of a process takes, in KiB, for all of them to see. */
export class Shares {
  readonly memory: SharedArrayBuffer
  readonly #kibibytes: Int32Array
  #used = 0
  readonly #free: number[] = []

  constructor() {
    this.memory = new SharedArrayBuffer(MOST_THREADS * Int32Array.BYTES_PER_ELEMENT)
    this.#kibibytes = new Int32Array(this.memory)
  }

  /** The number of a thread that begins. */
  take(): number {
    return this.#free.pop() ?? Math.min(this.#used++, MOST_THREADS - 1)
  }

  /** It has ended, in whatever way. */
  give(thread: number): void {
    Atomics.store(this.#kibibytes, thread, 0)
    this.#free.push(thread)
  }
}

/**
 * The memory that a process takes, as the system says, in one of its threads. What other threads take is known from what they say: their heaps, their arrays, and the memories of their searches. All else, the program's own too, is whoever's who asks.
 */
export class ProcessMemory {
  readonly #shares: Int32Array
  readonly #thread: number
  readonly #now: () => number
  /** When it was collected last: until when it rests, what was taken then, and what was counted. */
  #restsUntil = Number.NEGATIVE_INFINITY
  #takenThen = 0
  #countedThen = 0

  /** @param now milliseconds */
  constructor(shares: SharedArrayBuffer, thread: number, now: () => number) {
    this.#shares = new Int32Array(shares)
    this.#thread = thread
    this.#now = now
    this.#tell(process.memoryUsage(), 0)
  }

  /**
   * Whether it is more than so many bytes, but for what others take, with so many more. What nobody needs is collected before that is said; or was a moment ago, and then what was counted since is added.
   */
  takesMoreThan(bound: number, counted: number, more: number): boolean {
    const isOver = this.#taken(more) > bound && this.#collected(counted) + more > bound
    this.#tell(process.memoryUsage(), isOver ? 0 : more)
    return isOver
  }

  /** There is no search any more. */
  end(): void {
    const usage = process.memoryUsage()
    if (usage.arrayBuffers > MUCH) collectGarbage()
    this.#tell(process.memoryUsage(), 0)
  }

  #collected(counted: number): number {
    const began = this.#now()
    if (began >= this.#restsUntil) {
      collectGarbage()
      const ended = this.#now()
      this.#restsUntil = ended + REST * (ended - began)
      this.#takenThen = this.#taken(0)
      this.#countedThen = counted
    }
    return this.#takenThen + counted - this.#countedThen
  }

  #tell({ heapTotal, arrayBuffers }: NodeJS.MemoryUsage, more: number): void {
    const bytes = heapTotal + arrayBuffers + writtenBytes() + more
    Atomics.store(this.#shares, this.#thread, Math.ceil(bytes / UNIT))
  }

  #taken(more: number): number {
    let ofOthers = 0
    for (let i = 0; i < MOST_THREADS; i++) if (i !== this.#thread) ofOthers += Atomics.load(this.#shares, i)
    return process.memoryUsage.rss() - ofOthers * UNIT + more
  }
}

let collector: (() => void) | null | undefined

/** Where an engine lets nobody ask for it, it collects when it will. */
function collectGarbage(): void {
  if (collector === undefined) collector = collectorOfEngine()
  // What is let go of by one is found by the next.
  collector?.()
  collector?.()
}

function collectorOfEngine(): (() => void) | null {
  try {
    setFlagsFromString('--expose-gc')
    const found: unknown = runInNewContext('globalThis.gc')
    setFlagsFromString('--no-expose-gc')
    return typeof found === 'function' ? (found as () => void) : null
  } catch {
    return null
  }
}
