import type { Control } from '../../checker/limits.ts'
import { InputError } from '../errors.ts'
import { refuseMistakes } from '../mistakes/index.ts'
import { narrowed, shipped, shippedTarget, type Target } from '../target.ts'
import { loadFile } from './load.ts'

/** `my-protocol.ts`, or one variant of it: `my-protocol.ts/direct`. */
const FILE = /^(.*\.[cm]?[jt]s)(?:\/([^/]+))?$/

/** The file that a name stands for; null for what ships. */
export const fileOf = (name: string): string | null => FILE.exec(name)?.[1] ?? null

interface Resolving {
  readonly seen?: boolean
  readonly control?: Control
}

/**
 * Resolves `protocol`, `protocol/variant`, `path.ts` and `path.ts/variant`; no name means everything that ships.
 *
 * @param options.seen whether mistakes were looked for before, in another thread: then they are not again
 * @param options.control asked for the time while they are looked for
 * @throws InputError where there is none of the name, the file cannot be loaded, or it has mistakes in it: of all names at once
 */
export async function resolveTargets(names: readonly string[], options: Resolving = {}): Promise<Target[]> {
  if (names.length === 0) return shipped()
  const found: Target[] = []
  const wrong: InputError[] = []
  for (const name of names) {
    try {
      found.push(await resolveTarget(name, options))
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      wrong.push(error)
    }
  }
  // Several variants of one file that is not there are one mistake.
  const messages = new Set(wrong.map(({ message }) => message))
  if (messages.size > 0) throw new InputError([...messages].join('\n'))
  return found
}

async function resolveTarget(name: string, { seen = false, control }: Resolving): Promise<Target> {
  const [, file, variantName] = FILE.exec(name) ?? []
  if (file === undefined) return shippedTarget(name)
  const { default: protocol, properties } = await loadFile(file)
  const given = { protocol, file, ...(properties === undefined ? {} : { properties }) } as Omit<Target, 'variants'>
  if (!seen) refuseMistakes(given, control)
  return narrowed({ ...given, variants: given.protocol.variants }, variantName)
}
