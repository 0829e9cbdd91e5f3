import type { Bundled } from '../analysis/load/bundled.ts'
import { shipped, type Target, type TargetVariant } from '../analysis/target.ts'
import { require } from './modules.ts'

/** What this page can step through: the user's own, and what ships. */
export interface Catalogue {
  /** A protocol of the user's own takes the place of one that ships under its name. */
  readonly targets: readonly Target[]
  /** What a worker needs to have the same. */
  readonly own: readonly Bundled[]
  /** Why some of the user's own is not among the targets. */
  readonly troubles: readonly string[]
}

/** Runs the files that came with the page. One that cannot be run here costs the others nothing. */
export async function catalogueOf(own: readonly Bundled[]): Promise<Catalogue> {
  const found = await Promise.allSettled(own.map(load))
  const mine = found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
  const taken = new Set(mine.map(({ protocol }) => protocol.name))
  return {
    targets: [...mine, ...shipped().filter(({ protocol }) => !taken.has(protocol.name))],
    own,
    troubles: found.flatMap((one, i) =>
      one.status === 'fulfilled'
        ? []
        : `'${own[i]!.file}' cannot be run in this page: ${one.reason instanceof Error ? one.reason.message : String(one.reason)}`,
    ),
  }
}

/** The policy of the page lets code in as a blob, and in no other way. */
async function load({ file, code }: Bundled): Promise<Target> {
  const address = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }))
  try {
    const { default: make } = await import(/* @vite-ignore */ address)
    const { default: protocol, properties } = make(require)
    return { protocol, variants: protocol.variants, file, ...(typeof properties === 'function' ? { properties } : {}) }
  } finally {
    URL.revokeObjectURL(address)
  }
}

/** A variant by its names; null where there is none. */
export function variantIn({ targets }: Catalogue, protocolName: string, variantName: string): TargetVariant | null {
  const target = targets.find(({ protocol }) => protocol.name === protocolName)
  const variant = target?.variants.find(({ name }) => name === variantName)
  if (target === undefined || variant === undefined) return null
  const { variants: _, ...rest } = target
  return { ...rest, variant }
}
