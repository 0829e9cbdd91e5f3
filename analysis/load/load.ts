import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { createJiti } from 'jiti'
import type { Property } from '../../checker/property.ts'
import type { Checked } from '../../properties/index.ts'
import type { Protocol } from '../../spec/protocol.ts'
import { errors } from '../errors.ts'
import { aliases } from './aliases.ts'

/** What a file describes: a protocol, and properties of its own where it has any. */
export interface Loaded {
  readonly protocol: Protocol
  readonly properties?: (checked: Checked) => readonly Property[]
}

/**
 * Loads a protocol from a file, TypeScript or JavaScript. 'doublejump' in its imports means this very program.
 * @throws InputError when the file is missing, does not load, or exports something else
 */
export async function loadFile(path: string): Promise<Loaded> {
  const file = resolve(path)
  if (!existsSync(file)) throw errors.noFile(path)
  const alias = aliases()
  const jiti = createJiti(import.meta.url, {
    alias,
    interopDefault: false,
    fsCache: false,
    moduleCache: true,
  })
  let module: { default?: unknown; properties?: unknown }
  try {
    module = await jiti.import(file)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const entry = noSuchEntry(why, alias)
    throw entry === null ? errors.cannotLoad(path, why) : errors.noEntry(path, entry, Object.keys(alias))
  }
  const protocol = (module.default ?? undefined) as Protocol | undefined
  const problem = whatIsWrong(protocol)
  if (problem !== null) throw errors.notAProtocol(path, problem)
  return {
    protocol: protocol!,
    ...(typeof module.properties === 'function' ? { properties: module.properties as never } : {}),
  }
}

/** An import of an entry that this program does not have is looked for below the one that it has: that is told by the name that was imported. */
function noSuchEntry(why: string, alias: Readonly<Record<string, string>>): string | null {
  const [, rest] = why.split(`'${alias.doublejump}/`)
  return rest === undefined ? null : `doublejump/${rest.split("'")[0]}`
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
