import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { checksumOf } from './checksum.ts'

/**
 * This folder is all of the checker that knows a disk. What is written is complete or not there: it is written under a name of its own, brought to the disk, and only then given its name.
 */

/** A file is not what was written: it was cut off, or changed. */
export class Damaged extends Error {
  override readonly name = 'Damaged'
  readonly path: string

  constructor(path: string, what: string) {
    super(
      `${path} is damaged: ${what}. The likeliest cause is a disk that was full, or a file that was copied in part. Take away what the search is kept in, and search anew.`,
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

/** Takes away what processes of this machine that are no more had begun to write under a name. */
export function removeLeft(path: string): void {
  const [folder, begins] = [dirname(path), `${basename(path)}.`]
  for (const name of namesIn(folder)) {
    const pid = name.startsWith(begins) ? /^(\d+)-[a-z0-9]+\.tmp$/.exec(name.slice(begins.length))?.[1] : undefined
    if (pid !== undefined && !isThere(Number(pid))) remove(join(folder, name))
  }
}

/** Makes a folder, with those that it is to lie in: step by step, since Node's own way (`recursive`) never ends where there can be none, as in /proc. */
export function makeFolder(path: string): void {
  if (isFolder(path)) return
  if (dirname(path) !== path) makeFolder(dirname(path))
  try {
    mkdirSync(path)
  } catch (error) {
    // Somebody else may have made it meanwhile.
    if (!isFolder(path)) throw error
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

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

const MOST_TRIES = 100

/** The same, if there is none of the name yet: false where there is. */
export function writeFirst(path: string, text: string, durable = true): boolean {
  const own = ownName(path)
  writeText(own, text, durable)
  try {
    for (let tries = 1; ; tries++) {
      try {
        linkSync(own, path)
        return true
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException
        if (code === 'EEXIST' || has(path)) return false
        // SSHFS knows no other word for a name that is taken: it was, and is no more.
        if (code !== 'EPERM' || tries === MOST_TRIES) throw error
      }
    }
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

/**
 * Puts one thing out of the way of another; false where somebody else has.
 *
 * @param isTheOne asked of what was moved: what another has put there in between is put back
 */
export function moveAway(path: string, isTheOne: (path: string) => boolean = () => true): boolean {
  const own = ownName(path)
  try {
    renameSync(path, own)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
  const was = isTheOne(own)
  try {
    if (!was) linkSync(own, path)
  } catch (error) {
    // Whoever came next has begun already.
    if (!has(path)) throw error
  } finally {
    remove(own)
  }
  return was
}

const sleeper = new Int32Array(new SharedArrayBuffer(4))

export const sleep = (milliseconds: number): void => void Atomics.wait(sleeper, 0, 0, milliseconds)
