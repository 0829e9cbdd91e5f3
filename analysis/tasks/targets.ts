import type { Control } from '../../checker/limits.ts'
import { resolveTargets } from '../load/resolve.ts'
import { single, type Target, type TargetVariant } from '../target.ts'

/** The one variant that a name stands for, out of what ships or out of a file. */
export async function theVariant(name: string, control: Control): Promise<TargetVariant> {
  const [target] = await resolveTargets([name], { control })
  return single(target!, name)
}

/** A thread loads each file once. */
const known = new Map<string, Promise<readonly Target[]>>()

/** What a name stands for, where another task has looked for mistakes in it before. */
export async function theKnownTarget(name: string): Promise<Target> {
  const found = known.get(name) ?? resolveTargets([name], { seen: true })
  known.set(name, found)
  return (await found)[0]!
}
