import { createHash, createHmac } from 'node:crypto'
import type { HipMessage } from '../spec/hip/messages.ts'
import type { Packet } from '../spec/internet/packet.ts'
import type { AddressBook } from './addresses.ts'
import { encodeIpv6, NEXT, withChecksum } from './ipv6.ts'
import { octetsOf } from './ipv6-address.ts'
import type { Captured } from './pcapng.ts'
import type { Sent } from './timeline.ts'

/** RFC 7401 §5.3. */
const PACKET = { update: 16, close: 18 } as const
/** RFC 7401 §5.2, RFC 8046 §4, RFC 8003 §4: parameters stand in the order of their types. */
const PARAMETER = {
  espInfo: 65,
  locatorSet: 193,
  seq: 385,
  ack: 449,
  echoRequest: 897,
  registrationRequest: 930,
  registrationResponse: 934,
  echoResponse: 961,
  hmac: 61505,
} as const
const VERSION = 2
const CHECKSUM_AT = 4
const RENDEZVOUS = 1
const SPI = 0x1000
/** Each host counts its updates from somewhere. */
const FIRST_ID = 100

/**
 * The messages of a run of `spec/hip` as HIP packets (RFC 7401 §5.3.5) over IPv6, with their HMAC. Left out: signatures, which the model leaves out too,
 * and the base exchange, which comes before what is modelled.
 */
export function hipPackets(sent: readonly Sent[], ip: AddressBook): { packets: Captured[]; leftOut: number } {
  const packets = sent.flatMap(({ seconds, packet }): Captured[] => {
    const payload = encode(packet, ip)
    if (payload === null) return []
    const [source, destination] = [ip(packet.source), ip(packet.destination)]
    const other = withChecksum(payload, NEXT.hip, CHECKSUM_AT, source, destination)
    return [
      { seconds, bytes: encodeIpv6({ source, destination, hopLimit: 64, payload: { other, nextHeader: NEXT.hip } }) },
    ]
  })
  return { packets, leftOut: sent.length - packets.length }
}

/** Who is meant by an address: 'west-2/a' is host a, 'rvs-a/server' its rendezvous server. */
const identityOf = (address: string): string => {
  const [network, node] = address.split('/') as [string, string]
  return node === 'server' ? network : node
}

function encode({ source, destination, message }: Packet, ip: AddressBook): Buffer | null {
  const m = message as HipMessage
  const [me, you] = [identityOf(source), identityOf(destination)]
  // What a rendezvous server relays is still between the hosts.
  const sender = m.kind === 'UPDATE (LOCATOR_SET)' ? m.from : me
  const receiver = m.kind === 'UPDATE (LOCATOR_SET)' ? (m.from === 'a' ? 'b' : 'a') : you
  switch (m.kind) {
    case 'UPDATE (LOCATOR_SET)':
      return hipPacket(PACKET.update, sender, receiver, [espInfo, locatorSet(ip(m.locator)), seq(m.id)])
    case 'UPDATE (ACK, ECHO_REQUEST)':
      return hipPacket(PACKET.update, me, you, [espInfo, ack(m.id), [PARAMETER.echoRequest, nonce(you, m.id)]])
    case 'UPDATE (ECHO_RESPONSE)':
      return hipPacket(PACKET.update, me, you, [[PARAMETER.echoResponse, nonce(me, m.id)]])
    case 'CLOSE':
      return hipPacket(PACKET.close, me, you, [[PARAMETER.echoRequest, nonce(you, 0)]])
    case 'registration':
      return hipPacket(PACKET.update, me, you, [
        locatorSet(ip(m.locator)),
        seq(m.id),
        [PARAMETER.registrationRequest, Buffer.from([1, RENDEZVOUS])],
      ])
    case 'registration response':
      return hipPacket(PACKET.update, me, you, [
        ack(m.id),
        [PARAMETER.registrationResponse, Buffer.from([1, RENDEZVOUS])],
      ])
    default:
      return null
  }
}

type Parameter = readonly [type: number, contents: Buffer]

const seq = (id: number): Parameter => [PARAMETER.seq, u32(FIRST_ID + id)]
const ack = (id: number): Parameter => [PARAMETER.ack, u32(FIRST_ID + id)]
/** RFC 8046 §3.2.1: a move without rekeying keeps the SPI. */
const espInfo: Parameter = [PARAMETER.espInfo, Buffer.concat([Buffer.alloc(4), u32(SPI), u32(SPI)])]
/** What an echo repeats: it says which update it is about. */
const nonce = (whose: string, id: number): Buffer =>
  Buffer.concat([createHash('sha256').update(`echo to ${whose}`).digest().subarray(0, 4), u32(FIRST_ID + id)])

/** RFC 8046 §4: one preferred locator, type 1 (an SPI and an address), for two minutes. */
function locatorSet(address: string): Parameter {
  return [PARAMETER.locatorSet, Buffer.concat([Buffer.from([0, 1, 5, 1]), u32(120), u32(SPI), octetsOf(address)])]
}

/** A Host Identity Tag: an ORCHID (RFC 7343) of the name. */
export const hitOf = (name: string): Buffer =>
  Buffer.concat([
    Buffer.from([0x20, 0x01, 0x00, 0x21]),
    createHash('sha256').update(`HIT of ${name}`).digest().subarray(0, 12),
  ])

function hipPacket(type: number, sender: string, receiver: string, parameters: readonly Parameter[]): Buffer {
  const build = (all: readonly Parameter[]): Buffer => {
    const rest = Buffer.concat([hitOf(sender), hitOf(receiver), ...all.map(tlv)])
    // §5.1: in units of 8 octets, without the first 8.
    const header = Buffer.from([NEXT.noNext, rest.length / 8, type, (VERSION << 4) | 1, 0, 0, 0, 0])
    return Buffer.concat([header, rest])
  }
  const key = createHash('sha256')
    .update(`key of ${[sender, receiver].sort().join(' and ')}`)
    .digest()
  // §6.4.1: over the packet without the HMAC, its checksum zero.
  return build([...parameters, [PARAMETER.hmac, createHmac('sha256', key).update(build(parameters)).digest()]])
}

/** §5.2.1: padded to a multiple of 8 octets. */
function tlv([type, contents]: Parameter): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt16BE(type, 0)
  head.writeUInt16BE(contents.length, 2)
  const length = 4 + contents.length
  return Buffer.concat([head, contents, Buffer.alloc((8 - (length % 8)) % 8)])
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value >>> 0)
  return bytes
}
