import type { Cell, Fairness, Look, Outcome, Rule, Value } from '../../checker/model.ts'
import { type Network, networkOf } from './address.ts'
import type { Attachment } from './attachment.ts'
import { clockOfPacket } from './clocks.ts'
import type { Flight } from './flight.ts'
import { type Budget, type Layout, tell } from './layout.ts'
import { once } from './once.ts'
import type { Packet } from './packet.ts'
import { arrival, consequences, kindAndPlace, react } from './react.ts'
import type { Placed } from './topology.ts'

/** Deliveries hold back every patient rule: a patient timer is longer than any round trip. */
const RANK = 0

/**
 * A packet goes to whoever holds its destination at the moment of delivery; else to an agent that intercepts; else it is lost. Where agents come first it is the other
 * way round.
 */
export function deliveryRules(layout: Layout): Rule[] {
  return layout.topology.networks.flatMap((network) => {
    const visitors = layout.visitorsOf(network)
    const agents = layout.agentsOf(network)
    return [
      ...visitors.map((n) => toHolder(layout, network, n)),
      ...agents.map((n) => toAgent(layout, network, n)),
      toNobody(layout, network, agents),
    ]
  })
}

/** The node that holds an address now. */
export function holderOf(layout: Layout, look: Look, address: string): Placed | undefined {
  return layout.candidatesFor(address).find((n) => layout.held(look, n).includes(address))
}

/** The node that takes a packet for an address: its holder, or the first agent of its network that intercepts. */
export function takerOf(layout: Layout, look: Look, packet: Packet): Placed | undefined {
  const holder = holderOf(layout, look, packet.destination)
  const agents = layout.agentsOf(networkOf(packet.destination))
  const agent = (): Placed | undefined => agents.find((one) => intercepts(layout, look, one, packet))
  return agentsFirst(layout) ? (agent() ?? holder) : (holder ?? agent())
}

const agentsFirst = (layout: Layout): boolean => layout.scenario.takesFirst === 'agent'

function toHolder(layout: Layout, network: Network, n: Placed): Rule {
  const others = agentsFirst(layout) ? placesIn(layout, network) : []
  const receives = receiving(layout, n)
  return {
    name: `deliver to ${n.name} in ${network}`,
    reads: [
      layout.flightCell(network),
      ...unique([...layout.attachmentCells(n), ...others, layout.stateCell(n.name)]),
      ...faultCell(layout),
    ],
    rank: RANK,
    fire: (look) =>
      layout.arriving(look, network).flatMap(([packet, rest]) => {
        if (packet.hops <= 0 || !layout.held(look, n).includes(packet.destination)) return []
        if (agentsFirst(layout) && takerOf(layout, look, packet) !== n) return []
        return deliver(layout, look, network, receives(look, packet), rest)
      }),
  }
}

/** Where everybody is who may take a packet in a network, and what its agents intercept. */
function placesIn(layout: Layout, network: Network): Cell[] {
  const agents = layout.agentsOf(network)
  return [
    ...[...layout.visitorsOf(network), ...agents].flatMap((n) => layout.attachmentCells(n)),
    ...agents.map((agent) => layout.stateCell(agent.name)),
  ]
}

function toAgent(layout: Layout, network: Network, n: Placed): Rule {
  const receives = receiving(layout, n)
  return {
    name: `intercept by ${n.name} in ${network}`,
    reads: [
      layout.flightCell(network),
      ...unique([...placesIn(layout, network), layout.stateCell(n.name)]),
      ...faultCell(layout),
    ],
    rank: RANK,
    fire: (look) =>
      layout.arriving(look, network).flatMap(([packet, rest]) => {
        // What an agent holds itself is delivered, not intercepted.
        if (packet.hops <= 0 || layout.held(look, n).includes(packet.destination)) return []
        if (takerOf(layout, look, packet) !== n) return []
        return deliver(layout, look, network, receives(look, packet), rest)
      }),
  }
}

function intercepts(layout: Layout, look: Look, agent: Placed, packet: Packet): boolean {
  if (agent.role.intercepts === undefined || layout.attachment(look, agent).phase === 'down') return false
  return agent.role.intercepts(layout.state(look, agent.name), packet.destination, packet)
}

type Received = Pick<Outcome, 'label' | 'sets' | 'sends' | 'fair' | 'clock'>

