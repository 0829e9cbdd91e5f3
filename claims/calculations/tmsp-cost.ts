/** Paper 003 §IV: costs in hops and bytes, as the paper defines them. */

export const HOPS = 5
const DHCP = 1

/** Equations 1–3: what a movement costs, in hops. */
export const movement = {
  tmsp: 4 * DHCP + 2 * HOPS,
  mipv6: 4 * DHCP + 2 * HOPS,
  sipMipv6: 4 * DHCP + 2 * HOPS + 2 * HOPS,
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

const L = 180
const TUNNEL = 20

/** Equations 11 and 12: bytes on links a packet; the rate and the duration of the flow cancel in a gain. */
export const mipv6Traffic = (toAgent: number, fromAgent: number): number => L * toAgent + (L + TUNNEL) * fromAgent
export const tmspTraffic = (hops: number): number => L * hops

/** Fig. 7: the correspondent is one hop from the home agent. */
export const fig7 = (direct: number, fromAgent: number): number => gain(mipv6Traffic(1, fromAgent), tmspTraffic(direct))

/** Fig. 8: a triangle of 30 hops. */
export const fig8 = (direct: number, fromAgent: number): number =>
  gain(mipv6Traffic(30 - fromAgent, fromAgent), tmspTraffic(direct))
