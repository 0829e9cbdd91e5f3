import { isOf, type Mapping } from '../../conform/mapping.ts'
import { A_MOMENT, type LogLine, type Seen } from '../../conform/observation.ts'

/** A log in which one packet was changed, and the line where that should show. */
export interface Alteration {
  /** What was done to which line, in words. */
  readonly what: string
  readonly line: number
  readonly lines: readonly LogLine[]
}

/** Each compared field of the first message of each kind changed. */
export function alterationsOf(mapping: Mapping, lines: readonly LogLine[], seen: readonly Seen[]): Alteration[] {
  const firsts = [...new Map([...seen].reverse().map((one) => [one.kind, one])).values()].sort(
    (one, other) => one.line - other.line,
  )
  return firsts.flatMap(({ line, kind }) => {
    const original = lines.find((one) => one.line === line)!
    return mapping.uses
      .filter((one) => one.use === 'compared' && isOf(one, kind) && original.fields[one.field] !== undefined)
      .map(({ field }) => altered(lines, original, kind, field))
  })
}

function altered(lines: readonly LogLine[], original: LogLine, kind: string, field: string): Alteration {
  const before = original.fields[field]!
  const value = another(before, field, lines)
  const isCopy = ({ time, fields }: LogLine): boolean =>
    Math.abs(time - original.time) < A_MOMENT && sameFields(fields, original.fields)
  return {
    what: `${field} of ${kind}: ${before} → ${value}`,
    line: original.line,
    lines: lines.map((one) => (isCopy(one) ? { ...one, fields: { ...one.fields, [field]: value } } : one)),
  }
}

const sameFields = (one: LogLine['fields'], other: LogLine['fields']): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

const ADDRESS = /\d+\.\d+\.\d+\.\d+|[0-9a-f]+:[0-9a-f:]*:[0-9a-f]+/

/** Far enough from a number that nobody counts up to it. */
const FAR = 128
/** What says the kind of a message. */
const KINDS = ['mhtype', 'wgType', 'mipType', 'hipType', 'homeRegistration']

/** Another value of the same form: of an address or kind one that the log has elsewhere, of a number one that is far from it. */
function another(value: string, field: string, lines: readonly LogLine[]): string {
  const address = ADDRESS.exec(value)?.[0]
  if (address !== undefined) {
    const others = lines.flatMap(({ fields }) => ADDRESS.exec(fields.dst ?? '')?.[0] ?? [])
    return value.replace(address, others.find((other) => other !== address) ?? '192.0.2.1')
  }
  const others = [...new Set(lines.flatMap(({ fields }) => fields[field] ?? []))]
  if (/^0x[0-9a-f]+$/.test(value)) return `0x${(BigInt(value) ^ 0x21n).toString(16).padStart(value.length - 2, '0')}`
  if (/^\d+$/.test(value) && !KINDS.includes(field)) return String(Number(value) + FAR)
  return others.find((other) => other !== value) ?? `${value}x`
}
