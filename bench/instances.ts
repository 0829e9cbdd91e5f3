import type { Model } from '../checker/model.ts'
import type { Property } from '../checker/property.ts'
import { type DjVariant, dj } from './dj.ts'
import { murphi } from './murphi.ts'
import { promela } from './promela.ts'

/** All states, or also what is claimed of states and steps. */
export type Asked = 'states' | 'safety'

/** What is searched: DJ by name, or a shipped variant in a scenario. */
export interface Instance {
  readonly name: string
  readonly asked: readonly Asked[]
  /** Only where it is asked for by name: it takes minutes. */
  readonly long?: true
  /** The model as others are given it, where it was written by hand. */
  readonly byHand?: { readonly promela: string; readonly murphi: string }
}

const yardstick = (variant: DjVariant, K: number, R: number, long?: true): Instance => ({
  name: `dj ${variant}(${K},${R})`,
  asked: ['states'],
  byHand: { promela: promela(variant, K, R), murphi: murphi(variant, K, R) },
  ...(long && { long }),
})

const protocol = (name: string): Instance => ({ name, asked: ['states', 'safety'] })

export const INSTANCES: readonly Instance[] = [
  yardstick('direct', 2, 1),
  yardstick('direct', 2, 2),
  yardstick('fixed', 2, 1),
  yardstick('fixed', 2, 2, true),
  yardstick('direct', 2, 3, true),
  yardstick('fixed', 2, 3, true),
  protocol('wireguard/re-resolve-both both-move-fair-loss'),
  protocol('sip/resend-replace-branch both-move-fair-loss'),
  protocol('mip-lr/revised-answers both-move-twice'),
  protocol('hip/rvs-in-parallel both-move-twice'),
  protocol('mipv6/stationary-proxies both-move'),
]

/**
 * A model by the name of its instance, with what is claimed of its states and steps. Protocols are loaded only where one is asked for.
 *
 * @param whole also with what is claimed of whole runs, and with who waits
 */
export async function modelOf(
  name: string,
  whole = false,
): Promise<{ readonly model: Model; readonly properties: readonly Property[] }> {
  const [, variant, K, R] = /^dj (direct|fixed)\((\d),(\d)\)$/.exec(name) ?? []
  if (variant !== undefined) return { model: dj(variant as DjVariant, Number(K), Number(R)), properties: [] }
  const { shippedVariant, worldOf } = await import('../analysis/world.ts')
  const [target, scenario] = name.split(' ')
  const shipped = shippedVariant(target!)
  const world = worldOf(shipped, shipped.variant.scenarios.find((one) => one.name === scenario)!)
  const { model } = world.internet
  if (whole) return { model, properties: world.properties }
  // Who waits is asked only for which rules are held back for ever, which the others are not asked.
  const rules = model.rules.map(({ waits: _, ...rule }) => rule)
  const properties = world.properties.filter(({ kind }) => kind !== 'liveness')
  return { model: { ...model, rules }, properties }
}
