import { errors } from './errors.ts'

/** What was read of a JSON text. */
type Json = unknown
export type JsonObject = Readonly<Record<string, Json>>

/** An event of a qlog, as its form has it: an object, or in the oldest drafts a list of what `event_fields` names. */
export interface QlogEvent {
  /** Its line in the file; of a file that is one JSON text, which event it is, from 1. */
  readonly line: number
  readonly value: JsonObject | readonly Json[]
}

/** A trace: what one end has logged of one connection. */
export interface QlogTrace {
  readonly about: JsonObject
  readonly events: readonly QlogEvent[]
}

export interface QlogFile {
  readonly version: string
  readonly traces: readonly QlogTrace[]
  /** Why it is not read to its end; null where it is. */
  readonly cut: string | null
}

/** Record separator, which begins each record of a JSON text sequence (RFC 7464). */
export const RS = '\u001e'

export const objectOf = (value: Json): JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as JsonObject) : {}
export const listOf = (value: Json): readonly Json[] => (Array.isArray(value) ? value : [])
export const textOf = (value: Json): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined

/**
 * A qlog in either of its forms: one JSON text with traces in it, or a record a line, with or without separators (draft-ietf-quic-qlog-main-schema, "Serializing qlog"). One that is
 * cut off is read up to there.
 *
 * @throws InputError where it is none
 */
export function readQlogFile(path: string, text: string): QlogFile {
  const plain = text.replace(/^\uFEFF/, '')
  const lines = plain.split('\n')
  const first = parsed(lines[0]!.replace(RS, ''))
  return plain.startsWith(RS) || first !== null ? inRecords(path, lines) : contained(path, plain)
}

function inRecords(path: string, lines: readonly string[]): QlogFile {
  const records = lines.flatMap((text, i) => {
    const record = text.replaceAll(RS, '').trim()
    return record === '' ? [] : [{ line: i + 1, value: parsed(record) }]
  })
  const head = objectOf(records[0]?.value)
  // The whole file may be on its first line.
  if (Array.isArray(head.traces)) return ofTraces(path, head, null)
  const broken = records.find(({ value }) => value === null)
  if (broken !== undefined && broken !== records.at(-1))
    throw errors.notJudged(path, `line ${broken.line} is no JSON, and others come after it.`)
  const events = records
    .slice(1)
    .flatMap(({ line, value }): QlogEvent[] =>
      value === null || typeof value !== 'object' ? [] : [{ line, value: value as QlogEvent['value'] }],
    )
  return {
    version: versionOf(path, head),
    traces: [{ about: objectOf(head.trace), events }],
    cut: broken === undefined ? null : `its last line, ${broken.line}, is cut off`,
  }
}

function contained(path: string, text: string): QlogFile {
  const whole = parsed(text)
  if (whole !== null) return ofTraces(path, objectOf(whole), null)
  const mended = withoutItsEnd(text)
  if (mended === null) throw errors.notJudged(path, 'it is no JSON, and has no events before it breaks off.')
  return ofTraces(path, objectOf(mended), 'it is cut off')
}

function ofTraces(path: string, file: JsonObject, cut: string | null): QlogFile {
  const traces = listOf(file.traces).map((trace) => {
    const about = objectOf(trace)
    const events = listOf(about.events).map((value, i) => ({ line: i + 1, value: value as QlogEvent['value'] }))
    return { about, events }
  })
  return { version: versionOf(path, file), traces, cut }
}

/** Versions that are read: each of these writes packets in one of two ways. The newest name a schema instead. */
const VERSIONS = /^(draft-0[0-2](-.*)?|0\.[1-4])$/
const SCHEMA = /^urn:ietf:params:qlog:file:(contained|sequential)$/

function versionOf(path: string, { qlog_version, file_schema }: JsonObject): string {
  const version = textOf(file_schema) ?? textOf(qlog_version)
  if (version === undefined)
    throw errors.notJudged(
      path,
      "it is no qlog: it begins with neither 'qlog_version' nor 'file_schema'. A log of JSON lines has 'time' in each (docs/log.schema.json).",
    )
  if (VERSIONS.test(version) || SCHEMA.test(version)) return version
  throw errors.notJudged(
    path,
    `it is a qlog of version '${version}'. Those that are read are draft-00 to draft-02, 0.1 to 0.4, and the schemas 'contained' and 'sequential' of urn:ietf:params:qlog:file.`,
  )
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']' }

/** A JSON text that is cut off, up to the last of its events that is whole; null where there is none. */
function withoutItsEnd(text: string): Json {
  const begins = /"events"\s*:\s*\[/.exec(text)
  if (begins === null) return null
  const from = begins.index + begins[0].length
  const open: string[] = []
  let inText = false
  let whole: { readonly end: number; readonly open: readonly string[] } | null = null
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const one = text[i]!
    if (i === from) depth = open.length
    if (inText) {
      if (one === '\\') i++
      else if (one === '"') inText = false
    } else if (one === '"') inText = true
    else if (one === '{' || one === '[') open.push(one)
    else if (one === '}' || one === ']') {
      open.pop()
      if (i > from && open.length === depth) whole = { end: i + 1, open: [...open] }
    }
  }
  if (whole === null) return null
  const close = whole.open.map((one) => CLOSING[one]!).reverse()
  return parsed(text.slice(0, whole.end) + close.join(''))
}