/** What a node does with a packet that arrives, whatever else is in flight: worked out once for each packet, state of the node and place. */
function receiving(layout: Layout, n: Placed): (look: Look, packet: Packet) => Received {
  const each = once((packet: Packet) =>
    once((state: unknown) => once((place: Attachment) => received(layout, n, packet, state, place))),
  )
  return (look, packet) => {
    const place = layout.attachment(look, n)
    return each(packet)(layout.state(look, n.name))(place)
  }
}

function received(layout: Layout, n: Placed, packet: Packet, state: unknown, place: Attachment): Received {
  const { sets, sends, ...reaction } = react(layout, n, state, arrival(n, state, place.held, packet), place)
  const label = layout.label(packet)
  return {
    label: {
      kind: 'deliver',
      text: `${n.name} receives ${tell(label)} from ${packet.source}${
        place.held.includes(packet.destination) ? '' : `, intercepted for ${packet.destination}`
      }${consequences(reaction).cannotSend}`,
      actor: n.name,
      taken: label,
      sent: reaction.sent,
    },
    sets,
    sends,
    fair: owed(layout, packet),
    ...clockOfPacket(layout, packet),
  }
}

function deliver(layout: Layout, look: Look, network: Network, received: Received, rest: Flight): Outcome[] {
  const { fair: _, ...whenever } = received
  const { label, sets } = received
  const taken: Outcome = { ...received, sets: [[layout.flightCell(network), rest as unknown as Value], ...sets] }
  const [faults] = faultCell(layout)
  const budget = faults === undefined ? null : (look(faults) as unknown as Budget)
  if (budget === null || budget.duplicates === 0) return [taken]
  const kept: Outcome = {
    ...whenever,
    label: { ...label, kind: 'duplicate', text: `${label.text}, and the network keeps a copy`, faults: 1 },
    sets: [...sets, [faults!, { ...budget, duplicates: budget.duplicates - 1 } as Value]],
  }
  return [taken, kept]
}

function toNobody(layout: Layout, network: Network, agents: readonly Placed[]): Rule {
  const visitors = layout.visitorsOf(network)
  return {
    name: `lose what nobody in ${network} takes`,
    reads: [
      layout.flightCell(network),
      ...unique([...visitors, ...agents].flatMap((n) => layout.attachmentCells(n))),
      ...unique(agents.map((n) => layout.stateCell(n.name))),
    ],
    rank: RANK,
    fire: (look) =>
      layout.arriving(look, network).flatMap(([packet, rest]) => {
        const cause = causeOfLoss(layout, look, packet, agents)
        if (cause === null) return []
        const label = layout.label(packet)
        return [
          {
            label: {
              kind: 'lost',
              text: `${tell(label)} to ${packet.destination} is lost: ${cause}`,
              actor: network,
              cause,
              taken: label,
            },
            sets: [[layout.flightCell(network), rest as unknown as Value]],
            sends: [],
            fair: owed(layout, packet),
            ...clockOfPacket(layout, packet),
          } satisfies Outcome,
        ]
      }),
  }
}

/** Why nobody takes a packet; null if somebody does. */
export function causeOfLoss(layout: Layout, look: Look, packet: Packet, agents: readonly Placed[]): string | null {
  if (packet.hops <= 0) return 'its hop limit ran out'
  const { destination } = packet
  if (holderOf(layout, look, destination) !== undefined) return null
  if (agents.some((agent) => intercepts(layout, look, agent, packet))) return null
  const candidates = layout.candidatesFor(destination)
  if (candidates.length === 0) return `nobody ever holds ${destination}`
  const reasons = candidates.map((n) => {
    const { phase, stop } = layout.attachment(look, n)
    if (phase === 'down') return `${n.name} is down`
    const left = n.stops
      .slice(0, phase === 'gap' ? stop + 1 : stop)
      .some((addresses) => addresses.includes(destination))
    return left ? `${n.name} has left ${networkOf(destination)}` : `${n.name} is not there yet`
  })
  return `nobody holds ${destination}, ${reasons.join(' and ')}`
}

function owed(layout: Layout, packet: Packet): Fairness {
  return { class: kindAndPlace(packet), strength: layout.scenario.losses === 'fair' ? 'strong' : 'weak' }
}

function faultCell(layout: Layout): Cell[] {
  return layout.faults === null || layout.scenario.duplicates === 0 ? [] : [layout.faults]
}

const unique = (cells: readonly Cell[]): Cell[] => [...new Set(cells)]
