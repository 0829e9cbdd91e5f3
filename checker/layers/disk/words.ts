import { closeSync, fstatSync, fsyncSync, openSync, readSync, renameSync, writeSync } from 'node:fs'
import { checksum } from './checksum.ts'
import { Damaged, ownName, remove } from './files.ts'

/** A file that is written word by word, with a checksum at its end. */
export class WordWriter {
  readonly #path: string
  readonly #own: string
  readonly #file: number
  readonly #block: Int32Array
  #used = 0
  #sum = 0
  #isOpen = true
  readonly #onBlock: () => void

  /** @param onBlock told of each block of so many words: whoever watches sees that it goes on */
  constructor(path: string, words = BLOCK, onBlock = () => {}) {
    this.#path = path
    this.#onBlock = onBlock
    this.#own = ownName(path)
    this.#file = openSync(this.#own, 'wx')
    this.#block = new Int32Array(Math.max(words, 1))
  }

  add(word: number): void {
    if (this.#used === this.#block.length) this.#flush()
    this.#block[this.#used++] = word
  }

  addAll(words: Int32Array, from: number, to: number): void {
    for (let at = from; at < to; ) {
      if (this.#used === this.#block.length) this.#flush()
      const some = Math.min(to - at, this.#block.length - this.#used)
      this.#block.set(words.subarray(at, at + some), this.#used)
      this.#used += some
      at += some
    }
  }

  /** From here on the file is there, under its name. */
  end(): void {
    this.#flush()
    this.#block[0] = this.#sum
    this.#used = 1
    this.#flush()
    fsyncSync(this.#file)
    this.#close()
    renameSync(this.#own, this.#path)
  }

  /** It is not to be, after all. */
  abandon(): void {
    this.#close()
    remove(this.#own)
  }

  #close(): void {
    if (this.#isOpen) closeSync(this.#file)
    this.#isOpen = false
  }

  #flush(): void {
    this.#sum = checksum(this.#sum, this.#block, this.#used)
    const bytes = new Uint8Array(this.#block.buffer, 0, this.#used * 4)
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at, bytes.length - at)
    this.#used = 0
    this.#onBlock()
  }
}

/** Reads what a `WordWriter` wrote, from the first word to the last. */
export class WordReader {
  readonly path: string
  /** Words that are in it, without the checksum. */
  readonly length: number
  readonly #file: number
  #read = 0
  #sum = 0

  /** @throws Damaged where it is no whole number of words */
  constructor(path: string) {
    this.path = path
    this.#file = openSync(path, 'r')
    const { size } = fstatSync(this.#file)
    this.length = size / 4 - 1
    if (!Number.isInteger(this.length) || this.length < 0) {
      this.close()
      throw new Damaged(path, `${size} bytes are no whole number of words`)
    }
  }

  /** @throws Damaged where there are fewer */
  read(words: number): Int32Array<ArrayBuffer> {
    if (words < 0 || words > this.left) throw new Damaged(this.path, 'it ends too early')
    // One more, that is nought: what reads fields may look beyond the last.
    const block = new Int32Array(words + 1)
    this.fill(block, words)
    return block
  }

  /**
   * Fills the beginning of a block with as many words.
   *
   * @throws Damaged where there are fewer, and, once all are read, where they are not those that were written
   */
  fill(block: Int32Array<ArrayBuffer>, words: number): void {
    this.#take(block, words)
    this.#sum = checksum(this.#sum, block, words)
    this.#read += words
    if (words === 0 || this.#read !== this.length) return
    const end = new Int32Array(1)
    this.#take(end, 1)
    if (end[0] !== this.#sum) throw new Damaged(this.path, 'its checksum is another one')
  }

  get left(): number {
    return this.length - this.#read
  }

  close(): void {
    closeSync(this.#file)
  }

  #take(block: Int32Array<ArrayBuffer>, words: number): void {
    const bytes = new Uint8Array(block.buffer, block.byteOffset, words * 4)
    for (let at = 0; at < bytes.length; ) {
      const some = readSync(this.#file, bytes, at, bytes.length - at, null)
      if (some === 0) throw new Damaged(this.path, 'it ends too early')
      at += some
    }
  }
}

/** Words that are read or written at a time: 256 KiB. */
export const BLOCK = 2 ** 16
