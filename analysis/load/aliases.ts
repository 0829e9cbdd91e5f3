import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isJoined, joinedName } from './joined.ts'

type Exports = Readonly<Record<string, string | { readonly default: string }>>

const root = new URL('../../../', import.meta.url)

/**
 * What the imports of a user's file mean, wherever it lies: each entry of 'doublejump' is one of this very program, as package.json lists them, so that
 * a file and the program that checks it have the same; and what a protocol is written with comes along.
 */
export function aliases(): Record<string, string> {
  const { name, exports } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
    readonly name: string
    readonly exports: Exports
  }
  const entries = Object.entries(exports).map(([entry, target]) => [
    `${name}${entry.slice(1)}`,
    fileURLToPath(new URL(builtAs(typeof target === 'string' ? target : target.default), root)),
  ])
  const companions = ['immer', 'ts-pattern'].map((each) => [each, fileURLToPath(import.meta.resolve(each))])
  return Object.fromEntries([...entries, ...companions])
}

const DIST = './dist/'

/** Where its modules are joined this program has entries of its own. */
const builtAs = (target: string): string =>
  isJoined && target.startsWith(DIST) ? `${DIST}joined/${joinedName(target.slice(DIST.length))}` : target
