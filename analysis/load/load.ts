import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createJiti } from 'jiti'
import type { Property } from '../../checker/property.ts'
import type { Checked } from '../../properties/index.ts'
import type { Protocol } from '../../spec/protocol.ts'
import { errors } from '../errors.ts'

/** What a file describes: a protocol, and properties of its own where it has any. */
export interface Loaded {
  readonly protocol: Protocol
  readonly properties?: (checked: Checked) => readonly Property[]
}

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')

/**
 * Loads a protocol from a file, TypeScript or JavaScript. 'doublejump' in its imports means this very program.
 * @throws InputError when the file is missing, does not load, or exports something else
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
  let module: { default?: unknown; properties?: unknown }
  try {
    module = await jiti.import(file)
  } catch (error) {
    throw errors.cannotLoad(path, error instanceof Error ? error.message : String(error))
  }
  const protocol = (module.default ?? undefined) as Protocol | undefined
  const problem = whatIsWrong(protocol)
  if (problem !== null) throw errors.notAProtocol(path, problem)
  return {
    protocol: protocol!,
    ...(typeof module.properties === 'function' ? { properties: module.properties as never } : {}),
  }
}

function whatIsWrong(protocol: Protocol | undefined): string | null {
  if (typeof protocol !== 'object' || protocol === null) return 'it has no default export'
  if (typeof protocol.name !== 'string') return "'name' is missing"
  if (typeof protocol.describe !== 'function') return "'describe' is missing"
  if (!Array.isArray(protocol.variants) || protocol.variants.length === 0) return "'variants' is missing or empty"
  for (const variant of protocol.variants) {
    if (typeof variant.name !== 'string') return "a variant has no 'name'"
    if (typeof variant.nodes !== 'function') return `variant '${variant.name}' has no 'nodes'`
    if (!Array.isArray(variant.scenarios) || variant.scenarios.length === 0)
      return `variant '${variant.name}' has no 'scenarios'`
    if (variant.subject?.ends?.length !== 2)
      return `the 'subject' of variant '${variant.name}' does not name two 'ends'`
    if (!Array.isArray(variant.subject.beliefs)) return `the 'subject' of variant '${variant.name}' has no 'beliefs'`
  }
  return null
}
