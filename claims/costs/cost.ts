import { networkOf } from '../../spec/index.ts'
import type { Searches } from '../searches.ts'
import { accountOf } from './account.ts'
import type { LengthsOf } from './formats.ts'
import { type Handoff, handoffOf } from './handoff.ts'
import { evenly, type Topology } from './topology.ts'

/** What one handoff of one host costs, counted in a run; and what data cost after it. */
export interface Cost {
  readonly target: string
  readonly messages: number
  /** Every two nodes 5 hops apart; and where what is at home is far. */
  readonly hops: number
  readonly hopsFarHome: number
  /** Of IP packets; null where neither a writer nor a format says how long they are. */
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
 * @param written what the messages of its run take on the wire
 * @throws NoAnswer where there is no run in which a handoff comes to its end
 */
export function costOf(searches: Searches, target: string, written: LengthsOf): Cost {
  const asked = { handoffs: 1, seconds: 0, refreshes: [], outerHeader: 0 }
  const handoff = handoffOf(searches, target)
  const near = accountOf(searches, target, { ...asked, topology: evenly(APART) }, written)
  const far = accountOf(searches, target, { ...asked, topology: farHome(handoff) }, written)
  const { by, tunnels } = near.data[0]!
  return {
    target,
    messages: near.handoff.messages,
    hops: near.handoff.hops,
    hopsFarHome: far.handoff.hops,
    bytes: near.handoff.bytes,
    data: by === null ? null : { by: by.length, tunnels: tunnels! },
  }
}
