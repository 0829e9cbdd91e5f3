import { refuseMistakes } from '../mistakes/refuse.ts'
import { narrowed, shipped, shippedTarget, type Target } from '../target.ts'
import { loadFile } from './load.ts'

/** `my-protocol.ts`, or one variant of it: `my-protocol.ts/direct`. */
const FILE = /^(.*\.[cm]?[jt]s)(?:\/([^/]+))?$/

/**
 * Resolves `protocol`, `protocol/variant`, `path.ts` and `path.ts/variant`; no name means everything that ships.
 *
 * @param seen whether mistakes were looked for before, in another thread: then they are not again
 * @throws InputError where there is none of the name, the file cannot be loaded, or it has mistakes in it
 */
export async function resolveTargets(names: readonly string[], seen = false): Promise<Target[]> {
  return names.length === 0 ? shipped() : Promise.all(names.map((name) => resolveTarget(name, seen)))
}

async function resolveTarget(name: string, seen: boolean): Promise<Target> {
  const [, file, variantName] = FILE.exec(name) ?? []
  if (file === undefined) return shippedTarget(name)
  const { default: protocol, properties } = await loadFile(file)
  const given = { protocol, file, ...(properties === undefined ? {} : { properties }) } as Omit<Target, 'variants'>
  if (!seen) refuseMistakes(given)
  return narrowed({ ...given, variants: given.protocol.variants }, variantName)
}
