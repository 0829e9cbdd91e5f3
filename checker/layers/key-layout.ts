import { bitsFor } from '../layout.ts'

/**
 * States as keys of 32-bit words that are sorted: cell after cell, the first in the highest bits, each in a field of so many bits. So the order of keys is the order of the
 * cells' integers whatever the widths of the fields: when integers outgrow a layout, what was written before is still sorted in the next one (docs/decisions/0014).
 * Word 0 is the lowest, so that keys of two words are 64-bit numbers in memory.
 */
export class KeyLayout {
  /** By cell. */
  readonly bits: readonly number[]
  /** Words a key. */
  readonly size: number
  /** By cell: the word in which its field begins, and how far up; a field may go on in the next word. */
  readonly word: Int32Array
  readonly shift: Int32Array
  readonly #mask: Int32Array

  /** @param bits of each cell's field, 1 to 31 */
  constructor(bits: readonly number[]) {
    this.bits = bits
    this.word = new Int32Array(bits.length)
    this.shift = new Int32Array(bits.length)
    this.#mask = Int32Array.from(bits, (n) => 2 ** n - 1)
    let at = 0
    for (let cell = bits.length - 1; cell >= 0; cell--) {
      this.word[cell] = at >>> 5
      this.shift[cell] = at & 31
      at += bits[cell]!
    }
    this.size = Math.max(1, (at + 31) >>> 5)
  }

  /** One with room for cells that have taken so many values each; what bits are left in its words are given to all cells in turn. */
  static fitting(domains: readonly { readonly size: number }[]): KeyLayout {
    const bits = domains.map(({ size }) => bitsFor(size + 1))
    let left = 31 - ((bits.reduce((all, n) => all + n, 0) + 31) & 31)
    for (let cell = 0; left > 0 && bits.some((n) => n < MOST_BITS); cell = (cell + 1) % bits.length) {
      if (bits[cell]! === MOST_BITS) continue
      bits[cell]!++
      left--
    }
    return new KeyLayout(bits)
  }

  equals(other: KeyLayout): boolean {
    return this.bits.every((n, cell) => n === other.bits[cell])
  }

  /** Whether an integer has room. The largest that has the field's bits has not: word 0 is never all ones, which marks an empty place in a table. */
  fits(cell: number, integer: number): boolean {
    return integer < (this.#mask[cell] as number)
  }

  fitsAll(row: Int32Array): boolean {
    for (let cell = 0; cell < row.length; cell++) if (!this.fits(cell, row[cell] as number)) return false
    return true
  }

  /** Writes the key of a row of cells that fits to the words from `at` on. */
  pack(row: Int32Array, keys: Int32Array, at: number): void {
    for (let i = 0; i < this.size; i++) keys[at + i] = 0
    for (let cell = 0; cell < row.length; cell++) this.change(keys, at, cell, row[cell] as number)
  }

  /** Exchanges an integer in a key, given the one before XOR the one after. */
  change(keys: Int32Array, at: number, cell: number, difference: number): void {
    const place = at + (this.word[cell] as number)
    const shift = this.shift[cell] as number
    keys[place] = (keys[place] as number) ^ (difference << shift)
    if (shift > 0 && difference >>> (32 - shift) !== 0)
      keys[place + 1] = (keys[place + 1] as number) ^ (difference >>> (32 - shift))
  }

  /** The other way round. */
  unpack(keys: Int32Array, at: number, row: Int32Array): void {
    for (let cell = 0; cell < row.length; cell++) {
      const place = at + (this.word[cell] as number)
      const shift = this.shift[cell] as number
      const low = (keys[place] as number) >>> shift
      // Beyond the last word there is nothing, and what is beyond the field is masked.
      const high = shift === 0 ? 0 : (keys[place + 1] as number) << (32 - shift)
      row[cell] = (low | high) & (this.#mask[cell] as number)
    }
  }
}

/** The order of keys: negative where the first is the smaller one, 0 where they are equal. */
export function compareKeys(one: Int32Array, at: number, other: Int32Array, otherAt: number, size: number): number {
  for (let i = size - 1; i >= 0; i--) {
    const [a, b] = [one[at + i] as number, other[otherAt + i] as number]
    if (a !== b) return (a ^ SIGN) < (b ^ SIGN) ? -1 : 1
  }
  return 0
}

/** Sorts the first `count` keys where they are. */
export function sortKeys(keys: Int32Array<ArrayBuffer>, count: number, size: number): void {
  // Numbers of 32 and 64 bits the engine sorts itself.
  if (size === 1) new Uint32Array(keys.buffer, keys.byteOffset, count).sort()
  else if (size === 2) new BigUint64Array(keys.buffer, keys.byteOffset, count).sort()
  else sortLongKeys(keys, count, size)
}

/** By 16 bits at a time, the lowest first (LSD radix sort). */
function sortLongKeys(keys: Int32Array, count: number, size: number): void {
  let from: Int32Array = keys.subarray(0, count * size)
  let to: Int32Array = new Int32Array(count * size)
  const places = new Int32Array(2 ** DIGIT)
  for (let digit = 0; digit < size * 2; digit++) {
    const [word, shift] = [digit >> 1, (digit & 1) * DIGIT]
    places.fill(0)
    for (let at = word; at < from.length; at += size) places[((from[at] as number) >>> shift) & DIGITS]!++
    let place = 0
    for (let d = 0; d < places.length; d++) {
      const here = places[d] as number
      places[d] = place
      place += here
    }
    for (let at = 0; at < from.length; at += size) {
      const d = ((from[at + word] as number) >>> shift) & DIGITS
      const target = (places[d] as number) * size
      places[d] = (places[d] as number) + 1
      for (let i = 0; i < size; i++) to[target + i] = from[at + i] as number
    }
    ;[from, to] = [to, from]
  }
}

const SIGN = -(2 ** 31)
const DIGIT = 16
const DIGITS = 2 ** DIGIT - 1
const MOST_BITS = 31
