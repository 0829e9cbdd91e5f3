import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { CaptureFields } from '../mapping.ts'
import type { Log, LogLine } from '../observation.ts'
import { errors } from './errors.ts'

/** An ICMP error quotes the packet that it is about, and is no such packet. */
const ERRORS = ['icmp.type', 'icmpv6.type']

/** Of a capture at all interfaces (Linux' `any`): to this host or through it, and from it. */
const DIRECTION = 'sll.pkttype'
const DIRECTIONS: Readonly<Record<string, LogLine['direction']>> = { '0': 'in', '4': 'out' }

/** Reads a capture by way of tshark, a line a packet, without holding the capture in memory. One that is cut off is read up to there. */
export async function readCapture(
  path: string,
  { what, fields: wanted, markers, decodeAs = [] }: CaptureFields,
  options: readonly string[] = [],
): Promise<Log> {
  const args = [
    '-r',
    path,
    ...options,
    ...decodeAs.flatMap((one) => ['-d', one]),
    '-T',
    'fields',
    '-E',
    'occurrence=a',
    '-E',
    'separator=/t',
    '-e',
    'frame.time_epoch',
    '-e',
    DIRECTION,
    ...ERRORS.flatMap((field) => ['-e', field]),
    ...wanted.flatMap(([field]) => ['-e', field]),
  ]
  const tshark = spawn('tshark', args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const trouble: string[] = []
  tshark.stderr.on('data', (data: Buffer) => {
    if (trouble.length < 50) trouble.push(String(data))
  })
  const ended = new Promise<number | null>((resolve, reject) => {
    tshark.on('error', () => reject(errors.noTshark()))
    tshark.on('close', resolve)
  })
  // Whoever waits for the lines first must not leave the error alone.
  ended.catch(() => {})
  const lines: LogLine[] = []
  let number = 0
  for await (const text of createInterface({ input: tshark.stdout })) {
    number += 1
    const values = text.split('\t')
    const fields: Record<string, string> = {}
    const [time = '0', way = '', ...rest] = values
    if (rest.slice(0, ERRORS.length).some((type) => type !== '')) continue
    const others = rest.slice(ERRORS.length)
    wanted.forEach(([, name], i) => {
      const value = others[i] ?? ''
      if (value !== '') fields[name] = value
    })
    const direction = DIRECTIONS[way]
    if (markers.some((name) => name in fields))
      lines.push({ line: number, time: Number(time), fields, ...(direction === undefined ? {} : { direction }) })
  }
  const code = await ended
  const complaint = trouble
    .join('')
    .split('\n')
    .filter((line) => line !== '' && !/Running as user|deprecated/.test(line))
  const problem = complaint[0] ?? `tshark ended with ${code}`
  if (code !== 0 && number === 0) throw errors.notACapture(path, problem)
  if (number === 0) throw errors.notACapture(path, 'it has no packets')
  if (lines.length === 0) throw errors.notACapture(path, `none of its ${number} packets is ${what}`)
  const warnings = code === 0 ? [] : [`'${path}' is read up to its packet ${number}: ${problem}`]
  return { lines, warnings }
}
