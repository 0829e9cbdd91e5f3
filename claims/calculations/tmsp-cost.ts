/** Paper 003 §IV: costs in hops and bytes, as the paper defines them. */

export const HOPS = 5
/** §IV-C: hops directly, of measurements that it cites. */
export const DIRECT_HOPS = 15
export const DHCP = 1

/** What it takes to get an address, in hops. */
export const addressing = 4 * DHCP

/** Equations 1–3: what a movement costs, in hops. */
export const movement = {
  tmsp: addressing + 2 * HOPS,
  mipv6: addressing + 2 * HOPS,
  sipMipv6: addressing + 2 * HOPS + 2 * HOPS,
} as const

/** Equations 4–6, for one correspondent; with an ACK an INVITE takes three messages. */
export const maintenance = { tmsp: 2 * HOPS, mipv6: 0, sipMipv6: 2 * HOPS } as const
export const maintenanceWithAck = 3 * HOPS

export type Protocol = keyof typeof movement

/** §IV-A: the sentence before Fig. 5. */
export const asPrinted = (p: Protocol, active: number): number => (1 - active) * movement[p] + active * maintenance[p]

/** What follows from C_signalling = C_movement + C_maintain, the latter in active handoffs only. */
export const corrected = (p: Protocol, active: number): number => movement[p] + active * maintenance[p]

/** Fig. 6: hops until n packets are sent, with one movement. */
export const transmission = {
  tmsp: (n: number): number => movement.tmsp + maintenance.tmsp + HOPS * n,
  mipv6: (n: number): number => movement.mipv6 + 2 * HOPS * n,
  sipMipv6Tcp: (n: number): number => movement.sipMipv6 + maintenance.sipMipv6 + 2 * HOPS * n,
  sipMipv6Udp: (n: number): number => movement.sipMipv6 + maintenance.sipMipv6 + HOPS * n,
} as const

/** In per cent. */
export const gain = (before: number, after: number): number => (100 * (before - after)) / before

/** Bytes of a datagram of the flow (003 §IV-C), of an outer header, and of a Home Address option or a routing header (RFC 6275 §6.3, §6.4). */
const L = 180
const TUNNEL = 20
export const ADDRESS_OPTION = 8 + 16

/** Datagrams a second, and kilobits. */
export const RATE = 89
export const flow = (RATE * L * 8) / 1000

/** Equations 11 and 12: bytes on links a packet; the rate and the duration of the flow cancel in a gain. */
export const mipv6Traffic = (toAgent: number, fromAgent: number): number => L * toAgent + (L + TUNNEL) * fromAgent
export const tmspTraffic = (hops: number): number => L * hops
/** With route optimization there is no detour, but an address in each datagram. */
export const optimizedTraffic = (hops: number): number => (L + ADDRESS_OPTION) * hops

/** Fig. 7: the correspondent is one hop from the home agent. */
export const fig7 = (direct: number, fromAgent: number): number => gain(mipv6Traffic(1, fromAgent), tmspTraffic(direct))

/** The hops of the direct way with which all that is gained at a point of Fig. 7 is the outer header: 'the same number of hops'. */
export function hopsOfEqualWays(fromAgent: number): number[] {
  const header = (100 * TUNNEL * fromAgent) / mipv6Traffic(1, fromAgent)
  return Array.from({ length: 30 }, (_, i) => i + 1).filter((hops) => Math.abs(fig7(hops, fromAgent) - header) < 1e-9)
}

/** Fig. 8: a triangle of 30 hops. */
export const fig8 = (direct: number, fromAgent: number): number =>
  gain(mipv6Traffic(30 - fromAgent, fromAgent), tmspTraffic(direct))
