import { networkOf } from '../../spec/index.ts'
import { NoAnswer } from '../no-answer.ts'
import type { Searches } from '../searches.ts'
import { type Leg, legsOf } from './datagram.ts'
import type { Handoff } from './handoff.ts'
import { handoffOf, hopsOf } from './handoff.ts'
import { evenly, type Topology } from './topology.ts'

/** What one handoff of one host costs, counted in a run; and what data cost after it. */
export interface Cost {
  readonly target: string
  readonly messages: number
  /** Every two nodes 5 hops apart; and where what is at home is far. */
  readonly hops: number
  readonly hopsFarHome: number
  /** Of IP packets; null where the messages have no form on the wire here. */
  readonly bytes: number | null
  /** Nodes that data pass on their way from the host that moved to its peer, and headers around them at most; null: they do not arrive, or are not asked. */
  readonly data: { readonly by: number; readonly tunnels: number } | null
}

/** Hops between hosts, to what is in the network of a host, and to what is at home, where that is far. */
const [APART, NEAR, FAR] = [5, 1, 15]

/** Where what is at home (home agents, registrars, servers) is further away than the peer. */
function farHome({ after }: Handoff): Topology {
  const { nodes } = after.layout.topology
  const kindOf = (name: string): 'host' | 'local' | 'home' => {
    const n = nodes.find((one) => one.name === name)!
    if (n.mobile || n.stops.flat().some((address) => address.endsWith(`/${name}`))) return 'host'
    return n.stops.flat().some((address) => /^(west|east)-/.test(networkOf(address))) ? 'local' : 'home'
  }
  const hops: Record<string, number> = {}
  for (const { name: one } of nodes)
    for (const { name: other } of nodes) {
      const kinds = [kindOf(one), kindOf(other)]
      hops[`${one}-${other}`] = kinds.includes('home')
        ? FAR
        : kinds.includes('host') && kinds.includes('local')
          ? NEAR
          : APART
    }
  return { places: {}, hops, otherwise: APART }
}

/**
 * The costs of a variant.
 *
 * @param bytesOf what the messages of its run take on the wire, in bytes; null where they have no form
 * @throws NoAnswer where there is no run in which a handoff comes to its end
 */
export function costOf(searches: Searches, target: string, bytesOf: (handoff: Handoff) => number | null): Cost {
  const handoff = handoffOf(searches, target)
  const legs = dataAfter(handoff)
  return {
    target,
    messages: handoff.messages.length,
    hops: hopsOf(handoff.messages, evenly(APART)),
    hopsFarHome: hopsOf(handoff.messages, farHome(handoff)),
    bytes: bytesOf(handoff),
    data: legs && { by: legs.length - 1, tunnels: Math.max(...legs.map(({ tunnels }) => tunnels)) },
  }
}

function dataAfter({ after, found }: Handoff): Leg[] | null {
  const [one, other] = found.variant.subject.ends
  try {
    return legsOf(after, one, other)
  } catch (error) {
    if (error instanceof NoAnswer) return null
    throw error
  }
}
