import { bitOf, type Cells, NONE } from './cells.ts'

/**
 * Where the integers of a state's cells lie in a row of 32-bit words: each cell has a field of so many bits as its largest integer so far needs, in one word. What bits are
 * left in a word are given to its cells, so that few integers do not fit.
 */
export class Layout {
  /** Words a row. */
  readonly size: number
  /** By cell: the word of its field, how far up it lies in it, and its bits, as a mask from bit 0 on. */
  readonly word: Int32Array
  readonly shift: Int32Array
  readonly mask: Int32Array
  /** By bit of a row: the cell that it is of. By cell: the bits of its field, where they lie. */
  readonly #cellOf: Int32Array
  readonly #field: Int32Array

  /** @param needed bits that each cell needs at least, 1 to 31 */
  constructor(needed: readonly number[]) {
    const words = wordsFor(needed)
    this.size = words.length
    this.word = new Int32Array(needed.length)
    this.shift = new Int32Array(needed.length)
    this.mask = new Int32Array(needed.length)
    this.#cellOf = new Int32Array(words.length * 32)
    this.#field = new Int32Array(needed.length)
    words.forEach(({ cells, free }, word) => {
      let shift = 0
      cells.forEach((cell, i) => {
        const spare = Math.min(Math.floor((free + i) / cells.length), MOST_BITS - needed[cell]!)
        const bits = needed[cell]! + spare
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
  free: number
}

/** The widest fields first, each in the first word that has room for it. */
function wordsFor(needed: readonly number[]): Word[] {
  const words: Word[] = []
  for (const cell of [...needed.keys()].sort((a, b) => needed[b]! - needed[a]! || a - b)) {
    const bits = needed[cell]!
    let word = words.find(({ free }) => free >= bits)
    if (word === undefined) {
      word = { cells: [], free: 32 }
      words.push(word)
    }
    word.cells.push(cell)
    word.free -= bits
  }
  return words
}
