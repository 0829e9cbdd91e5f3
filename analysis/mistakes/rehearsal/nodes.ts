import type { Scenario } from '../../../spec/internet/scenario.ts'
import type { Placed } from '../../../spec/internet/topology.ts'
import type { Variant } from '../../../spec/protocol.ts'
import type { Mistake } from '../mistake.ts'
import { Calls } from './calls.ts'
import { TAKES, withOutside } from './outside.ts'

/** Whether a variant has the same nodes in a scenario each time that they are made: where they are, and how they start. */
export function rehearseNodes(variant: Variant, scenario: Scenario): Mistake[] {
  const calls = new Calls()
  withOutside(TAKES.first, new Set(), () => calls.made("'nodes'", 'the scenario', () => plainNodes(variant, scenario)))
  return calls.mistakes()
}

/** By name, without the functions of their roles, which are new each time. */
const plainNodes = (variant: Variant, scenario: Scenario) =>
  Object.fromEntries(
    variant.nodes(scenario).map(({ name, role, ...place }) => {
      const { start, timers = {} } = role as unknown as Placed['role']
      return [name, { ...place, start, timers }]
    }),
  )
