import { type Room, sharedRoom } from '../frozen.ts'
import { engine, type LinearMemory } from './engine.ts'
import { type Loop, loopOn } from './loop.ts'

/** Sizes that are tried, in pages: all that there can be (only what is used is really taken), or less where the machine does not promise so much. */
const SIZES = [2 ** 16, 2 ** 14, 2 ** 12]

/** Bytes that one that is of no search may hold. */
const MOST_IDLE = 2 ** 27

/**
 * The memory of one search, of which the loop sees nothing else: tables, then slots, then the rows of states. Each has a part of it, so that what grows stays where it is, and nothing is copied.
 * It is as long as it can be from the beginning, since only what is written to is taken from the machine.
 */
export class SearchMemory implements Room {
  readonly shared: LinearMemory
  readonly loop: Loop
  readonly #buffer: SharedArrayBuffer
  readonly #slots: number
  readonly #rows: number
  #tables = 0
  #mostSlots = 0
  #mostRows = 0

  private constructor(memory: LinearMemory) {
    this.shared = memory
    this.loop = loopOn(memory)
    this.#buffer = memory.buffer
    const { byteLength } = memory.buffer
    // Slots are a power of two; rows have what is left.
    this.#slots = byteLength / 16
    this.#rows = byteLength / 16 + byteLength / 2
  }

  /** One that is of no search; null where there is no room for one, or no memory that threads share. */
  static take(): SearchMemory | null {
    const last = idle.pop()
    if (last !== undefined) last.#tables = 0
    return last ?? SearchMemory.#open()
  }

  /** Is of no search any more. */
  give(): void {
    if (idle.length === 0 && this.#used <= MOST_IDLE) idle.push(this)
  }

  static #open(): SearchMemory | null {
    if (typeof SharedArrayBuffer === 'undefined' || engine === undefined) return null
    for (const pages of SIZES) {
      try {
        return new SearchMemory(new engine.Memory({ initial: pages, maximum: pages, shared: true }))
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
      }
    }
    return null
  }

  /** Bytes of it that may have been written to. */
  get #used(): number {
    return this.#tables + this.#mostSlots + this.#mostRows
  }

  /** Integers of a table, 0 each; elsewhere where there is no room left for them. */
  ints(length: number): Int32Array {
    // On a line of the cache of their own.
    const end = this.#tables + Math.ceil(length / 16) * 64
    if (end > this.#slots) return sharedRoom.ints(length)
    const ints = new Int32Array(this.#buffer, this.#tables, length).fill(0)
    this.#tables = end
    return ints
  }

  /** The slots, or the rows, as long as they are to be: what was in them is in them. Null where there is no room. */
  slots(length: number): Int32Array | null {
    const bytes = length * Int32Array.BYTES_PER_ELEMENT
    if (this.#slots + bytes > this.#rows) return null
    this.#mostSlots = Math.max(this.#mostSlots, bytes)
    return new Int32Array(this.#buffer, this.#slots, length)
  }

  rows(length: number): Int32Array | null {
    const bytes = length * Int32Array.BYTES_PER_ELEMENT
    if (this.#rows + bytes > this.#buffer.byteLength) return null
    this.#mostRows = Math.max(this.#mostRows, bytes)
    return new Int32Array(this.#buffer, this.#rows, length)
  }

  has(ints: Int32Array): boolean {
    return ints.buffer === this.#buffer
  }
}

/** At most one, of this thread. */
const idle: SearchMemory[] = []
