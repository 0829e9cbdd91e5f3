import { isFrozen } from './frozen-values.ts'
import type { Value } from './model.ts'

/**
 * The canonical serialisation of a value: JSON with sorted keys, so that equal values give equal text whatever order
 * their keys were written in. Rejects what has no such form (a Map, a class instance, NaN, undefined), because two different
 * states that serialise alike would be taken for one, and a verdict would be wrong without a sign of it.
 * @throws TypeError that names the path to the offending part
 */
export function canonical(value: Value): string {
  try {
    return write(value)
  } catch (error) {
    if (error instanceof NotPlain) throw error.told()
    if (error instanceof RangeError) throw new NotPlain('nested without end', 'Most likely it contains itself.').told()
    throw error
  }
}

function write(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quoted(value)
    case 'number':
      if (!Number.isFinite(value)) throw new NotPlain(String(value))
      return Object.is(value, -0) ? '0' : String(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      return Array.isArray(value) ? writeList(value) : textOf(value as Record<string, unknown>)
    case 'undefined':
      throw new NotPlain('undefined', 'Leave the key out, or use null.')
    default:
      throw new NotPlain(`a ${typeof value}`)
  }
}

function writeList(list: readonly unknown[]): string {
  let text = '['
  for (let i = 0; i < list.length; i++) {
    if (i > 0) text += ','
    try {
      text += write(list[i])
    } catch (error) {
      throw within(error, `[${i}]`)
    }
  }
  return `${text}]`
}

/** What was written of records that cannot change: they are parts of many values. */
const texts = new WeakMap<object, string>()

function textOf(record: Record<string, unknown>): string {
  const known = texts.get(record)
  if (known !== undefined) return known
  const text = writeRecord(record)
  if (isFrozen(record)) texts.set(record, text)
  return text
}

function writeRecord(record: Record<string, unknown>): string {
  const prototype = Object.getPrototypeOf(record)
  if (prototype !== Object.prototype && prototype !== null)
    throw new NotPlain(`an instance of ${prototype.constructor?.name ?? 'a class'}`)
  const keys = sorted(Object.keys(record))
  let text = '{'
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string
    if (i > 0) text += ','
    try {
      text += `${quoted(key)}:${write(record[key])}`
    } catch (error) {
      throw within(error, `.${key}`)
    }
  }
  return `${text}}`
}

/** Keys are few: put in their places one by one, they are sorted much sooner than by a list's own `sort`. */
function sorted(keys: string[]): string[] {
  if (keys.length > MANY) return keys.sort()
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i] as string
    let place = i
    for (; place > 0 && (keys[place - 1] as string) > key; place--) keys[place] = keys[place - 1] as string
    keys[place] = key
  }
  return keys
}

const MANY = 32

/** Letters that JSON leaves as they are. */
const PLAIN = /^[\w ./:@+,-]*$/

const quoted = (text: string): string => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text))

const within = (error: unknown, step: string): unknown => (error instanceof NotPlain ? error.within(step) : error)

/** A part of a value that is not plain data, and, once it is known, where in the value it is. */
class NotPlain extends Error {
  readonly #what: string
  readonly #act: string
  #path = ''

  constructor(
    what: string,
    act = 'Use strings, finite numbers, booleans, null, lists and records; write a set as a sorted list.',
  ) {
    super(what)
    this.#what = what
    this.#act = act
  }

  within(step: string): this {
    this.#path = step + this.#path
    return this
  }

  told(): TypeError {
    const subject = this.#path === '' ? 'it' : `its part '${this.#path}'`
    return new TypeError(`A state must be plain data, but ${subject} is ${this.#what}. ${this.#act}`)
  }
}
