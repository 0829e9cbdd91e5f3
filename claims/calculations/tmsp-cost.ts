import { type Compared, dataOf, signallingOf, topologyOf003, transmissionOf } from '../costs/compared.ts'
import { bytesOnLinks } from '../costs/datagram.ts'
import type { Searches } from '../searches.ts'
import { above0, probability, whole } from './quantities.ts'

/** Paper 003 §IV: what its equations make of what is counted in runs of the model. Costs are in hops, lengths in bytes. */

/** Hops between two network entities, and to the DHCP server (§IV). */
export const HOPS = 5
export const DHCP = 1
/** §IV-C: hops directly, of measurements that it cites. */
export const DIRECT_HOPS = 15

/** What costs depend on, besides the protocol. */
export interface Setting {
  /** Hops between two entities; to the DHCP server. */
  readonly hops: number
  readonly dhcp: number
  /** η, correspondents that are told. */
  readonly correspondents: number
}
export const PRINTED: Setting = { hops: HOPS, dhcp: DHCP, correspondents: 1 }

const topologyOf = ({ hops, dhcp }: Setting) => topologyOf003(hops, { 'MN-DHCP': dhcp })

/** Equations 1–3: what a movement costs; 4–6: what it takes to tell the correspondents; in hops. */
export const signalling = (searches: Searches, compared: Compared, setting = PRINTED) =>
  signallingOf(
    searches,
    compared,
    topologyOf(setting),
    whole('η, the number of correspondents', setting.correspondents),
  )

/** §IV-A, the sentence before Fig. 5: (1 − α)·C_movement + α·C_maintain, in hops. α: how likely a handoff is one with active connections. */
export function asPrinted(searches: Searches, compared: Compared, active: number, setting = PRINTED): number {
  const { movement, maintenance } = signalling(searches, compared, setting)
  return (1 - probability('α', active)) * movement + active * maintenance
}

/** What follows from C_signalling = C_movement + C_maintain, the latter in active handoffs only; in hops. */
export function corrected(searches: Searches, compared: Compared, active: number, setting = PRINTED): number {
  const { movement, maintenance } = signalling(searches, compared, setting)
  return movement + probability('α', active) * maintenance
}

/** Fig. 6: hops until so many packets are sent, with one handoff before them. */
export function transmission(searches: Searches, compared: Compared, packets: number, setting = PRINTED): number {
  const { movement, maintenance } = signalling(searches, compared, setting)
  return movement + maintenance + packets * transmissionOf(searches, compared, topologyOf(setting))
}

/** What is saved of what was there before, in per cent. */
export const gain = (before: number, after: number): number =>
  (100 * (before - after)) / above0('A cost', before, 'hops or bytes')

/** Bytes of a datagram of the flow (§IV-C), of an outer header, and of a Home Address option or a routing header (RFC 6275 §6.3, §6.4). */
export const L = 180
export const TUNNEL = 20
export const ADDRESS_OPTION = 8 + 16

/** Datagrams a second, and kilobits a second. */
export const RATE = 89
export const flow = (RATE * L * 8) / 1000

/** Hops of the direct way, and of the two parts of the way by the home agent. */
export interface Ways {
  readonly direct: number
  readonly toAgent: number
  readonly fromAgent: number
}

/** Equations 11 and 12: bytes that a datagram from the correspondent puts on links; the rate and the duration of the flow cancel in a gain. */
export const traffic = (searches: Searches, compared: Compared, { direct, toAgent, fromAgent }: Ways): number =>
  bytesOnLinks(
    dataOf(searches, compared, 'from CN'),
    topologyOf003(Number.NaN, { 'MN-CN': direct, 'HA-CN': toAgent, 'MN-HA': fromAgent }),
    { datagram: L, outerHeader: TUNNEL, addressOption: ADDRESS_OPTION },
  )

const gainOf = (searches: Searches, ways: Ways): number =>
  gain(traffic(searches, 'mipv6', ways), traffic(searches, 'tmsp', ways))

/** Fig. 7: the correspondent is one hop from the home agent. In per cent. */
export const fig7 = (searches: Searches, direct: number, fromAgent: number): number =>
  gainOf(searches, { direct, toAgent: 1, fromAgent })

/** The hops of the direct way with which all that is gained at a point of Fig. 7 is the outer header: 'the same number of hops'. */
export function hopsOfEqualWays(searches: Searches, fromAgent: number): number[] {
  const ways = (direct: number): Ways => ({ direct, toAgent: 1, fromAgent })
  const header = (100 * TUNNEL * fromAgent) / traffic(searches, 'mipv6', ways(1))
  return Array.from({ length: 30 }, (_, i) => i + 1).filter(
    (hops) => Math.abs(gainOf(searches, ways(hops)) - header) < 1e-9,
  )
}

/** Fig. 8: the way by the home agent has so many hops in all. In per cent. */
export const TRIANGLE = 30
export const fig8 = (searches: Searches, direct: number, fromAgent: number): number =>
  gainOf(searches, { direct, toAgent: TRIANGLE - fromAgent, fromAgent })
