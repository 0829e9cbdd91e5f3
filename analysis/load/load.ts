import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { errors } from '../errors.ts'
import { aliases } from './aliases.ts'
import { troubleWith } from './trouble.ts'

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
  if (statSync(file).isDirectory()) throw errors.isFolder(path)
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
    throw await troubleWith(path, error, alias)
  }
}
