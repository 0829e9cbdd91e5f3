import type { Scenario } from '../../spec/index.ts'
import { protocols } from '../../spec/protocols.ts'
import { full } from '../full.ts'

/** Every variant that ships in each of its scenarios, large ones only in full; those that are asked for. */
export const shippedSearches = (isAsked: (scenario: Scenario) => boolean = () => true) =>
  protocols.flatMap((protocol) =>
    protocol.variants.flatMap((variant) =>
      variant.scenarios
        .filter((scenario) => isAsked(scenario) && (full || variant.large?.includes(scenario.name) !== true))
        .map((scenario) => ({
          protocol,
          variant,
          scenario,
          name: `${protocol.name}/${variant.name} · ${scenario.name}`,
        })),
    ),
  )
