import type { Scenario } from '../../spec/internet/scenario.ts'
import type { Variant } from '../../spec/protocol.ts'

/**
 * The options that a variant's nodes look at in a scenario, by name: what nobody reads is no assumption.
 *
 * @throws whatever `nodes` of the variant throws
 */
export function optionsRead({ nodes }: Variant, scenario: Scenario): string[] {
  const read = new Set<string>()
  const options = new Proxy(scenario.options, {
    get: (given, name) => {
      if (typeof name === 'string') read.add(name)
      return Reflect.get(given, name) as unknown
    },
    has: (given, name) => {
      if (typeof name === 'string') read.add(name)
      return Reflect.has(given, name)
    },
  })
  nodes({ ...scenario, options })
  return [...read].sort()
}
