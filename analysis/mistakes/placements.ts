import type { Scenario } from '../../spec/internet/scenario.ts'
import type { Node } from '../../spec/internet/topology.ts'
import type { Protocol, Variant } from '../../spec/protocol.ts'
import type { Mistake } from './mistake.ts'
import { brokenNodes } from './nodes.ts'

/** The nodes that a variant has in a scenario. */
export interface Placement {
  readonly variant: Variant
  readonly scenario: Scenario
  /** "scenario 'both-move' of variant 'direct'". */
  readonly where: string
  readonly nodes: readonly Node[]
}

/** The nodes of every variant in every scenario; where they are none that can be looked at, why. */
export function placementsOf(protocol: Protocol): { placements: Placement[]; mistakes: Mistake[] } {
  const placements: Placement[] = []
  const mistakes: Mistake[] = []
  for (const variant of protocol.variants) {
    for (const scenario of variant.scenarios) {
      const where = `scenario '${scenario.name}' of variant '${variant.name}'`
      const given = nodesOf(variant, scenario, where)
      if ('mistake' in given) {
        mistakes.push(given.mistake)
        continue
      }
      const broken = brokenNodes(given.nodes, where)
      if (broken.length > 0) mistakes.push(...broken)
      else placements.push({ variant, scenario, where, nodes: given.nodes as readonly Node[] })
    }
  }
  return { placements, mistakes }
}

function nodesOf(variant: Variant, scenario: Scenario, where: string): { nodes: unknown } | { mistake: Mistake } {
  try {
    return { nodes: variant.nodes(scenario) }
  } catch (error) {
    return {
      mistake: {
        where,
        fact: `'nodes' threw: ${error instanceof Error ? error.message : String(error)}`,
        cause: 'The likeliest cause is a scenario without something that it reads.',
        act: "It gets the scenario: look there at what it takes out of 'moves' and 'options'.",
      },
    }
  }
}
