import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { CaptureFields } from '../mapping.ts'
import type { LogLine } from '../observation.ts'
import { errors } from './errors.ts'

/** '-o tls.keylog_file:keys.log' is an option and its value: the value may have spaces. */
function argumentsOf(option: string): string[] {
  const [, flag, value] = /^(-\S+)\s+(.*)$/.exec(option.trim()) ?? []
  return flag === undefined || value === undefined ? [option.trim()] : [flag, value]
}

/** Reads a capture by way of tshark, a line a packet, without holding the capture in memory. */
export async function readCapture(
  path: string,
  { what, fields: wanted, markers, decodeAs = [] }: CaptureFields,
  options: readonly string[] = [],
): Promise<LogLine[]> {
  const args = [
    '-r',
    path,
    ...decodeAs.flatMap((one) => ['-d', one]),
    ...options.flatMap(argumentsOf),
    '-T',
    'fields',
    '-E',
    'occurrence=a',
    '-E',
    'separator=/t',
    '-e',
    'frame.time_relative',
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
    const [time = '0', ...others] = values
    wanted.forEach(([, name], i) => {
      const value = others[i] ?? ''
      if (value !== '') fields[name] = value
    })
    if (markers.some((name) => name in fields)) lines.push({ line: number, time: Number(time), fields })
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
  if (lines.length === 0) throw errors.notACapture(path, `none of its ${number} packets is ${what}`)
  return lines
}
