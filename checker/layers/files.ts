import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'

/**
 * The one file of the checker that knows a disk. What is written is complete or not there: it is written under a name of its own, brought to the disk, and only then given its name.
 */

/** A file is not what was written: it was cut off, or changed. */
export class Damaged extends Error {
  override readonly name = 'Damaged'
  readonly path: string

  constructor(path: string, what: string) {
    super(
      `${path} is damaged: ${what}. The likeliest cause is a disk that was full, or a file that was copied in part. Take the folder away, and search anew.`,
    )
    this.path = path
  }
}

/** Plain data, with a checksum. */
export const writeRecord = (path: string, data: unknown): void => writeText(path, recordOf(data))

export function recordOf(data: unknown): string {
  const text = JSON.stringify(data)
  return `${checksumOf(text)} ${text}`
}

/** The other way round; null where there is none. @throws Damaged */
export function readRecord<Data>(path: string): Data | null {
  const text = textOf(path)
  if (text === null) return null
  const data = dataIn<Data>(text)
  if (data === undefined) throw new Damaged(path, 'its checksum is another one')
  return data
}

/** What a record says; undefined where it is none. */
export function dataIn<Data>(record: string): Data | undefined {
  const space = record.indexOf(' ')
  const text = record.slice(space + 1)
  return record.slice(0, space) === String(checksumOf(text)) ? (JSON.parse(text) as Data) : undefined
}

/** This process, as others can tell it from theirs: where it runs, and its number there. */
export const me = { host: hostname(), pid: process.pid }

/** Whether a process of this machine is there. */
export function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It is there, and somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A name beside another one that nobody else has. */
export const ownName = (path: string): string => `${path}.${me.pid}-${Math.random().toString(36).slice(2)}.tmp`

export const has = (path: string): boolean => existsSync(path)
export const inside = (...parts: readonly string[]): string => join(...parts)
export const remove = (path: string): void => rmSync(path, { recursive: true, force: true })
export const makeFolder = (path: string): void => void mkdirSync(path, { recursive: true })
export const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).sort() : [])

/** Bytes that a file, or all that is in a folder, takes. */
export function bytesOf(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return 0
  if (!stat.isDirectory()) return stat.size
  return namesIn(path).reduce((bytes, name) => bytes + bytesOf(join(path, name)), 0)
}

/** The text of a file; null where there is none. */
export function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** @param durable whether it is to be there after a power cut too */
export function writeText(path: string, text: string, durable = true): void {
  const own = ownName(path)
  const file = openSync(own, 'wx')
  try {
    writeSync(file, text)
    if (durable) fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(own, path)
}

/** The same, if there is none of the name yet: false where there is. */
export function writeFirst(path: string, text: string, durable = true): boolean {
  const own = ownName(path)
  writeText(own, text, durable)
  try {
    linkSync(own, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    remove(own)
  }
}

/** Says that somebody is still at it. */
export function touch(path: string): void {
  const now = new Date()
  try {
    utimesSync(path, now, now)
  } catch (error) {
    // Taken over: what is done twice is done the same.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

/** Seconds since a file was touched; null where there is none. */
export function secondsSince(path: string): number | null {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat === undefined ? null : (Date.now() - stat.mtimeMs) / 1000
}

/** Puts one thing out of the way of another; false where somebody else has. */
export function moveAway(path: string): boolean {
  const own = ownName(path)
  try {
    renameSync(path, own)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
  remove(own)
  return true
}

const sleeper = new Int32Array(new SharedArrayBuffer(4))

export const sleep = (milliseconds: number): void => void Atomics.wait(sleeper, 0, 0, milliseconds)

/** A file that is written word by word, with a checksum at its end. */
export class WordWriter {
  readonly #path: string
  readonly #own: string
  readonly #file: number
  readonly #block: Int32Array
  #used = 0
  #sum = 0

  constructor(path: string, words = BLOCK) {
    this.#path = path
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
    closeSync(this.#file)
    renameSync(this.#own, this.#path)
  }

  /** It is not to be, after all. */
  abandon(): void {
    closeSync(this.#file)
    remove(this.#own)
  }

  #flush(): void {
    this.#sum = checksum(this.#sum, this.#block, this.#used)
    const bytes = new Uint8Array(this.#block.buffer, 0, this.#used * 4)
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at, bytes.length - at)
    this.#used = 0
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

/** Text that several processes add lines to, each line whole. */
export class SharedLines {
  readonly path: string
  readonly #file: number
  readonly #room = Buffer.alloc(2 ** 16)
  /** What was read and has no end yet. */
  #rest = Buffer.alloc(0)
  /** Bytes that were read as whole lines, and their checksum. */
  bytes = 0
  sum = 0

  constructor(path: string) {
    makeFolder(dirname(path))
    this.path = path
    this.#file = openSync(path, 'a+')
  }

  /** At the end, wherever that is by then: appending is one step for the file system of one machine. */
  append(line: string): void {
    // A line that was cut off before it ends here.
    const bytes = Buffer.from(`\n${line}\n`)
    const some = writeSync(this.#file, bytes)
    if (some < bytes.length) throw Object.assign(new Error('no room for a line'), { code: 'ENOSPC' })
  }

  /** The lines that have come since the last time. */
  *news(): Generator<string> {
    let at = this.bytes + this.#rest.length
    for (;;) {
      const some = readSync(this.#file, this.#room, 0, this.#room.length, at)
      if (some === 0) return
      at += some
      this.#rest = Buffer.concat([this.#rest, this.#room.subarray(0, some)])
      for (let end = this.#rest.indexOf(NEW_LINE); end >= 0; end = this.#rest.indexOf(NEW_LINE)) {
        const line = this.#rest.subarray(0, end)
        this.#rest = this.#rest.subarray(end + 1)
        this.bytes += end + 1
        for (const byte of line) this.sum = mixed(this.sum, byte)
        this.sum = mixed(this.sum, NEW_LINE)
        if (line.length > 0) yield line.toString('utf8')
      }
    }
  }

  sync(): void {
    fsyncSync(this.#file)
  }

  close(): void {
    closeSync(this.#file)
  }
}

/** A checksum, gone on with. */
export function checksum(sum: number, words: Int32Array, count: number): number {
  let now = sum
  for (let i = 0; i < count; i++) now = mixed(now, words[i] as number)
  return now
}

export function checksumOf(text: string): number {
  let now = 0
  for (let i = 0; i < text.length; i++) now = mixed(now, text.charCodeAt(i))
  return now
}

const mixed = (sum: number, word: number): number => Math.imul(((sum << 5) | (sum >>> 27)) ^ word, 0x9e3779b1)

const NEW_LINE = 10
/** Words that are read or written at a time: 256 KiB. */
export const BLOCK = 2 ** 16
