import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Case } from './cases.ts'

const hello = readFileSync(resolve(import.meta.dirname, '../../examples/hello.ts'), 'utf8')

/**
 * The file of a case.
 *
 * @throws Error where what is to be replaced does not stand there, or twice
 */
export function fileOf({ title, edits = [], more = '', whole }: Case): string {
  if (whole !== undefined) return whole
  const edited = edits.reduce((text, [from, to]) => {
    if (text.split(from).length !== 2)
      throw new Error(`${title}: '${from}' stands ${text.split(from).length - 1} times.`)
    return text.replace(from, () => to)
  }, hello)
  return edited + more
}
