import type { Control } from '../../checker/limits.ts'
import { resolveTargets } from '../load/resolve.ts'
import { single, type TargetVariant } from '../target.ts'

/** The one variant that a name stands for, out of what ships or out of a file. */
export async function theVariant(name: string, control: Control): Promise<TargetVariant> {
  const [target] = await resolveTargets([name], { control })
  return single(target!, name)
}
