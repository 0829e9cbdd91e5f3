import { checksum } from './checksum.ts'

/** A UDP datagram in an IPv4 packet, with both checksums (RFC 791 §3.1, RFC 768). */
export function udpOverIpv4(source: string, destination: string, port: number, payload: Uint8Array): Uint8Array {
  const udp = Buffer.alloc(8)
  udp.writeUInt16BE(port, 0)
  udp.writeUInt16BE(port, 2)
  udp.writeUInt16BE(8 + payload.length, 4)
  const addresses = Buffer.from([...ipv4Octets(source), ...ipv4Octets(destination)])
  const pseudo = Buffer.concat([addresses, Buffer.from([0, UDP]), udp.subarray(4, 6)])
  // Zero means that there is no checksum.
  udp.writeUInt16BE(checksum(Buffer.concat([pseudo, udp, payload])) || 0xffff, 6)

  const ip = Buffer.alloc(20)
  ip[0] = 0x45
  ip.writeUInt16BE(20 + 8 + payload.length, 2)
  ip[8] = 64
  ip[9] = UDP
  addresses.copy(ip, 12)
  ip.writeUInt16BE(checksum(ip), 10)
  return Buffer.concat([ip, udp, payload])
}

const UDP = 17

/** '10.0.0.1' as four octets. */
export const ipv4Octets = (address: string): Uint8Array => Uint8Array.from(address.split('.').map(Number))
