import { createHash, createHmac } from 'node:crypto'
import { octetsOf, textOf } from './ipv6-address.ts'

/** A message of the Mobility Header (RFC 6275 §6.1) as its fields are on the wire; cookies and tokens have 8 octets. */
export type MobilityMessage =
  | { readonly type: 'HoTI' | 'CoTI'; readonly cookie: Buffer }
  | { readonly type: 'HoT' | 'CoT'; readonly nonceIndex: number; readonly cookie: Buffer; readonly token: Buffer }
  | {
      readonly type: 'BU'
      readonly seq: number
      readonly acknowledge: boolean
      /** The H flag: for the home agent. */
      readonly home: boolean
      /** In units of 4 s. */
      readonly lifetime: number
      readonly alternateCareOf?: string
      readonly nonceIndices?: { readonly home: number; readonly careOf: number }
      /** 12 octets (§6.2.7). */
      readonly authenticator?: Buffer
    }
  | {
      readonly type: 'BA'
      readonly status: number
      readonly seq: number
      readonly lifetime: number
      readonly authenticator?: Buffer
    }

/** §6.1.3–§6.1.8. */
const TYPES = { HoTI: 1, CoTI: 2, HoT: 3, CoT: 4, BU: 5, BA: 6 } as const
/** §6.2. */
const OPTION = { pad1: 0, padN: 1, alternateCareOf: 3, nonceIndices: 4, authorization: 5 } as const
const NO_NEXT_HEADER = 59
const AUTHENTICATOR = 12
const FLAG = { acknowledge: 0x8000, home: 0x4000 } as const

/** The octets of a message; its checksum is zero, since that depends on the addresses around it. */
export function encodeMobility(message: MobilityMessage): Buffer {
  const parts: Buffer[] = [Buffer.from([NO_NEXT_HEADER, 0, TYPES[message.type], 0, 0, 0])]
  switch (message.type) {
    case 'HoTI':
    case 'CoTI':
      parts.push(u16(0), message.cookie)
      break
    case 'HoT':
    case 'CoT':
      parts.push(u16(message.nonceIndex), message.cookie, message.token)
      break
    case 'BU': {
      const flags = (message.acknowledge ? FLAG.acknowledge : 0) | (message.home ? FLAG.home : 0)
      parts.push(u16(message.seq), u16(flags), u16(message.lifetime))
      // Alignments of §6.2: 8n+6 for the alternate care-of address, 2n for the nonce indices, 8n+2 for the authorization data.
      if (message.alternateCareOf !== undefined) {
        parts.push(pad(parts, 6), Buffer.from([OPTION.alternateCareOf, 16]), octetsOf(message.alternateCareOf))
      }
      if (message.nonceIndices !== undefined) {
        const { home, careOf } = message.nonceIndices
        parts.push(Buffer.from([OPTION.nonceIndices, 4]), u16(home), u16(careOf))
      }
      parts.push(...authorization(parts, message.authenticator))
      break
    }
    case 'BA':
      parts.push(Buffer.from([message.status, 0]), u16(message.seq), u16(message.lifetime))
      parts.push(...authorization(parts, message.authenticator))
  }
  parts.push(pad(parts, 0))
  const bytes = Buffer.concat(parts)
  bytes[1] = bytes.length / 8 - 1
  return bytes
}

function authorization(before: readonly Buffer[], authenticator: Buffer | undefined): Buffer[] {
  if (authenticator === undefined) return []
  return [pad(before, 2), Buffer.from([OPTION.authorization, AUTHENTICATOR]), authenticator]
}

/** Padding up to 8n + `to` (§6.2.2, §6.2.3). */
function pad(before: readonly Buffer[], to: number): Buffer {
  const length = before.reduce((sum, part) => sum + part.length, 0)
  const missing = (((to - length) % 8) + 8) % 8
  if (missing === 0) return Buffer.alloc(0)
  if (missing === 1) return Buffer.from([OPTION.pad1])
  return Buffer.concat([Buffer.from([OPTION.padN, missing - 2]), Buffer.alloc(missing - 2)])
}

