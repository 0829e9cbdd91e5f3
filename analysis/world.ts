import type { Property } from '../checker/property.ts'
import { isOfLength, type OfLength } from '../checker/timed/stretch.ts'
import { type Checked, propertiesOf } from '../properties/index.ts'
import { compose, type Internet } from '../spec/internet/compose.ts'
import type { Scenario } from '../spec/internet/scenario.ts'
import type { Node } from '../spec/internet/topology.ts'
import type { Protocol } from '../spec/protocol.ts'
import { protocols } from '../spec/protocols.ts'
import { errors } from './errors.ts'
import { nameOf, type TargetVariant, variantOf } from './target.ts'

/** A variant put together for a scenario, with what it is asked: the one place where that is done. */
export interface World {
  readonly internet: Internet
  /** What every protocol is asked of such a subject, then what this one is asked besides. */
  readonly properties: readonly Property[]
  /** What only a scenario with a clock can be asked: here there is none. */
  readonly needClock: readonly Property[]
  readonly checked: Checked
}

/**
 * Puts a variant together for a scenario.
 *
 * @param change makes a mutant of the nodes: an ablation, an intruder
 * @throws InputError where names or addresses do not fit together
 */
export function worldOf(
  target: Pick<TargetVariant, 'protocol' | 'variant' | 'properties'>,
  scenario: Scenario,
  change: (nodes: readonly Node[]) => readonly Node[] = (nodes) => nodes,
): World {
  const { protocol, variant } = target
  try {
    const internet = compose(change(variant.nodes(scenario)), scenario, protocol.describe)
    const checked = { internet, subject: variant.subject }
    const all: readonly Property[] = [...propertiesOf(checked), ...(target.properties?.(checked) ?? [])]
    const needClock = scenario.time === undefined ? all.filter(isOfLength) : []
    return {
      internet,
      checked,
      properties: all.filter((property) => !needClock.includes(property as OfLength)),
      needClock,
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw errors.cannotCompose(nameOf(target), scenario.name, why)
  }
}

/**
 * The internet of a scenario: of a variant that ships (`internetOf('sip/direct', 'both-move')`), or of one's own
 * (`internetOf(variantOf(hello, 'direct'), 'both-move')`).
 *
 * @throws Error naming what there is, where there is none of the name
 */
export function internetOf(target: string | TargetVariant, scenarioName: string): Internet {
  const asked = typeof target === 'string' ? shippedVariant(target) : target
  const name = typeof target === 'string' ? target : nameOf(target)
  return worldOf(asked, named(asked.variant.scenarios, scenarioName, `scenario of ${name}`)).internet
}

/** A variant that ships, by 'protocol/variant'. */
export function shippedVariant(target: string): TargetVariant {
  const [protocolName, variantName] = target.split('/')
  const protocol: Protocol = named(protocols, protocolName, 'protocol')
  return variantOf(protocol, named(protocol.variants, variantName, `variant of ${protocol.name}`).name)
}

function named<T extends { readonly name: string }>(all: readonly T[], name: string | undefined, what: string): T {
  const found = all.find((one) => one.name === name)
  if (found === undefined)
    throw new Error(`There is no ${what} '${name ?? ''}'. There are: ${all.map((one) => one.name).join(', ')}.`)
  return found
}
