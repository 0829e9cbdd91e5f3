import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createJiti } from 'jiti'
import { errors } from '../errors.ts'

/** What a file exports, whatever that is: a protocol, one hopes, and properties of its own where it has any. */
export interface Loaded {
  readonly default?: unknown
  readonly properties?: unknown
}

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')

/**
 * Loads a protocol from a file, TypeScript or JavaScript. 'doublejump' in its imports means this very program.
 *
 * @throws InputError when the file is missing, or does not load
 */
export async function loadFile(path: string): Promise<Loaded> {
  const file = resolve(path)
  if (!existsSync(file)) throw errors.noFile(path)
  const dist = resolve(ROOT, 'dist')
  const jiti = createJiti(import.meta.url, {
    alias: {
      'doublejump/checker': resolve(dist, 'checker/index.js'),
      'doublejump/properties': resolve(dist, 'properties/index.js'),
      'doublejump/counterexamples': resolve(dist, 'counterexamples/index.js'),
      doublejump: resolve(dist, 'spec/index.js'),
      // What a protocol is written with comes along, wherever the file lies.
      immer: fileURLToPath(import.meta.resolve('immer')),
      'ts-pattern': fileURLToPath(import.meta.resolve('ts-pattern')),
    },
    interopDefault: false,
    fsCache: false,
    moduleCache: true,
  })
  try {
    return await jiti.import(file)
  } catch (error) {
    throw errors.cannotLoad(path, error instanceof Error ? error.message : String(error))
  }
}
