import { createHmac } from 'node:crypto'

/** An Authentication Header (RFC 4302 §2): next header, length, 16 reserved bits, SPI, sequence number; then 12 octets for the check value, as 0. */
export function header(reserved: number): Buffer {
  const bytes = Buffer.alloc(24)
  bytes.writeUInt8(17, 0)
  bytes.writeUInt8(bytes.length / 4 - 2, 1)
  bytes.writeUInt16BE(reserved, 2)
  bytes.writeUInt32BE(0x1234, 4)
  bytes.writeUInt32BE(1, 8)
  return bytes
}

/** HMAC-SHA-1-96 (RFC 2404) over all of the header, reserved bits included. */
export const checkValue = (ah: Buffer): Buffer => createHmac('sha1', 'a key').update(ah).digest().subarray(0, 12)
