import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import type { Mapping, ProgramLog } from '../mapping.ts'
import type { Log } from '../observation.ts'
import { errors } from './errors.ts'
import { readNdjson } from './ndjson.ts'
import { readCapture } from './tshark.ts'

/**
 * A log of JSON lines or of a program, if that is how it begins, else whatever tshark reads (pcapng, pcap, snoop, compressed or not).
 *
 * @param tsharkOptions given to tshark as they are (`-o` for keys, for example)
 * @throws InputError where it is neither
 */
export async function readLog(
  path: string,
  { capture, programLog }: Pick<Mapping, 'capture' | 'programLog'>,
  tsharkOptions: readonly string[],
): Promise<Log> {
  if (!existsSync(path)) throw errors.noFile(path)
  if (statSync(path).isDirectory()) throw errors.notJudged(path, 'it is a folder. Give one capture or log, or several.')
  const head = firstBytes(path)
  if (head.length === 0) throw errors.isEmpty(path)
  const isText = looksLikeText(head)
  if (isText && /\.p?cap(ng)?(\.gz)?$/.test(path))
    throw errors.notACapture(
      path,
      `it begins with ${JSON.stringify(head.toString('latin1').slice(0, 20))}, which no capture does`,
    )
  if (programLog?.isFile?.(firstBytes(path, HEAD).toString('utf8'), path) === true) return readWhole(path, programLog)
  const isJson = /\.(nd)?jsonl?$/.test(path) || (isText && /^\s*[[{]/.test(head.toString('latin1')))
  if (isJson) return readNdjson(path)
  if (isText) return readProgramLog(path, programLog)
  return readCapture(path, capture, tsharkOptions)
}

/** Megabytes of a log that is read at once. */
const MOST_MEGABYTES = 256

function readProgramLog(path: string, programLog: ProgramLog | undefined): Log {
  if (programLog === undefined)
    throw errors.notJudged(
      path,
      'it is text, and neither JSON lines nor a capture; of this protocol, no log of a program can be read.',
    )
  const { isLine } = programLog
  if (isLine === undefined || !textOf(path).split('\n').some(isLine))
    throw errors.notJudged(path, `it is text, and neither JSON lines nor a log of ${programLog.what}.`)
  return readWhole(path, programLog)
}

const readWhole = (path: string, programLog: ProgramLog): Log => programLog.read(path, textOf(path))

function textOf(path: string): string {
  if (statSync(path).size > MOST_MEGABYTES * 2 ** 20)
    throw errors.notJudged(path, `it has more than ${MOST_MEGABYTES} MB. Give the part of it that is about the run.`)
  return readFileSync(path, 'utf8')
}

/** Bytes by which a log of a program is known. */
const HEAD = 4096

/** A capture, compressed or not, has bytes that no text has. */
const looksLikeText = (head: Buffer): boolean =>
  !head.some((byte) => byte < 9 || (byte > 13 && byte < 32) || byte > 126)

function firstBytes(path: string, most = 64): Buffer {
  const head = Buffer.alloc(most)
  const file = openSync(path, 'r')
  const length = readSync(file, head, 0, head.length, 0)
  closeSync(file)
  return head.subarray(0, length)
}
