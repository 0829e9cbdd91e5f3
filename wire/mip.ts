import { createHmac } from 'node:crypto'
import { isTunnel, type Packet } from '../spec/internet/packet.ts'
import type { MipMessage } from '../spec/mip/messages.ts'
import type { AddressBook } from './addresses.ts'
import type { Captured } from './pcapng.ts'
import type { Sent } from './timeline.ts'
import { ipv4Octets, udpOverIpv4 } from './udp.ts'

/** RFC 5944 §3.3, §3.4. */
const PORT = 434
const TYPE = { request: 1, reply: 3 } as const
const FLAG = { simultaneous: 0x80, coLocated: 0x20 } as const
const LIFETIME = 1800
/** The extension that each message ends with (§3.5.2). */
const MOBILE_HOME_AUTHENTICATION = 32
const SPI = 256
/** Identification by timestamps (§5.7.1): seconds since 1900, of the day that everything here begins. */
const FIRST_SECOND = 3_900_000_000

/** A mobile node: its home address, its home agent, and where it registers at first. */
export interface Registered {
  readonly home: string
  readonly agent: string
  readonly start: string
  /** The foreign agent that it registers by. */
  readonly by: string | null
}

/** The registrations of a run of `spec/mip` (RFC 5944 §3) over UDP, after those that the model begins with. Left out: what is tunnelled, and advertisements (ICMP). */
export function mipPackets(
  sent: readonly Sent[],
  ip: AddressBook,
  mobiles: readonly Registered[],
): { packets: Captured[]; leftOut: number } {
  const identifications = new Identifications()
  const write = (all: readonly Sent[]): Captured[] =>
    all.flatMap(({ seconds, packet }) => {
      const message = packet.message as MipMessage
      if (isTunnel(message) || message.kind === 'data' || message.kind === 'Agent Advertisement') return []
      const agent = mobiles.find(({ home }) => home === message.home)!.agent
      const payload = encode(message, ip, agent, identifications.of(message.home, message.identification))
      return [{ seconds, bytes: udpOverIpv4(ip(packet.source), ip(packet.destination), PORT, payload) }]
    })
  const before = write(beginning(mobiles).map((packet, i) => ({ seconds: i / 100, packet })))
  const later = write(sent.map(({ seconds, packet }) => ({ seconds: seconds + 1, packet })))
  return { packets: [...before, ...later], leftOut: sent.length - later.length }
}

function beginning(mobiles: readonly Registered[]): Packet[] {
  return mobiles.flatMap(({ home, agent, start, by }) => {
    const request: MipMessage = {
      kind: 'Registration Request',
      home,
      homeAgent: agent,
      careOf: by ?? start,
      identification: 0,
      deregisters: false,
      simultaneous: false,
    }
    const reply: MipMessage = { kind: 'Registration Reply', home, identification: 0, code: '0 accepted' }
    const way = by === null ? [start, agent] : [start, by, agent]
    const hops = way.slice(1).map((to, i) => [way[i]!, to] as const)
    return [
      ...hops.map(([source, destination]): Packet => ({ source, destination, hops: 1, message: request })),
      ...hops.reverse().map(
        ([source, destination]): Packet => ({
          source: destination,
          destination: source,
          hops: 1,
          message: reply,
        }),
      ),
    ]
  })
}

/** Numbers that only grow, for those of the model, which wrap round. */
class Identifications {
  readonly #numbers = new Map<string, number>()
  readonly #last = new Map<string, number>()

  of(home: string, model: number): number {
    const key = `${home} ${model}`
    const last = this.#last.get(home) ?? -1
    const known = this.#numbers.get(key)
    // A number of the model that comes back after others is a new one, half a circle later.
    if (known !== undefined && last - known < 8) return known
    this.#last.set(home, last + 1)
    this.#numbers.set(key, last + 1)
    return last + 1
  }
}

function encode(
  message: Exclude<MipMessage, { kind: 'tunnel' | 'data' | 'Agent Advertisement' }>,
  ip: AddressBook,
  agent: string,
  identification: number,
): Buffer {
  const id = Buffer.alloc(8)
  id.writeUInt32BE(FIRST_SECOND + identification, 0)
  const addresses = [message.home, agent]
  let first: number[]
  let lifetime = LIFETIME
  if (message.kind === 'Registration Request') {
    const coLocated = !message.careOf.endsWith('/fa')
    first = [TYPE.request, (message.simultaneous ? FLAG.simultaneous : 0) | (coLocated ? FLAG.coLocated : 0)]
    if (message.deregisters) lifetime = 0
    addresses.push(message.careOf)
  } else {
    const code = Number.parseInt(message.code, 10)
    first = [TYPE.reply, code]
    if (code > 1) lifetime = 0
  }
  const seconds = Buffer.alloc(2)
  seconds.writeUInt16BE(lifetime)
  const body = Buffer.concat([Buffer.from(first), seconds, ...addresses.map((one) => ipv4Octets(ip(one))), id])
  const extension = Buffer.from([MOBILE_HOME_AUTHENTICATION, 4 + 16, 0, 0, SPI >> 8, SPI & 0xff])
  // §3.5.1: HMAC-MD5 over the message and the extension up to the authenticator.
  const authenticated = Buffer.concat([body, extension])
  return Buffer.concat([authenticated, createHmac('md5', `key of ${message.home}`).update(authenticated).digest()])
}
