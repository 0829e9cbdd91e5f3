import { checksum } from './checksum.ts'
import { octetsOf, textOf } from './ipv6-address.ts'
import { decodeMobility, encodeMobility, type MobilityMessage } from './mobility-header.ts'

/** An IPv6 packet with what Mobile IPv6 adds to it: a home address, a type 2 routing header, a Mobility Header, a tunnel. */
export interface Ipv6Packet {
  readonly source: string
  readonly destination: string
  readonly hopLimit: number
  /** The Home Address option: whose packet it is (RFC 6275 §6.3). */
  readonly homeAddress?: string
  /** The type 2 routing header: the home address that it is for (§6.4). */
  readonly routingHome?: string
  readonly payload:
    | { readonly mobility: MobilityMessage }
    | { readonly tunnel: Ipv6Packet }
    | { readonly other: Buffer; readonly nextHeader: number }
}

/** https://www.iana.org/assignments/protocol-numbers */
export const NEXT = { ipv6: 41, routing: 43, noNext: 59, destinationOptions: 60, mobility: 135, hip: 139 } as const
const HOME_ADDRESS_OPTION = 201
const CHECKSUM_AT = 4

/** The octets of a packet, with its checksum (RFC 8200 §3, §8.1; RFC 6275 §6.1.1). */
export function encodeIpv6(packet: Ipv6Packet): Buffer {
  const { source, destination, homeAddress, routingHome } = packet
  // Both ends compute with the addresses that are meant: home addresses, where there are any (§11.3.1).
  const ends = [homeAddress ?? source, routingHome ?? destination] as const
  const [nextHeader, payload] = payloadOf(packet, ends)
  const headers: Buffer[] = []
  let next: number = nextHeader
  if (homeAddress !== undefined) {
    const padding = [1, 2, 0, 0]
    headers.unshift(Buffer.concat([Buffer.from([next, 2, ...padding, HOME_ADDRESS_OPTION, 16]), octetsOf(homeAddress)]))
    next = NEXT.destinationOptions
  }
  if (routingHome !== undefined) {
    headers.unshift(Buffer.concat([Buffer.from([next, 2, 2, 1, 0, 0, 0, 0]), octetsOf(routingHome)]))
    next = NEXT.routing
  }
  const rest = Buffer.concat([...headers, payload])
  const header = Buffer.alloc(8)
  header[0] = 0x60
  header.writeUInt16BE(rest.length, 4)
  header[6] = next
  header[7] = packet.hopLimit
  return Buffer.concat([header, octetsOf(source), octetsOf(destination), rest])
}

function payloadOf({ payload }: Ipv6Packet, ends: readonly [string, string]): [number, Buffer] {
  if ('tunnel' in payload) return [NEXT.ipv6, encodeIpv6(payload.tunnel)]
  if ('other' in payload) return [payload.nextHeader, payload.other]
  return [NEXT.mobility, withChecksum(encodeMobility(payload.mobility), NEXT.mobility, CHECKSUM_AT, ...ends)]
}

/** Fills in a checksum that covers the pseudo-header of RFC 8200 §8.1. */
export function withChecksum(
  bytes: Buffer,
  nextHeader: number,
  at: number,
  source: string,
  destination: string,
): Buffer {
  const filled = Buffer.from(bytes)
  filled.writeUInt16BE(0, at)
  const pseudo = Buffer.alloc(8)
  pseudo.writeUInt32BE(bytes.length, 0)
  pseudo[7] = nextHeader
  filled.writeUInt16BE(checksum(Buffer.concat([octetsOf(source), octetsOf(destination), pseudo, filled])), at)
  return filled
}

/**
 * Reads what `encodeIpv6` writes.
 *
 * @throws Error where it is no IPv6, is cut off, or its Mobility Header has a wrong checksum
 */
export function decodeIpv6(bytes: Buffer): Ipv6Packet {
  if (bytes.length < 40 || bytes[0]! >> 4 !== 6) throw new Error('It is no IPv6 packet.')
  const length = bytes.readUInt16BE(4)
  if (bytes.length < 40 + length) throw new Error(`It is cut off: ${bytes.length - 40} of ${length} octets.`)
  let nextHeader = bytes[6]!
  let rest = bytes.subarray(40, 40 + length)
  const source = textOf(bytes.subarray(8, 24))
  const destination = textOf(bytes.subarray(24, 40))
  const found: { homeAddress?: string; routingHome?: string } = {}
  while (nextHeader === NEXT.routing || nextHeader === NEXT.destinationOptions) {
    const size = 8 * ((rest[1] ?? 0) + 1)
    if (rest.length < size) throw new Error('An extension header is cut off.')
    const home = textOf(rest.subarray(8, 24))
    if (nextHeader === NEXT.routing) found.routingHome = home
    else found.homeAddress = home
    nextHeader = rest[0]!
    rest = rest.subarray(size)
  }
  const around = { source, destination, hopLimit: bytes[7]!, ...found }
  if (nextHeader === NEXT.ipv6) return { ...around, payload: { tunnel: decodeIpv6(rest) } }
  if (nextHeader !== NEXT.mobility) return { ...around, payload: { other: rest, nextHeader } }
  const right = withChecksum(
    rest,
    NEXT.mobility,
    CHECKSUM_AT,
    found.homeAddress ?? source,
    found.routingHome ?? destination,
  )
  if (!right.equals(rest)) throw new Error('The checksum of the Mobility Header is wrong.')
  const mobility = decodeMobility(rest)
  if (mobility === null) throw new Error(`A Mobility Header of type ${rest[2]} is not known here.`)
  return { ...around, payload: { mobility } }
}
