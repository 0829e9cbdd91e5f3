import { type Budget, Stopped } from '../budget.ts'
import { hashOf } from '../layout.ts'
import { KeyWriter } from './key-file.ts'
import { type KeyLayout, sortKeys } from './key-layout.ts'

/**
 * Keys that were found, each once, until there is no more room: then they go to the disk, sorted, and it begins anew. A hash table that holds the keys themselves; where
 * word 0 is all ones there is none.
 */
export class KeySet {
  readonly #budget: Budget
  readonly #most: number
  readonly #layout: KeyLayout
  /** Bytes of a block that is written at a time, in words. */
  readonly #block: number
  #keys: Int32Array<ArrayBuffer>
  #mask: number
  count = 0

  /** @param most places that there may be at most: a power of two */
  constructor(layout: KeyLayout, most: number, block: number, budget: Budget) {
    this.#layout = layout
    this.#most = most
    this.#block = block
    this.#budget = budget
    const places = Math.min(most, FIRST)
    this.#keys = budget.ints(places * layout.size).fill(EMPTY)
    this.#mask = places - 1
  }

  /** Takes a key in; false where there is no more room, and it has to be `spilled` first. */
  add(keys: Int32Array, at: number): boolean {
    const { size } = this.#layout
    const place = this.#placeOf(keys, at)
    if (this.#keys[place] !== EMPTY) return true
    if ((this.count + 1) * 4 > (this.#mask + 1) * 3) return this.#grow() && this.add(keys, at)
    for (let i = 0; i < size; i++) this.#keys[place + i] = keys[at + i] as number
    this.count++
    return true
  }

  /** Writes what it holds to a file, and holds nothing. */
  spill(path: string): void {
    const [keys, { size }] = [this.#keys, this.#layout]
    let count = 0
    for (let at = 0; at < keys.length; at += size) {
      if (keys[at] === EMPTY) continue
      if (at > count * size) keys.copyWithin(count * size, at, at + size)
      count++
    }
    this.#budget.poll(this.#mask)
    sortKeys(keys, count, size)
    this.#budget.poll(count)
    const file = new KeyWriter(path, this.#layout, this.#block)
    file.add(keys, 0, count)
    file.end()
    this.clear()
  }

  clear(): void {
    if (this.count === 0) return
    // A table that is much too large for what comes would be gone through each time.
    if (this.count * 16 < this.#mask) {
      this.end()
      this.#keys = this.#budget.ints(Math.min(this.#most, FIRST) * this.#layout.size)
      this.#mask = this.#keys.length / this.#layout.size - 1
    }
    this.#keys.fill(EMPTY)
    this.count = 0
  }

  /** Gives its memory back. */
  end(): void {
    this.#budget.give(this.#keys.byteLength)
    this.#keys = new Int32Array(0)
  }

  /** The word where a key is, or where it belongs. */
  #placeOf(keys: Int32Array, at: number): number {
    const { size } = this.#layout
    const stored = this.#keys
    let place = hashOf(keys, at, size) & this.#mask
    for (;;) {
      const base = place * size
      if (stored[base] === EMPTY) return base
      let i = 0
      while (i < size && stored[base + i] === keys[at + i]) i++
      if (i === size) return base
      place = (place + 1) & this.#mask
    }
  }

  #grow(): boolean {
    const places = (this.#mask + 1) * 2
    if (places > this.#most) return false
    const { size } = this.#layout
    const old = this.#keys
    const larger = roomFor(places * size, this.#budget)
    if (larger === null) return false
    this.#keys = larger.fill(EMPTY)
    this.#mask = places - 1
    for (let at = 0; at < old.length; at += size) {
      if (old[at] === EMPTY) continue
      const place = this.#placeOf(old, at)
      for (let i = 0; i < size; i++) this.#keys[place + i] = old[at + i] as number
    }
    this.#budget.give(old.byteLength)
    return true
  }
}

/** Where memory is short the disk comes earlier. */
function roomFor(words: number, budget: Budget): Int32Array<ArrayBuffer> | null {
  try {
    return budget.ints(words)
  } catch (error) {
    if (error instanceof Stopped && error.because === 'memory') return null
    throw error
  }
}

const EMPTY = -1
const FIRST = 2 ** 12
