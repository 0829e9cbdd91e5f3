import type { Value } from './model.ts'

/**
 * The canonical serialisation of a value: JSON with sorted keys, so that equal values give equal text whatever order
 * their keys were written in. Rejects what has no such form (a Map, a class instance, NaN, undefined), because two different
 * states that serialise alike would be taken for one, and a verdict would be wrong without a sign of it.
 * @throws TypeError that names the path to the offending part
 */
export function canonical(value: Value): string {
  try {
    return write(value, '')
  } catch (error) {
    if (error instanceof RangeError) throw notPlain('', 'nested without end', 'Most likely it contains itself.')
    throw error
  }
}

function write(value: unknown, path: string): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value)
    case 'number':
      if (!Number.isFinite(value)) throw notPlain(path, String(value))
      return Object.is(value, -0) ? '0' : String(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      if (Array.isArray(value)) return writeList(value, path)
      return writeRecord(value, path)
    case 'undefined':
      throw notPlain(path, 'undefined', 'Leave the key out, or use null.')
    default:
      throw notPlain(path, `a ${typeof value}`)
  }
}

function writeList(list: readonly unknown[], path: string): string {
  let text = '['
  for (let i = 0; i < list.length; i++) text += (i === 0 ? '' : ',') + write(list[i], `${path}[${i}]`)
  return `${text}]`
}

function writeRecord(record: object, path: string): string {
  const prototype = Object.getPrototypeOf(record)
  if (prototype !== Object.prototype && prototype !== null) {
    throw notPlain(path, `an instance of ${prototype.constructor?.name ?? 'a class'}`)
  }
  let text = ''
  for (const key of Object.keys(record).sort()) {
    const part = (record as Record<string, unknown>)[key]
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${write(part, `${path}.${key}`)}`
  }
  return `{${text}}`
}

function notPlain(
  path: string,
  what: string,
  act = 'Use strings, finite numbers, booleans, null, lists and records; write a set as a sorted list.',
): TypeError {
  return new TypeError(
    `A state must be plain data, but ${path === '' ? 'it' : `its part '${path}'`} is ${what}. ${act}`,
  )
}
