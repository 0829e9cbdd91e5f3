import { inWords } from '../../../spec/internet/unusable.ts'

/** Where two values differ first, and what is there in each. */
export interface Difference {
  /** '.peerAt', '[0].message.number'; empty where they differ as a whole. */
  readonly path: string
  readonly one: string
  readonly other: string
}

/** Null where they are the same plain data, in whatever order their keys were written. */
export function difference(one: unknown, other: unknown, path = ''): Difference | null {
  if (Object.is(one, other)) return null
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return { path, one: short(one), other: short(other) }
  if (Array.isArray(one) !== Array.isArray(other)) return { path, one: short(one), other: short(other) }
  const [left, right] = [one as Record<string, unknown>, other as Record<string, unknown>]
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const found = difference(left[key], right[key], Array.isArray(one) ? `${path}[${key}]` : `${path}.${key}`)
    if (found !== null) return found
  }
  return null
}

const MOST = 80

function short(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = inWords(value)
  return text.length <= MOST ? text : `${text.slice(0, MOST - 1)}…`
}

/** A copy of plain data that shares nothing with it, so that a later change in place shows. */
export function copyOf<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(copyOf) as T
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copyOf(part)])) as T
}
