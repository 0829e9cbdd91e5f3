import type { Room } from '../frozen.ts'
import { engine, type LinearMemory } from './engine.ts'
import { type Loop, loopOn } from './loop.ts'

/** Sizes that are tried, in pages: all that there can be (only what is used is really taken), or less where the machine does not promise so much. */
const SIZES = [2 ** 16, 2 ** 14, 2 ** 12]

/** Bytes that one that is of no search may hold. */
const MOST_IDLE = 2 ** 27

/** Bytes that its parts may have at most. */
export interface MemorySizes {
  readonly tables: number
  readonly slots: number
  readonly rows: number
}

const ALL_THERE_IS: MemorySizes = {
  tables: Number.POSITIVE_INFINITY,
  slots: Number.POSITIVE_INFINITY,
  rows: Number.POSITIVE_INFINITY,
}

/**
 * The memory of one search, of which the loop sees nothing else: tables, then slots, then the rows of states, and from its end on downwards what sleeps in states. Each has a part of it, so that what grows stays where it is, and nothing is copied.
 * It is as long as it can be from the beginning, since only what is written to is taken from the machine. What has no room in it lies elsewhere, and it is not whole then: the loop sees nothing of that.
 */
export class SearchMemory {
  readonly shared: LinearMemory
  readonly loop: Loop
  readonly #buffer: SharedArrayBuffer
  readonly #slots: number
  readonly #rows: number
  /** Where tables and rows end, and what is at the end begins. */
  #tablesEnd = 0
  #rowsEnd: number
  #top: number
  #most = ALL_THERE_IS
  /** The most of each that there was at any time. */
  #used = { tables: 0, slots: 0, rows: 0, top: 0 }
  #isWhole = true

  private constructor(memory: LinearMemory) {
    this.shared = memory
    this.loop = loopOn(memory)
    this.#buffer = memory.buffer
    const { byteLength } = memory.buffer
    // For five bytes of rows, four of slots with what is free of them: both ends come at about the same time. Rows that are longer have what is left.
    this.#slots = byteLength / 16
    this.#rows = byteLength / 16 + byteLength / 2
    this.#rowsEnd = this.#rows
    this.#top = byteLength
  }

  /** One that is of no search; null where there is no room for one, or no memory that threads share. */
  static take(most = ALL_THERE_IS): SearchMemory | null {
    const memory = idle.pop() ?? SearchMemory.#open()
    if (memory !== null) {
      memory.#begin(most)
      used.add(memory)
    }
    return memory
  }

  /** Is of no search any more. */
  give(): void {
    used.delete(this)
    if (idle.length === 0 && this.written <= MOST_IDLE) idle.push(this)
  }

  /** Bytes that were ever in use. */
  get written(): number {
    const { tables, slots, rows, top } = this.#used
    return tables + slots + rows + top
  }

  #begin(most: MemorySizes): void {
    this.#most = most
    this.#isWhole = true
    this.#tablesEnd = 0
    this.#rowsEnd = this.#rows
    this.#top = this.#buffer.byteLength
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

  /** Whether there was room in it for all that was asked for. */
  get isWhole(): boolean {
    return this.#isWhole
  }

  /** Integers of a table, 0 each, on lines of the cache of their own. */
  ints(length: number): Int32Array {
    const from = this.#tablesEnd
    const end = from + lines(length)
    if (end > Math.min(this.#slots, this.#most.tables)) return this.#elsewhere().ints(length)
    this.#tablesEnd = end
    this.#used.tables = Math.max(this.#used.tables, end)
    return new Int32Array(this.#buffer, from, length).fill(0)
  }

  /** The same, for what grows with the states. */
  readonly largeRoom: Room = {
    ints: (length) => {
      const from = this.#top - lines(length)
      if (from < this.#rowsEnd || this.#buffer.byteLength - from > this.#most.rows)
        return this.#elsewhere().ints(length)
      this.#top = from
      this.#used.top = Math.max(this.#used.top, this.#buffer.byteLength - from)
      return new Int32Array(this.#buffer, from, length).fill(0)
    },
  }

  /** The slots, or the rows, as long as they are to be: what was in them is in them. Null where there is no room. */
  slots(length: number): Int32Array | null {
    const bytes = length * Int32Array.BYTES_PER_ELEMENT
    if (this.#slots + bytes > this.#rows || bytes > this.#most.slots) return this.#nowhere()
    this.#used.slots = Math.max(this.#used.slots, bytes)
    return new Int32Array(this.#buffer, this.#slots, length)
  }

  rows(length: number): Int32Array | null {
    const bytes = length * Int32Array.BYTES_PER_ELEMENT
    if (this.#rows + bytes > this.#top || bytes > this.#most.rows) return this.#nowhere()
    this.#rowsEnd = this.#rows + bytes
    this.#used.rows = Math.max(this.#used.rows, bytes)
    return new Int32Array(this.#buffer, this.#rows, length)
  }

  #elsewhere(): Room {
    this.#isWhole = false
    return ELSEWHERE
  }

  #nowhere(): null {
    this.#isWhole = false
    return null
  }
}

/** Where lies what has no room: no loop looks there. */
const ELSEWHERE: Room = { ints: (length) => new Int32Array(length) }

/** Words of a line of the cache: what several threads write to has lines of its own. As in wasm/loop.ts. */
export const LINE = 16

/** Bytes of so many integers, in whole lines. */
const lines = (length: number): number => Math.ceil(length / LINE) * LINE * Int32Array.BYTES_PER_ELEMENT

/** At most one, of this thread. */
const idle: SearchMemory[] = []

/** Those of searches, of this thread. */
const used = new Set<SearchMemory>()

/** Bytes that were taken from the machine for either. */
export const writtenBytes = (): number => [...idle, ...used].reduce((bytes, memory) => bytes + memory.written, 0)
