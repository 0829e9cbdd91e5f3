import { distance } from 'fastest-levenshtein'
import type { Property } from '../checker/property.ts'
import type { Checked } from '../properties/index.ts'
import type { Protocol, Variant } from '../spec/protocol.ts'
import { protocols } from '../spec/protocols.ts'
import { errors } from './errors.ts'
import { loadFile } from './load.ts'

/** What was asked for: a protocol and those of its variants that are meant. */
export interface Target {
  readonly protocol: Protocol
  readonly variants: readonly Variant[]
  /** The file that it came from; null for what ships. */
  readonly file: string | null
  readonly properties?: (checked: Checked) => readonly Property[]
}

const FILE = /\.[cm]?[jt]s$/

/** Resolves `protocol`, `protocol/variant`, `path.ts` and `path.ts/variant`; no name means everything that ships. */
export async function resolveTargets(names: readonly string[]): Promise<Target[]> {
  if (names.length === 0) return protocols.map((protocol) => ({ protocol, variants: protocol.variants, file: null }))
  return Promise.all(names.map(resolveTarget))
}

async function resolveTarget(name: string): Promise<Target> {
  const inFile = /^(.*\.[cm]?[jt]s)\/([^/]+)$/.exec(name)
  if (FILE.test(name) || inFile !== null) {
    const file = inFile?.[1] ?? name
    const { protocol, properties } = await loadFile(file)
    return {
      protocol,
      variants: inFile === null ? protocol.variants : [variantOf(protocol, inFile[2]!)],
      file,
      ...(properties === undefined ? {} : { properties }),
    }
  }
  const [protocolName = '', variantName, ...rest] = name.split('/')
  const protocol = protocols.find((p) => p.name === protocolName)
  if (protocol === undefined || rest.length > 0) {
    const known = protocols.flatMap((p) => [p.name, ...p.variants.map((v) => `${p.name}/${v.name}`)])
    throw errors.noProtocol(name, nearest(name, known))
  }
  return {
    protocol,
    variants: variantName === undefined ? protocol.variants : [variantOf(protocol, variantName)],
    file: null,
  }
}

function variantOf(protocol: Protocol, name: string): Variant {
  const variant = protocol.variants.find((v) => v.name === name)
  if (variant !== undefined) return variant
  throw errors.noVariant(
    protocol.name,
    name,
    nearest(
      name,
      protocol.variants.map((v) => v.name),
    ),
  )
}

/** The three names that a slip of the finger is likeliest to have meant. */
function nearest(name: string, known: readonly string[]): string[] {
  return known
    .map((candidate) => ({ candidate, far: distance(name, candidate) }))
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ candidate }) => candidate)
}
