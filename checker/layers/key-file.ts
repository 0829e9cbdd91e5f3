import { Damaged } from './disk/files.ts'
import { BLOCK, WordReader, WordWriter } from './disk/words.ts'
import { KeyLayout } from './key-layout.ts'

/** A file of sorted keys: how they are laid out, the keys, and how many there are. */
const MAGIC = 0x444a4c31

export class KeyWriter {
  readonly #words: WordWriter
  readonly #size: number
  count = 0

  /** @param block words that are written at a time */
  constructor(path: string, layout: KeyLayout, block = BLOCK) {
    this.#words = new WordWriter(path, block)
    this.#size = layout.size
    for (const word of [MAGIC, layout.bits.length, ...layout.bits]) this.#words.add(word)
  }

  /** The keys from `from` on, as many as `count`, side by side. */
  add(keys: Int32Array, from: number, count: number): void {
    this.#words.addAll(keys, from * this.#size, (from + count) * this.#size)
    this.count += count
  }

  /** The file is there from here on. */
  end(): void {
    this.#words.add(this.count | 0)
    this.#words.add(Math.floor(this.count / 2 ** 32))
    this.#words.end()
  }

  abandon(): void {
    this.#words.abandon()
  }
}

/** Reads a file of sorted keys, in whatever layout one wants them: it must have room for all that the file's own has. */
export class KeyReader {
  readonly layout: KeyLayout
  readonly count: number
  readonly #words: WordReader
  readonly #own: KeyLayout
  readonly #row: Int32Array
  readonly #room: number
  /** As they are in the file, where that is not as they are wanted. */
  readonly #raw: Int32Array<ArrayBuffer> | null
  /** The keys in hand, side by side: the next is at word `at`, and at `end` there is none. */
  readonly keys: Int32Array<ArrayBuffer>
  at = 0
  end = 0
  #left: number

  /**
   * @param layout null for that of the file
   * @throws Damaged where it is not what was written
   */
  constructor(path: string, layout: KeyLayout | null, block = BLOCK) {
    this.#words = new WordReader(path)
    this.#own = this.#head()
    this.layout = layout ?? this.#own
    const body = this.#words.left - 2
    this.count = body / this.#own.size
    if (!Number.isInteger(this.count) || this.count < 0) this.#damaged('its keys are cut off')
    this.#left = this.count
    this.#room = Math.max(1, Math.min(Math.floor(block / this.layout.size), this.count))
    this.#row = new Int32Array(this.layout.bits.length)
    this.keys = new Int32Array(this.#room * this.layout.size + 1)
    this.#raw = this.layout.equals(this.#own) ? null : new Int32Array(this.#room * this.#own.size + 1)
    if (this.count === 0) this.#ends()
    this.fill()
  }

  /** Goes on to the next key; false at the end. */
  next(): boolean {
    this.at += this.layout.size
    return this.at < this.end || this.fill()
  }

  /** Takes the next keys in hand; false where there are none. */
  fill(): boolean {
    const count = Math.min(this.#room, this.#left)
    this.#left -= count
    this.at = 0
    this.end = count * this.layout.size
    if (count === 0) return false
    if (this.#raw === null) this.#words.fill(this.keys, this.end)
    else {
      this.#words.fill(this.#raw, count * this.#own.size)
      for (let k = 0; k < count; k++) {
        this.#own.unpack(this.#raw, k * this.#own.size, this.#row)
        this.layout.pack(this.#row, this.keys, k * this.layout.size)
      }
    }
    if (this.#left === 0) this.#ends()
    return true
  }

  close(): void {
    this.#words.close()
  }

  #head(): KeyLayout {
    const { left } = this.#words
    const [magic, cells] = left < 2 ? [] : this.#words.read(2)
    if (magic !== MAGIC || cells! < 0 || cells! > left) return this.#damaged('it does not begin as it should')
    const bits = [...this.#words.read(cells!)].slice(0, -1)
    if (bits.some((n) => n < 1 || n > 31)) return this.#damaged('it does not begin as it should')
    return new KeyLayout(bits)
  }

  #ends(): void {
    const [low, high] = this.#words.read(2)
    if ((low! >>> 0) + high! * 2 ** 32 !== this.count) this.#damaged('it holds another number of keys than it should')
  }

  #damaged(what: string): never {
    this.close()
    throw new Damaged(this.#words.path, what)
  }
}

/** How many keys a file says that it holds, without a look at them. @throws Damaged */
export function countIn(path: string): number {
  const reader = new KeyReader(path, null, 1)
  reader.close()
  return reader.count
}
