import type { Outcome, Rule, Value } from '../../checker/model.ts'
import { type Network, networkOf } from './address.ts'
import { type Layout, tell } from './layout.ts'
import { asOnTheWire, type Packet } from './packet.ts'
import type { Placed } from './topology.ts'

/**
 * An attacker on a path: it may hear a packet on its way to or from a network where it listens, as long as that is in flight.
 * The packet goes on; what the attacker makes of it is its role's affair. Never owed: it may also miss one.
 */
export function overhearingRules(layout: Layout): Rule[] {
  const { nodes, networks } = layout.topology
  return nodes.filter((n) => n.hears.length > 0).flatMap((n) => networks.map((network) => overhear(layout, n, network)))
}

function overhear(layout: Layout, n: Placed, network: Network): Rule {
  const passesBy = (packet: Packet): boolean => n.hears.includes(network) || n.hears.includes(networkOf(packet.source))
  const cell = layout.stateCell(n.name)
  return {
    name: `${n.name} overhears what is sent to ${network}`,
    reads: [layout.flightCell(network), cell],
    fire: (look) => {
      const packets = layout.flight(look, network).filter(passesBy)
      if (packets.length === 0) return []
      const state = layout.state(look, n.name)
      return packets.flatMap((packet): Outcome[] => {
        const after = n.role.overhears?.(state, asOnTheWire(packet)) ?? state
        if (after === state) return []
        return [
          {
            label: {
              kind: 'overhear',
              text: `${n.name} overhears ${tell(layout.label(packet))} to ${packet.destination}`,
              actor: n.name,
            },
            sets: [[cell, after as Value]],
            sends: [],
          },
        ]
      })
    },
  }
}
