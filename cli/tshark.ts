import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { LogLine } from '../conform/observation.ts'
import { errors } from './errors.ts'

/** The fields of tshark that mappings read, by their names there. */
const FIELDS: readonly (readonly [string, string])[] = [
  ['frame.time_relative', 'time'],
  ['ip.src', 'src'],
  ['ip.dst', 'dst'],
  ['ipv6.src', 'src'],
  ['ipv6.dst', 'dst'],
  ['sip.Method', 'method'],
  ['sip.Status-Code', 'status'],
  ['sip.CSeq.seq', 'cseq'],
  ['sip.CSeq.method', 'cseqMethod'],
  ['sip.Call-ID', 'callId'],
  ['sip.Via.branch', 'branch'],
  ['sip.contact.uri', 'contact'],
  ['sip.r-uri', 'requestUri'],
]

/** Reads a capture by way of tshark, a line a packet, without holding the capture in memory. */
export async function readCapture(path: string): Promise<LogLine[]> {
  const args = [
    '-r',
    path,
    '-T',
    'fields',
    '-E',
    'occurrence=a',
    '-E',
    'separator=/t',
    ...FIELDS.flatMap(([field]) => ['-e', field]),
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
    FIELDS.forEach(([, name], i) => {
      const value = values[i] ?? ''
      if (value !== '') fields[name] = value
    })
    const { time = '0', ...rest } = fields
    if (rest.method !== undefined || rest.status !== undefined)
      lines.push({ line: number, time: Number(time), fields: rest })
  }
  const code = await ended
  const complaint = trouble
    .join('')
    .split('\n')
    .filter((line) => line !== '' && !/Running as user|deprecated/.test(line))
  if (code !== 0 && lines.length === 0) throw errors.notACapture(path, complaint[0] ?? `tshark ended with ${code}`)
  if (code !== 0)
    throw errors.notACapture(path, `${complaint[0] ?? `tshark ended with ${code}`} (after ${number} packets)`)
  if (number === 0) throw errors.notACapture(path, 'it has no packets')
  if (lines.length === 0) throw errors.notACapture(path, `none of its ${number} packets is SIP`)
  return lines
}
