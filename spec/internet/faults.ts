import type { Outcome, Rule, Value } from '../../checker/model.ts'
import type { Network } from './address.ts'
import { type Attachment, crashed, restarted } from './attachment.ts'
import { clockOfOutage, clockOfPacket } from './clocks.ts'
import { type Budget, type Layout, tell } from './layout.ts'
import { isTunnel, type Packet } from './packet.ts'
import type { Scenario } from './scenario.ts'
import type { Placed } from './topology.ts'

/** What the environment may do and never owes: lose a packet, crash a node. A crashed node comes back. */
export function faultRules(layout: Layout): Rule[] {
  const { scenario, topology } = layout
  const lossy = scenario.losses === 'fair' || scenario.losses > 0
  return [
    ...(lossy ? topology.networks.map((network) => lose(layout, network)) : []),
    ...topology.nodes.filter((n) => n.crashes > 0).flatMap((n) => [crash(layout, n), restart(layout, n)]),
  ]
}

function isLosable({ losable }: Pick<Scenario, 'losable'>, { message }: Packet): boolean {
  if (losable === undefined) return true
  return isTunnel(message) ? isLosable({ losable }, message.inner) : losable.includes(message.kind)
}

function lose(layout: Layout, network: Network): Rule {
  const cell = layout.flightCell(network)
  return {
    name: `lose a packet to ${network}`,
    reads: layout.faults === null ? [cell] : [cell, layout.faults],
    fire: (look) => {
      const packets = layout.arriving(look, network).filter(([packet]) => isLosable(layout.scenario, packet))
      if (packets.length === 0) return []
      const budget = layout.faults === null ? null : (look(layout.faults) as unknown as Budget)
      if (budget?.losses === 0) return []
      return packets.map(([packet, rest]): Outcome => {
        const label = layout.label(packet)
        return {
          label: {
            kind: 'fault',
            text: `the network loses ${tell(label)} to ${packet.destination}`,
            actor: network,
            cause: 'the network lost it',
            taken: label,
            faults: 1,
          },
          sets: [
            [cell, rest as unknown as Value],
            ...(budget === null ? [] : [[layout.faults!, { ...budget, losses: budget.losses - 1 } as Value] as const]),
          ],
          sends: [],
          ...clockOfPacket(layout, packet),
        }
      })
    },
  }
}

function crash(layout: Layout, n: Placed): Rule {
  const [cell] = layout.attachmentCells(n) as [number]
  const stateCell = layout.stateCell(n.name)
  return {
    name: `${n.name} crashes`,
    reads: [cell, stateCell],
    fire: (look) => {
      const place = layout.attachment(look, n)
      if (place.phase !== 'attached' || place.crashes === 0) return []
      const kept = n.role.restart?.(layout.state(look, n.name)) ?? n.role.start
      return [
        {
          label: {
            kind: 'crash',
            text: `${n.name} crashes`,
            actor: n.name,
            faults: 1,
          },
          sets: [
            [cell, crashed(place) as unknown as Value],
            [stateCell, kept as Value],
          ],
          sends: [],
        },
      ]
    },
  }
}

function restart(layout: Layout, n: Placed): Rule {
  const [cell] = layout.attachmentCells(n) as [number]
  return {
    name: `${n.name} comes back`,
    reads: [cell],
    fire: (look) => {
      const place: Attachment = layout.attachment(look, n)
      if (place.phase !== 'down') return []
      const back = restarted(place, n.stops[place.stop]!)
      return [
        {
          label: {
            kind: 'restart',
            text: `${n.name} comes back`,
            actor: n.name,
          },
          sets: [[cell, back as unknown as Value]],
          sends: [],
          fair: { class: `${n.name} comes back`, strength: 'weak' },
          ...clockOfOutage(layout, n, place),
        },
      ]
    },
  }
}
