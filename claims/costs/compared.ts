import type { Searches } from '../searches.ts'
import { hopsOfLegs, type Leg, legsOf } from './datagram.ts'
import { type Handoff, handoffOf, hopsOf, type Said } from './handoff.ts'
import { hopsBetween, isAt, type Topology } from './topology.ts'

/**
 * What paper 003 §IV compares, counted in runs: TMSP, the basic mode of MIPv6, and SIP beside MIPv6. In the third both are done, the re-INVITE and
 * registration of SIP and the binding of MIPv6; media go by the one, connections by the other.
 */
const RUNS = {
  tmsp: { signalling: ['tmsp/direct'], data: 'tmsp/direct' },
  mipv6: { signalling: ['mipv6/tunnel'], data: 'mipv6/tunnel' },
  'sip-mipv6-tcp': { signalling: ['sip-paper/direct', 'mipv6/tunnel'], data: 'mipv6/tunnel' },
  'sip-mipv6-udp': { signalling: ['sip-paper/direct', 'mipv6/tunnel'], data: 'sip-paper/direct' },
  /** Not in the paper: with the ACK that an INVITE needs. */
  'sip-with-ack': { signalling: ['sip/direct'], data: 'sip/direct' },
  /** Not in the paper: MIPv6 as it would be compared with. */
  'mipv6-ro': { signalling: ['mipv6/ro-seed'], data: 'mipv6/ro-seed' },
} as const
export type Compared = keyof typeof RUNS

/** Messages by which a host gets an address from a DHCP server (RFC 2131 §3.1): the model has addresses, and no DHCP. */
const DHCP_MESSAGES = 4

/** Where the nodes of those runs are, in the paper's words. Its correspondent needs no agent: that of the model's is where the correspondent is. */
const PLACES = {
  a: 'MN',
  b: 'CN',
  'ha-a': 'HA',
  'ha-b': 'CN',
  'rs-a': 'RS',
  'rs-b': 'RS',
  'server-a': 'RS',
  'server-b': 'RS',
} as const

/** Hops between two network entities, those that are named apart (003 §IV). Names: MN, CN, HA, RS (redirect server), DHCP. */
export const topologyOf003 = (otherwise: number, hops: Readonly<Record<string, number>>): Topology => ({
  places: PLACES,
  hops,
  otherwise,
})

/** In hops (003 eqs 1–6). */
export interface Signalling {
  /** To get an address, and to tell servers and agents. */
  readonly movement: number
  /** To tell the correspondents. */
  readonly maintenance: number
}

/**
 * What a handoff costs, in hops of its messages.
 *
 * @param correspondents η: the model has one; each further one is told as it is
 */
export function signallingOf(
  searches: Searches,
  compared: Compared,
  topology: Topology,
  correspondents: number,
): Signalling {
  const runs = RUNS[compared].signalling.map((target) => handoffOf(searches, target))
  const messages = runs.flatMap((run) => run.messages)
  const withCorrespondent = ({ from, to }: Said): boolean => isAt(topology, from, 'CN') || isAt(topology, to, 'CN')
  const addresses = Math.max(...runs.map(({ attachments }) => attachments))
  const others = messages.filter((said) => !withCorrespondent(said))
  return {
    movement: addresses * DHCP_MESSAGES * hopsBetween(topology, 'MN', 'DHCP') + hopsOf(others, topology),
    maintenance: correspondents * hopsOf(messages.filter(withCorrespondent), topology),
  }
}

/**
 * The way of data after the handoff, from the correspondent or to it. What MIPv6 sends straight to its correspondent has the home address in an option or
 * a routing header (RFC 6275 §6.3, §6.4); the model has no such field, and the end that moves one.
 */
export function dataOf(searches: Searches, compared: Compared, way: 'from CN' | 'to CN'): Leg[] {
  const target = RUNS[compared].data
  const { after } = handoffOf(searches, target)
  const legs = way === 'from CN' ? legsOf(after, 'b', 'a') : legsOf(after, 'a', 'b')
  const isOptimized = target.startsWith('mipv6/') && legs.length === 1
  return isOptimized ? legs.map((leg) => ({ ...leg, addresses: 1 })) : legs
}

/** Hops of a datagram (003 eqs 7–10). */
export const transmissionOf = (searches: Searches, compared: Compared, topology: Topology): number =>
  hopsOfLegs(dataOf(searches, compared, 'to CN'), topology)

/** The runs of what is compared. */
export const runsOf = (searches: Searches, compared: Compared): Handoff[] =>
  RUNS[compared].signalling.map((target) => handoffOf(searches, target))
