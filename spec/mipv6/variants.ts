import { type Node, node, redirector, type Scenario, type Variant } from '../index.ts'
import { agentOf, type End, homeOf, networksLeft, other, START } from '../roaming.ts'
import { attacker, NOBODY, POSITIONS, type Position } from './attacker.ts'
import type { Design } from './design.ts'
import { designs } from './designs.ts'
import { bufferingForwarder } from './forwarder.ts'
import { type HomeAgentSettings, homeAgent } from './home-agent.ts'
import { mobileNode } from './mobile-node.ts'
import type { MobileNodeSettings } from './mobile-node-state.ts'
import * as scenarios from './scenarios.ts'
import { subjectOf } from './subject.ts'

const EVE = 'south/eve'

function nodesOf(design: Design, scenario: Scenario): Node[] {
  const given = scenario.options.retransmissions
  const mobile = (end: End): Node => {
    const settings: MobileNodeSettings = {
      name: end,
      start: `${START[end]}/${end}`,
      home: homeOf(end),
      homeAgent: agentOf(end),
      peer: { name: other(end), start: `${START[other(end)]}/${other(end)}`, home: homeOf(other(end)) },
      expedited: false,
      retransmissions: typeof given === 'number' ? given : 'unlimited',
      ...(design.forwarders === undefined ? {} : { tellsForwarder: true }),
      ...design.mobileNode,
      ...design.only?.[end],
    }
    return node(end, mobileNode(settings), { from: START[end] })
  }
  const agent = (end: End): Node => {
    const settings: HomeAgentSettings = {
      home: homeOf(end),
      start: `${START[end]}/${end}`,
      peerAgent: agentOf(other(end)),
      reForwards: design.reForwards?.includes(end) === true,
      movedBy: design.movedBy ?? 'registration',
      answers: design.answers ?? 'at once',
      timesEach: scenario.time !== undefined,
      stableStorage: scenario.options[scenarios.STORAGE] === 'kept',
    }
    return node(`ha-${end}`, homeAgent(settings), { at: [agentOf(end)], agentOf: [`home-${end}`] })
  }
  const forwarders = (design.forwarders === undefined ? [] : networksLeft(scenario)).map((network) => {
    const at = `${network}/forwarder`
    const place = { at: [at], agentOf: [network] }
    return design.forwarders === 'buffering'
      ? node(`forwarder ${network}`, bufferingForwarder(at), place)
      : node(`forwarder ${network}`, redirector('tunnel'), place)
  })
  const position = (scenario.options.attacker ?? NOBODY) as Position | typeof NOBODY
  const eve =
    position === NOBODY
      ? []
      : [
          node(
            'eve',
            attacker({
              here: EVE,
              victimHome: homeOf('a'),
              correspondentHome: homeOf('b'),
              filtered: scenario.options[scenarios.FILTER] === true ? agentOf('a') : null,
            }),
            { at: [EVE], hears: POSITIONS[position] },
          ),
        ]
  return [mobile('a'), agent('a'), agent('b'), mobile('b'), ...forwarders, ...eve]
}

export function variants(expect: Readonly<Record<string, Variant['expect']>>): Variant[] {
  return designs.map((design) => ({
    name: design.name,
    title: design.title,
    source: design.source,
    repairs: design.repairs,
    survivesBy: design.survivesBy,
    nodes: (scenario) => nodesOf(design, scenario),
    subject: subjectOf(design),
    scenarios: design.scenarios,
    large: design.large ?? [],
    expect: expect[design.name] ?? {},
  }))
}
