import { compose, type Internet } from '../spec/internet/compose.ts'
import { protocols } from '../spec/protocols.ts'

/**
 * The world of a scenario of a variant that ships: `internetOf('sip/direct', 'both-move')`.
 *
 * @throws Error naming what there is, where there is none of the name
 */
export function internetOf(target: string, scenarioName: string): Internet {
  const [protocolName, variantName] = target.split('/')
  const protocol = named(protocols, protocolName, 'protocol')
  const variant = named(protocol.variants, variantName, `variant of ${protocol.name}`)
  const scenario = named(variant.scenarios, scenarioName, `scenario of ${target}`)
  return compose(variant.nodes(scenario), scenario, protocol.describe)
}

function named<T extends { readonly name: string }>(all: readonly T[], name: string | undefined, what: string): T {
  const found = all.find((one) => one.name === name)
  if (found === undefined)
    throw new Error(`There is no ${what} '${name ?? ''}'. There are: ${all.map((one) => one.name).join(', ')}.`)
  return found
}
