import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import type { CaptureFields } from '../mapping.ts'
import type { LogLine } from '../observation.ts'
import { errors } from './errors.ts'
import { readNdjson } from './ndjson.ts'
import { readCapture } from './tshark.ts'

/** How captures begin: pcapng, and pcap in both byte orders, with times in micro- or nanoseconds. */
const MAGIC = ['0a0d0d0a', 'd4c3b2a1', 'a1b2c3d4', '4d3cb2a1', 'a1b23c4d']

/**
 * A capture by its first bytes, else a log of JSON lines.
 *
 * @param tsharkOptions for tshark besides, each with its value: '-o tls.keylog_file:keys.log'
 * @throws InputError where it is neither
 */
export async function readLog(
  path: string,
  capture: CaptureFields,
  tsharkOptions: readonly string[] = [],
): Promise<LogLine[]> {
  if (!existsSync(path)) throw errors.noFile(path)
  if (statSync(path).isDirectory()) throw errors.notJudged(path, 'it is a folder. Give one capture or log.')
  const magic = firstBytes(path)
  if (MAGIC.includes(magic)) return readCapture(path, capture, tsharkOptions)
  if (/\.p?cap(ng)?$/.test(path)) throw errors.notACapture(path, `it begins with ${magic}, which no capture does`)
  return readNdjson(path)
}

function firstBytes(path: string): string {
  const head = Buffer.alloc(4)
  const file = openSync(path, 'r')
  readSync(file, head, 0, 4, 0)
  closeSync(file)
  return head.toString('hex')
}
