import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import type { CaptureFields } from '../mapping.ts'
import type { Log } from '../observation.ts'
import { errors } from './errors.ts'
import { readNdjson } from './ndjson.ts'
import { readCapture } from './tshark.ts'

/**
 * A log of JSON lines, if that is how it begins, else whatever tshark reads (pcapng, pcap, snoop, compressed or not).
 *
 * @param tsharkOptions given to tshark as they are (`-o` for keys, for example)
 * @throws InputError where it is neither
 */
export async function readLog(path: string, capture: CaptureFields, tsharkOptions: readonly string[]): Promise<Log> {
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
  if (isText || /\.(nd)?jsonl?$/.test(path)) return readNdjson(path)
  return readCapture(path, capture, tsharkOptions)
}

/** A capture, compressed or not, has bytes that no text has. */
const looksLikeText = (head: Buffer): boolean =>
  !head.some((byte) => byte < 9 || (byte > 13 && byte < 32) || byte > 126)

function firstBytes(path: string): Buffer {
  const head = Buffer.alloc(64)
  const file = openSync(path, 'r')
  const length = readSync(file, head, 0, head.length, 0)
  closeSync(file)
  return head.subarray(0, length)
}
