import { narrowed, shipped, shippedTarget, type Target } from '../target.ts'
import { loadFile } from './load.ts'

/** `my-protocol.ts`, or one variant of it: `my-protocol.ts/direct`. */
const FILE = /^(.*\.[cm]?[jt]s)(?:\/([^/]+))?$/

/** The file that a name stands for; null for what ships. */
export const fileOf = (name: string): string | null => FILE.exec(name)?.[1] ?? null

/**
 * Resolves `protocol`, `protocol/variant`, `path.ts` and `path.ts/variant`; no name means everything that ships.
 *
 * @throws InputError where there is none of the name, or the file cannot be loaded
 */
export async function resolveTargets(names: readonly string[]): Promise<Target[]> {
  return names.length === 0 ? shipped() : Promise.all(names.map(resolveTarget))
}

async function resolveTarget(name: string): Promise<Target> {
  const [, file, variantName] = FILE.exec(name) ?? []
  if (file === undefined) return shippedTarget(name)
  const { protocol, properties } = await loadFile(file)
  const whole: Target = {
    protocol,
    variants: protocol.variants,
    file,
    ...(properties === undefined ? {} : { properties }),
  }
  return narrowed(whole, variantName)
}
