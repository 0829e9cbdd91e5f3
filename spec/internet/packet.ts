import type { Address, Network } from './address.ts'

/** A message of a protocol: one flat discriminant, `kind`, and plain data. Its kind is the name that its source uses. */
export interface Message {
  readonly kind: string
}

/** A message in flight, bound for an address: whoever holds that address when it arrives gets it. */
export interface Packet<M extends Message = Message> {
  readonly source: Address
  readonly destination: Address
  /** How many more times it may be forwarded (the IPv6 hop limit; only forwarding by agents counts). */
  readonly hops: number
  readonly message: M
  /** In a scenario with time: the network that it was sent from, and a number that tells it from equal ones in flight (none for the first). */
  readonly origin?: Network
  readonly copy?: number
}

/**
 * A packet in a packet (RFC 2473, RFC 2003). A protocol that tunnels lists it among its messages. A tunnel that ends at a
 * role which accepts the inner destination is taken apart before the role sees it.
 */
export interface Tunnel<M extends Message = Message> {
  readonly kind: 'tunnel'
  readonly inner: Packet<M>
}

/** The packet as a node sees it. */
export function asOnTheWire({ origin: _, copy: __, ...packet }: Packet): Packet {
  return packet
}

/** The packet without its tunnels. */
export function innermost(packet: Packet): Packet {
  const { message } = packet
  return isTunnel(message) ? innermost(message.inner) : packet
}

export function isTunnel(message: Message): message is Tunnel {
  return message.kind === 'tunnel'
}

/** A total order of plain data that does not depend on how it was written: JSON with sorted keys. */
export function orderKey(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
