/** A packet of a capture: whole seconds and their parts, and the bytes from the IP header on. */
export interface Captured {
  readonly seconds: number
  readonly bytes: Uint8Array
}

/** Packets begin with an IP header: no link layer (https://www.tcpdump.org/linktypes.html). */
const LINKTYPE_RAW = 101

/** A capture as Wireshark opens it: a section, one interface, an enhanced packet block each (draft-ietf-opsawg-pcapng §4). */
export function pcapng(packets: readonly Captured[]): Uint8Array {
  const section = block(0x0a0d0d0a, (at) => [
    at.u32(0x1a2b3c4d),
    at.u16(1),
    at.u16(0),
    // The length of the section is not said.
    at.u32(0xffffffff),
    at.u32(0xffffffff),
  ])
  const interfaceDescription = block(1, (at) => [at.u16(LINKTYPE_RAW), at.u16(0), at.u32(0)])
  const blocks = packets.map(({ seconds, bytes }) => {
    const microseconds = BigInt(Math.round(seconds * 1e6))
    return block(6, (at) => [
      at.u32(0),
      at.u32(Number(microseconds >> 32n)),
      at.u32(Number(microseconds & 0xffffffffn)),
      at.u32(bytes.length),
      at.u32(bytes.length),
      Buffer.concat([bytes, new Uint8Array((4 - (bytes.length % 4)) % 4)]),
    ])
  })
  return Buffer.concat([section, interfaceDescription, ...blocks])
}

const numbers = {
  u16(value: number): Buffer {
    const bytes = Buffer.alloc(2)
    bytes.writeUInt16LE(value)
    return bytes
  },
  u32(value: number): Buffer {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32LE(value >>> 0)
    return bytes
  },
}

/** Type and length before, length after (§3.1). */
function block(type: number, parts: (at: typeof numbers) => Uint8Array[]): Buffer {
  const body = Buffer.concat(parts(numbers))
  const length = numbers.u32(body.length + 12)
  return Buffer.concat([numbers.u32(type), length, body, length])
}
