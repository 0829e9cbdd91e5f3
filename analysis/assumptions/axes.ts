import type { Scenario } from '../../spec/internet/scenario.ts'
import type { Protocol, Variant } from '../../spec/protocol.ts'
import type { Axis } from './axis.ts'
import { crashAxes } from './crashes.ts'
import { itineraryAxes } from './itineraries.ts'
import { movementAxes } from './movement.ts'
import { networkAxes } from './network.ts'
import { optionAxes } from './options.ts'
import { patienceAxes } from './patience.ts'
import { semanticsAxes } from './semantics.ts'

/**
 * Every assumption of a variant in a scenario, in the order in which they are told.
 *
 * @throws whatever `nodes` of the variant throws
 */
export function axesOf(protocol: Protocol, variant: Variant, scenario: Scenario): Axis[] {
  const ground = { protocol, variant, scenario, nodes: variant.nodes(scenario) }
  return [itineraryAxes, movementAxes, semanticsAxes, networkAxes, crashAxes, patienceAxes, optionAxes].flatMap(
    (axes) => axes(ground),
  )
}
