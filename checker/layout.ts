import { bitOf, type Cells, NONE, touches } from './cells.ts'

/**
 * Where the integers of a state's cells lie in a row of 32-bit words: each cell has a field of so many bits as its largest integer so far needs, in one word. Of the last word only as many bytes are used as are
 * needed, and a few bits more: what bits are left in a word are given to its cells, so that states are seldom packed anew.
 */
export class Layout {
  /** Words a row; bytes of it that are used; and, as a mask, those of its last word. */
  readonly size: number
  readonly bytes: number
  readonly lastMask: number
  /** By cell: the word of its field, how far up it lies in it, and its bits, as a mask from bit 0 on. */
  readonly word: Int32Array
  readonly shift: Int32Array
  readonly mask: Int32Array
  /** By bit of a row: the cell that it is of. By cell: the bits of its field, where they lie. */
  readonly #cellOf: Int32Array
  readonly #field: Int32Array

  /** @param counts by cell: it has room for integers below this, up to 2^31 */
  constructor(counts: readonly number[]) {
    const needed = counts.map(bitsFor)
    const words = wordsFor(needed)
    this.size = words.length
    const lastBits = words.at(-1)?.bits ?? WORD_BITS
    this.bytes = (words.length * WORD_BITS - (WORD_BITS - lastBits)) / BITS_A_BYTE
    this.lastMask = lastBits === WORD_BITS ? -1 : 2 ** lastBits - 1
    this.word = new Int32Array(counts.length)
    this.shift = new Int32Array(counts.length)
    this.mask = new Int32Array(counts.length)
    this.#cellOf = new Int32Array(words.length * WORD_BITS)
    this.#field = new Int32Array(counts.length)
    words.forEach(({ cells, free }, word) => {
      const widths = widened(cells, counts, free)
      let shift = 0
      cells.forEach((cell, i) => {
        const bits = widths[i]!
        this.word[cell] = word
        this.shift[cell] = shift
        this.mask[cell] = 2 ** bits - 1
        this.#field[cell] = (2 ** bits - 1) << shift
        this.#cellOf.fill(cell, word * 32 + shift, word * 32 + shift + bits)
        shift += bits
      })
    })
  }

  /** Whether all integers of a row of cells have room. */
  fits(row: Int32Array): boolean {
    for (let cell = 0; cell < row.length; cell++) if ((row[cell] as number) > (this.mask[cell] as number)) return false
    return true
  }

  /** Packs a row of cells that fits into the words from `at` on. */
  pack(row: Int32Array, packed: Int32Array, at: number): void {
    const { word, shift, size } = this
    for (let i = 0; i < size; i++) packed[at + i] = 0
    for (let cell = 0; cell < row.length; cell++) {
      const place = at + (word[cell] as number)
      packed[place] = (packed[place] as number) | ((row[cell] as number) << (shift[cell] as number))
    }
  }

  /** The other way round. */
  unpack(packed: Int32Array, at: number, row: Int32Array): void {
    const { word, shift, mask } = this
    for (let cell = 0; cell < row.length; cell++) {
      const here = packed[at + (word[cell] as number)] as number
      row[cell] = (here >>> (shift[cell] as number)) & (mask[cell] as number)
    }
  }

  /** The bits of some cells in a packed row. */
  bitsOf(cells: Cells): Int32Array<ArrayBuffer> {
    const bits = new Int32Array(this.size)
    this.#field.forEach((field, cell) => {
      if (touches(cells, bitOf(cell))) bits[this.word[cell] as number]! |= field
    })
    return bits
  }

  /** The cells in which two packed rows differ, as a set. */
  changes(one: Int32Array, at: number, other: Int32Array, otherAt: number): Cells {
    let changed = NONE
    for (let w = 0; w < this.size; w++) {
      let difference = (one[at + w] as number) ^ (other[otherAt + w] as number)
      while (difference !== 0) {
        const cell = this.#cellOf[w * 32 + 31 - Math.clz32(difference)] as number
        changed |= bitOf(cell)
        difference &= ~(this.#field[cell] as number)
      }
    }
    return changed
  }
}

/** Bits for integers below so many: 1 to 31. */
export const bitsFor = (count: number): number => Math.max(1, 32 - Math.clz32(Math.max(count - 1, 0)))

/** A hash of a packed row, of 32 bits. */
export function hashOf(packed: Int32Array, at: number, size: number): number {
  let hash = 0
  for (let i = 0; i < size; i++) {
    hash = Math.imul(hash ^ (packed[at + i] as number), 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    hash ^= hash >>> 16
  }
  return hash
}

/** Integers are not negative. */
const MOST_BITS = 31

interface Word {
  readonly cells: number[]
  readonly bits: number
  free: number
}

const wordOf = (bits: number): Word => ({ cells: [], bits, free: bits })

/** As few words as the first that has room for a field makes them; if there is a way, the last one as short as it can be, with the bits that are left spread over all. */
function wordsFor(needed: readonly number[]): Word[] {
  const widestFirst = [...needed.keys()].sort((a, b) => needed[b]! - needed[a]! || a - b)
  const words: Word[] = []
  for (const cell of widestFirst) {
    const word = words.find(({ free }) => free >= needed[cell]!) ?? words[words.push(wordOf(WORD_BITS)) - 1]!
    put(word, cell, needed)
  }
  const least = needed.reduce((sum, bits) => sum + bits, needed.length * SPARE_BITS)
  for (let bits = BITS_A_BYTE; bits <= WORD_BITS; bits += BITS_A_BYTE) {
    if ((words.length - 1) * WORD_BITS + bits < least && bits < WORD_BITS) continue
    const spread = spreadOver(words.length, bits, widestFirst, needed)
    if (spread !== null) return spread
  }
  return words
}

/** Each field in that of so many words which has the most room; null where it has not enough. */
function spreadOver(
  ...[count, lastBits, widestFirst, needed]: [number, number, readonly number[], readonly number[]]
): Word[] | null {
  const words = Array.from({ length: count }, (_, i) => wordOf(i === count - 1 ? lastBits : WORD_BITS))
  for (const cell of widestFirst) {
    const word = words.reduce((a, b) => (b.free > a.free ? b : a))
    if (word.free < needed[cell]!) return null
    put(word, cell, needed)
  }
  return words
}

function put(word: Word, cell: number, needed: readonly number[]): void {
  word.cells.push(cell)
  word.free -= needed[cell]!
}

/** The widths of a word's fields. What is left goes, bit by bit, to the cell that runs out first if each takes on more values the more it has. */
function widened(cells: readonly number[], counts: readonly number[], left: number): number[] {
  const values = cells.map((cell) => Math.log2(Math.max(2, counts[cell]!)))
  const widths = cells.map((cell) => bitsFor(counts[cell]!))
  for (let free = left; free > 0; free--) {
    const room = widths.map((bits, i) => (bits === MOST_BITS ? Number.POSITIVE_INFINITY : bits / values[i]!))
    const least = Math.min(...room)
    if (least === Number.POSITIVE_INFINITY) break
    widths[room.indexOf(least)]!++
  }
  return widths
}

const WORD_BITS = 32
const BITS_A_BYTE = 8

/** Bits that a cell has besides those that it needs, on the average, where a row need not become longer for it. */
const SPARE_BITS = 0.5
