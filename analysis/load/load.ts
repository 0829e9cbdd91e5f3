import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { errors } from '../errors.ts'
import { aliases } from './aliases.ts'

/** What a file exports, whatever that is: a protocol, one hopes, and properties of its own where it has any. */
export interface Loaded {
  readonly default?: unknown
  readonly properties?: unknown
}

/**
 * Loads a protocol from a file, TypeScript or JavaScript. 'doublejump' in its imports means this very program.
 *
 * @throws InputError when the file is missing, or does not load
 */
export async function loadFile(path: string): Promise<Loaded> {
  const file = resolve(path)
  if (!existsSync(file)) throw errors.noFile(path)
  const alias = aliases()
  // Most of what is checked ships, and needs no loader.
  const { createJiti } = await import('jiti')
  const jiti = createJiti(import.meta.url, {
    alias,
    interopDefault: false,
    fsCache: false,
    moduleCache: true,
  })
  try {
    return await jiti.import(file)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const entry = noSuchEntry(why, alias)
    throw entry === null ? errors.cannotLoad(path, why) : errors.noEntry(path, entry, Object.keys(alias))
  }
}

/** An import of an entry that this program does not have is looked for below the one that it has: that is told by the name that was imported. */
function noSuchEntry(why: string, alias: Readonly<Record<string, string>>): string | null {
  const [, rest] = why.split(`'${alias.doublejump}/`)
  return rest === undefined ? null : `doublejump/${rest.split("'")[0]}`
}
