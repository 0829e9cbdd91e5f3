import { createReadStream } from 'node:fs'
import type { Log, LogLine } from '../observation.ts'
import { errors } from './errors.ts'

/** A line longer than this is no event. */
const MOST_CHARACTERS = 1_000_000
const MOST_LINES = 5_000_000

/**
 * Reads a log of one JSON object a line: `{"time": 1.5, "src": "10.1.0.2", …}`; times are seconds, fields are texts or numbers
 * (docs/log.schema.json). In bounded memory for a line: one that does not end is refused as soon as it is too long.
 */
export async function readNdjson(path: string): Promise<Log> {
  const lines: LogLine[] = []
  let number = 0
  let rest = ''
  const take = (text: string): void => {
    number += 1
    if (text.trim() === '') return
    lines.push(parse(path, text, number))
    if (lines.length > MOST_LINES) throw errors.notALog(path, number, `there are more than ${MOST_LINES} lines`)
  }
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 16 })) {
    const parts = (rest + chunk).split('\n')
    rest = parts.pop()!
    for (const part of parts) take(part)
    if (rest.length > MOST_CHARACTERS)
      throw errors.notALog(path, number + 1, `the line has more than ${MOST_CHARACTERS} characters`)
  }
  take(rest)
  if (lines.length === 0) throw errors.isEmpty(path)
  return { lines, warnings: [] }
}

function parse(path: string, text: string, line: number): LogLine {
  let value: unknown
  try {
    // Some programs begin a text with a byte order mark.
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    throw errors.notALog(path, line, `it is no JSON: ${text.slice(0, 40)}`)
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw errors.notALog(path, line, 'it is no JSON object')
  const { time, ...others } = value as Record<string, unknown>
  if (typeof time !== 'number' || !Number.isFinite(time))
    throw errors.notALog(path, line, "'time' is no number of seconds")
  const fields: Record<string, string> = {}
  for (const [name, field] of Object.entries(others)) {
    if (typeof field !== 'string' && typeof field !== 'number')
      throw errors.notALog(path, line, `'${name}' is neither a text nor a number`)
    fields[name] = String(field)
  }
  const { direction, ...said } = fields
  if (direction === undefined) return { line, time, fields }
  if (direction !== 'in' && direction !== 'out')
    throw errors.notALog(path, line, `'direction' is 'in' or 'out', not '${direction}'`)
  return { line, time, fields: said, direction }
}
