import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type JudgeOptions, judge } from '../../conform/judge.ts'
import type { Mapping } from '../../conform/mapping.ts'
import { LogError, type LogLine } from '../../conform/observation.ts'
import { find } from '../protocols/ask.ts'

/** Where the captures of real software are: docs/reality.md says how each was made. */
export const captures = resolve(import.meta.dirname, 'captures')

/** The captures as logs of JSON lines: the same packets as the pcapng files beside them. */
export function logOf(name: string): LogLine[] {
  return readFileSync(join(captures, `${name}.ndjson`), 'utf8')
    .trim()
    .split('\n')
    .map((text, i) => {
      const { time, direction, ...fields } = JSON.parse(text) as {
        time: number
        direction?: 'in' | 'out'
      } & Record<string, string>
      return { line: i + 1, time, fields, ...(direction === undefined ? {} : { direction }) }
    })
}

/** The verdict on a log, that of a capture unless others are given, as a run of a variant. */
export function verdictOf(name: string, target: string, lines = logOf(name)) {
  const { protocol, variant } = find(target)
  return judge(protocol, variant, lines, { most: 20_000, tolerance: 0.1 })
}

/** Verdict and line in words: 'diverges at 27', 'refused'; by the protocol's mapping, or another. */
export function said(target: string, lines: readonly LogLine[], mapping?: Mapping): string {
  const { protocol, variant } = find(target)
  const options: JudgeOptions = { most: 60_000, tolerance: 0.1, ...(mapping === undefined ? {} : { mapping }) }
  try {
    const { verdict } = judge(protocol, variant, lines, options)
    return 'at' in verdict ? `${verdict.kind} at ${verdict.at?.line ?? 'the end'}` : verdict.kind
  } catch (error) {
    if (error instanceof LogError) return 'refused'
    throw error
  }
}

export type Fields = LogLine['fields']
export type Change = (fields: Fields, line: LogLine) => Fields

/** A log with other fields. */
export const changed = (lines: readonly LogLine[], change: Change): LogLine[] =>
  lines.map((line) => ({ ...line, fields: change(line.fields, line) }))

export const ONE = 'sip-direct-one-move'
export const DIRECT = 'sip-direct-double-jump'
export const LOOSE = 'sip-proxy-loose-route-double-jump'
export const LOOK_UP = 'sip-proxy-look-up-double-jump'
export const RESEND = 'sip-proxy-relookup-resend-double-jump'
export const REPLACE = 'sip-proxy-replace-double-jump'
