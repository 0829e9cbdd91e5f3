import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect } from 'vitest'

const hello = readFileSync(resolve(import.meta.dirname, '../examples/hello.ts'), 'utf8')

/** The example, changed: `silence` counts for ever, says when it is far, and does `then`. */
export function counting(folder: string, name: string, then = ''): string {
  const text = "({ kind: 'silence' }, () => [me, "
  expect(hello).toContain(text)
  const path = join(folder, `${name}.ts`)
  const counts = `({ kind: 'silence' }, () => {
    if (me.number === 300) console.log('far')
    ${then}
    return [{ ...me, number: me.number + 1 }, []]
  }).with${text}`
  writeFileSync(path, hello.replace(text, counts))
  return path
}
