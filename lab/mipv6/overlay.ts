import { SERVERS, ADDRESSES as UNDERLAY } from '../network.ts'
import { ADDRESSES } from './simulation.ts'

/**
 * IPv6 in UDP over the lab's IPv4, as dual-stack Mobile IPv6 does it behind NATs (RFC 5555 §4.4.1): where an IPv6 packet goes is decided by its
 * destination, a care-of address being that of a host's interface, and everything at home the home agent's.
 */
export const PORT = 4191

export const underlayOf: Readonly<Record<string, string>> = Object.fromEntries(
  (['a', 'b'] as const).flatMap((end, i) => {
    const { home, agent, careOf } = ADDRESSES[end]
    return [
      ...[0, 1].map((stop) => [careOf(stop), UNDERLAY[end][stop as 0 | 1]]),
      ...[home, agent].map((address) => [address, SERVERS[i]!]),
    ]
  }),
)