/**
 * Reads what `encodeMobility` writes.
 *
 * @returns null where it is no Mobility Header of these types
 */
export function decodeMobility(bytes: Buffer): MobilityMessage | null {
  if (bytes.length < 8 || bytes.length < (bytes[1]! + 1) * 8) return null
  const type = (Object.keys(TYPES) as (keyof typeof TYPES)[]).find((name) => TYPES[name] === bytes[2])
  const body = bytes.subarray(6, (bytes[1]! + 1) * 8)
  switch (type) {
    case 'HoTI':
    case 'CoTI':
      return body.length < 10 ? null : { type, cookie: body.subarray(2, 10) }
    case 'HoT':
    case 'CoT':
      if (body.length < 18) return null
      return { type, nonceIndex: body.readUInt16BE(0), cookie: body.subarray(2, 10), token: body.subarray(10, 18) }
    case 'BU': {
      const flags = body.readUInt16BE(2)
      return {
        type,
        seq: body.readUInt16BE(0),
        acknowledge: (flags & FLAG.acknowledge) !== 0,
        home: (flags & FLAG.home) !== 0,
        lifetime: body.readUInt16BE(4),
        ...optionsOf(body.subarray(6)),
      }
    }
    case 'BA': {
      const { authenticator } = optionsOf(body.subarray(6))
      return {
        type,
        status: body[0]!,
        seq: body.readUInt16BE(2),
        lifetime: body.readUInt16BE(4),
        ...(authenticator === undefined ? {} : { authenticator }),
      }
    }
    default:
      return null
  }
}

type Options = Pick<Extract<MobilityMessage, { type: 'BU' }>, 'alternateCareOf' | 'nonceIndices' | 'authenticator'>

function optionsOf(bytes: Buffer): Options {
  const found: { -readonly [name in keyof Options]: Options[name] } = {}
  for (let at = 0; at + 1 < bytes.length; ) {
    const option = bytes[at]!
    if (option === OPTION.pad1) {
      at += 1
      continue
    }
    const value = bytes.subarray(at + 2, at + 2 + bytes[at + 1]!)
    if (option === OPTION.alternateCareOf && value.length === 16) found.alternateCareOf = textOf(value)
    if (option === OPTION.nonceIndices && value.length === 4)
      found.nonceIndices = { home: value.readUInt16BE(0), careOf: value.readUInt16BE(2) }
    if (option === OPTION.authorization && value.length === AUTHENTICATOR) found.authenticator = value
    at += 2 + value.length
  }
  return found
}

/** §5.2.5  First(64, HMAC_SHA1(Kcn, (address | nonce | 0 or 1))): 0 for a home keygen token, 1 for a care-of keygen token. */
export function keygenToken(key: Buffer, address: string, nonce: Buffer, kind: 'home' | 'care-of'): Buffer {
  const data = Buffer.concat([octetsOf(address), nonce, Buffer.from([kind === 'home' ? 0 : 1])])
  return createHmac('sha1', key).update(data).digest().subarray(0, 8)
}

/** §5.2.5  The binding management key: SHA1 of both tokens. */
export const bindingKey = (homeToken: Buffer, careOfToken: Buffer): Buffer =>
  createHash('sha1').update(homeToken).update(careOfToken).digest()

/** §6.2.7  First(96, HMAC_SHA1(Kbm, (care-of address | correspondent | the message without the authenticator))). */
export function authenticatorFor(
  key: Buffer,
  careOf: string,
  correspondent: string,
  message: Extract<MobilityMessage, { type: 'BU' | 'BA' }>,
): Buffer {
  const bytes = encodeMobility({ ...message, authenticator: Buffer.alloc(AUTHENTICATOR) })
  const signed = bytes.subarray(0, bytes.length - AUTHENTICATOR)
  return createHmac('sha1', key)
    .update(Buffer.concat([octetsOf(careOf), octetsOf(correspondent), signed]))
    .digest()
    .subarray(0, AUTHENTICATOR)
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value & 0xffff)
  return bytes
}
