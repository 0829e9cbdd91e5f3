import type { Layout } from './layout.ts'

/** What a row takes: whole words, but for the last one, of which only the bytes that fields are in. */
type Shape = Pick<Layout, 'size' | 'bytes' | 'lastMask'>

/** The packed rows of states, one after another, without the bytes at their ends that are not used. */
export class Rows {
  /** What they lie in: more than they need, so that a row may be read beyond its end. */
  readonly room: Int32Array
  readonly #view: DataView

  constructor(room: Int32Array) {
    this.room = room
    this.#view = new DataView(room.buffer, room.byteOffset, room.byteLength)
  }

  /** Words that so many rows lie in. */
  static words(count: number, { bytes }: Shape): number {
    return count === 0 ? 0 : Math.ceil((count * bytes) / BYTES_A_WORD) + 1
  }

  /** Puts the words of a row into others, from a place on. */
  load(row: number, { size, bytes, lastMask }: Shape, words: Int32Array, at: number): void {
    const base = row * bytes
    const last = size - 1
    for (let w = 0; w < last; w++) words[at + w] = this.#view.getInt32(base + w * BYTES_A_WORD, true)
    if (last >= 0) words[at + last] = this.#view.getInt32(base + last * BYTES_A_WORD, true) & lastMask
  }

  /** The other way round. */
  put(row: number, { size, bytes }: Shape, words: Int32Array, at: number): void {
    const end = (row + 1) * bytes
    let place = row * bytes
    for (let w = 0; w < size; w++) {
      let word = words[at + w] as number
      if (end - place >= BYTES_A_WORD) {
        this.#view.setInt32(place, word, true)
        place += BYTES_A_WORD
      } else
        for (; place < end; place++) {
          this.#view.setUint8(place, word & 0xff)
          word >>>= 8
        }
    }
  }

  /** Whether a row has the words from a place on. */
  isSame(row: number, { size, bytes, lastMask }: Shape, words: Int32Array, at: number): boolean {
    const base = row * bytes
    const last = size - 1
    for (let w = 0; w < last; w++)
      if (this.#view.getInt32(base + w * BYTES_A_WORD, true) !== words[at + w]) return false
    return last < 0 || (this.#view.getInt32(base + last * BYTES_A_WORD, true) & lastMask) === words[at + last]
  }
}

const BYTES_A_WORD = Int32Array.BYTES_PER_ELEMENT
