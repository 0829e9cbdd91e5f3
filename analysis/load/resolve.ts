import { InputError } from '../errors.ts'
import { refuseMistakes } from '../mistakes/index.ts'
import { narrowed, shipped, shippedTarget, type Target } from '../target.ts'
import { loadFile } from './load.ts'

/** `my-protocol.ts`, or one variant of it: `my-protocol.ts/direct`. */
const FILE = /^(.*\.[cm]?[jt]s)(?:\/([^/]+))?$/

/** The file that a name stands for; null for what ships. */
export const fileOf = (name: string): string | null => FILE.exec(name)?.[1] ?? null

/**
 * Resolves `protocol`, `protocol/variant`, `path.ts` and `path.ts/variant`; no name means everything that ships.
 *
 * @param seen whether mistakes were looked for before, in another thread: then they are not again
 * @throws InputError where there is none of the name, the file cannot be loaded, or it has mistakes in it: of all names at once
 */
export async function resolveTargets(names: readonly string[], seen = false): Promise<Target[]> {
  if (names.length === 0) return shipped()
  const found: Target[] = []
  const wrong: InputError[] = []
  for (const name of names) {
    try {
      found.push(await resolveTarget(name, seen))
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      wrong.push(error)
    }
  }
  if (wrong.length > 0) throw new InputError(wrong.map(({ message }) => message).join('\n'))
  return found
}

async function resolveTarget(name: string, seen: boolean): Promise<Target> {
  const [, file, variantName] = FILE.exec(name) ?? []
  if (file === undefined) return shippedTarget(name)
  const { default: protocol, properties } = await loadFile(file)
  const given = { protocol, file, ...(properties === undefined ? {} : { properties }) } as Omit<Target, 'variants'>
  if (!seen) refuseMistakes(given)
  return narrowed({ ...given, variants: given.protocol.variants }, variantName)
}
