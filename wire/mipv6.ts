import { createHmac } from 'node:crypto'
import { isTunnel, type Packet } from '../spec/internet/packet.ts'
import type { BindingStatus, CareOfToken, HomeToken, Mipv6Message } from '../spec/mipv6/messages.ts'
import type { AddressBook } from './addresses.ts'
import { encodeIpv6, type Ipv6Packet } from './ipv6.ts'
import { authenticatorFor, bindingKey, keygenToken, type MobilityMessage } from './mobility-header.ts'
import type { Captured } from './pcapng.ts'
import type { Sent } from './timeline.ts'

/** A mobile node: its home address, its home agent, and where it is at first. */
export interface Mobile {
  readonly home: string
  readonly agent: string
  readonly start: string
}

/** Sequence numbers begin somewhere. */
export const FIRST = { home: 1000, correspondent: 5000 } as const
/** In units of 4 s: half an hour at home, MAX_RR_BINDING_LIFETIME at a correspondent (RFC 6275 §12). */
const LIFETIME = { home: 450, correspondent: 105 } as const
const STATUS: Readonly<Record<BindingStatus, number>> = {
  accepted: 0,
  '135 sequence number out of window': 135,
  '136 expired home nonce index': 136,
}
const HOP_LIMIT = 64
const MODEL_HOP_LIMIT = 8

/**
 * The messages of a run of `spec/mipv6` as Mobility Headers (RFC 6275 §6.1), after the registrations that the model begins with. What the RFC has
 * IPsec hide (home registrations, and tests in the tunnel) is in the clear. Left out: messages that no RFC gives a form (`Forward`, stationary proxies).
 */
export function mipv6Packets(
  sent: readonly Sent[],
  ip: AddressBook,
  ends: Readonly<Record<'a' | 'b', Mobile>>,
  optimizes: boolean,
): { packets: Captured[]; leftOut: number } {
  const writer = new Mipv6Writer(ip, ends, invented(ip))
  const write = (all: readonly Sent[]): Captured[] =>
    all.flatMap(({ seconds, packet }) => {
      const written = writer.write(packet)
      return written === null ? [] : [{ seconds, bytes: encodeIpv6(written) }]
    })
  const setUp = beginning(ends, optimizes)
  const before = write(setUp.map((packet, i) => ({ seconds: i / 100, packet })))
  const later = write(sent.map(({ seconds, packet }) => ({ seconds: seconds + 1, packet })))
  return { packets: [...before, ...later], leftOut: sent.length - later.length }
}

/** How the bindings came about that the model starts with: home registrations, then return routability each way. */
function beginning(ends: Readonly<Record<'a' | 'b', Mobile>>, optimizes: boolean): Packet[] {
  const by = (source: string, destination: string, message: Mipv6Message): Packet => ({
    source,
    destination,
    hops: MODEL_HOP_LIMIT,
    message,
  })
  const through = (way: readonly string[], inner: Packet): Packet[] => [
    by(way[0]!, way[1]!, { kind: 'tunnel', inner }),
    inner,
    by(way[2]!, way[3]!, { kind: 'tunnel', inner }),
  ]
  const registrations = Object.values(ends).flatMap(({ agent, start }) => [
    by(start, agent, { kind: 'BU (home)', seq: 0, coa: start }),
    by(agent, start, { kind: 'BA (home)', seq: 0 }),
  ])
  const optimizations = (['a', 'b'] as const).flatMap((name) => {
    const [me, peer] = [ends[name], ends[name === 'a' ? 'b' : 'a']]
    const peerName = name === 'a' ? 'b' : 'a'
    const homeToken: HomeToken = { by: peerName, home: me.home, nonce: 0 }
    const coToken: CareOfToken = { by: peerName, coa: me.start }
    const there = [me.start, me.agent, peer.agent, peer.start]
    const direct = (message: Mipv6Message): Packet[] => {
      const packet = by(me.start, peer.home, message)
      return [packet, by(peer.agent, peer.start, { kind: 'tunnel', inner: packet })]
    }
    const answer = by(peer.home, me.start, { kind: 'CoT', token: coToken, cookie: 0 })
    return [
      ...through(there, by(me.home, peer.home, { kind: 'HoTI', cookie: 0 })),
      ...direct({ kind: 'CoTI', cookie: 0 }),
      ...through([...there].reverse(), by(peer.home, me.home, { kind: 'HoT', token: homeToken, cookie: 0 })),
      by(peer.start, peer.agent, { kind: 'tunnel', inner: answer }),
      answer,
      ...direct({ kind: 'BU', home: me.home, seq: 0, coa: me.start, homeToken, coToken }),
      by(peer.start, me.start, { kind: 'BA', seq: 0, status: 'accepted' }),
    ]
  })
  return [...registrations, ...(optimizes ? optimizations : [])]
}

/** What the model leaves symbolic, as octets and numbers. */
export interface Secrets {
  token(token: HomeToken | CareOfToken): Buffer
  /** Of a test of this address, by the model's number. */
  cookie(address: string, number: number): Buffer
  /** The sequence number of an update to its home agent or to its correspondent, by who sends it and the model's number. */
  number(to: 'home' | 'correspondent', sender: string, number: number): number
}

/** The same in each run: keys and nonces by the names of their owners. */
export function invented(ip: AddressBook): Secrets {
  return {
    token: (token) => {
      const kind = 'home' in token ? 'home' : 'care-of'
      const [address, nonce] = 'home' in token ? [token.home, token.nonce] : [token.coa, 0]
      return keygenToken(secret(20, 'Kcn', token.by), ip(address), secret(8, 'nonce', `${token.by} ${nonce}`), kind)
    },
    cookie: (address, number) => secret(8, 'cookie', `${address} ${number}`),
    number: (to, _, number) => FIRST[to] + number,
  }
}

/** 'west-2/a' is a's. */
export const ownerOf = (address: string): string => address.slice(address.indexOf('/') + 1)

/** Writes packets of `spec/mipv6` as IPv6 packets. */
export class Mipv6Writer {
  readonly #ip: AddressBook
  readonly #ends: Readonly<Record<string, Pick<Mobile, 'home'>>>
  readonly #secrets: Secrets
  /** The key of the last Binding Update from a care-of address: what its acknowledgement is authorised by. */
  readonly #keys = new Map<string, Buffer>()

  constructor(ip: AddressBook, ends: Readonly<Record<string, Pick<Mobile, 'home'>>>, secrets: Secrets) {
    this.#ip = ip
    this.#ends = ends
    this.#secrets = secrets
  }

  /** Null for what has no form. */
  write(packet: Packet): Ipv6Packet | null {
    const message = packet.message as Mipv6Message
    const [source, destination] = [this.#ip(packet.source), this.#ip(packet.destination)]
    const around = { source, destination, hopLimit: HOP_LIMIT - MODEL_HOP_LIMIT + packet.hops }
    if (isTunnel(message)) {
      const tunnel = this.write(message.inner)
      return tunnel === null ? null : { ...around, payload: { tunnel } }
    }
    const written = this.#message(packet, message)
    return written === null ? null : { ...around, ...written }
  }

  #message(packet: Packet, m: Mipv6Message): Omit<Ipv6Packet, 'source' | 'destination' | 'hopLimit'> | null {
    const plain = (mobility: MobilityMessage) => ({ payload: { mobility } })
    switch (m.kind) {
      case 'HoTI':
      case 'CoTI':
        return plain({ type: m.kind, cookie: this.#secrets.cookie(packet.source, m.cookie) })
      case 'HoT':
      case 'CoT': {
        const nonceIndex = m.kind === 'HoT' ? m.token.nonce + 1 : 1
        const cookie = this.#secrets.cookie(packet.destination, m.cookie)
        return plain({ type: m.kind, nonceIndex, cookie, token: this.#secrets.token(m.token) })
      }
      case 'BU (home)':
        return {
          homeAddress: this.#homeOf(m.coa),
          ...plain({
            type: 'BU',
            seq: this.#secrets.number('home', ownerOf(m.coa), m.seq),
            acknowledge: true,
            home: true,
            lifetime: LIFETIME.home,
            alternateCareOf: this.#ip(m.coa),
          }),
        }
      case 'BA (home)':
        return {
          routingHome: this.#homeOf(packet.destination),
          ...plain({
            type: 'BA',
            status: 0,
            seq: this.#secrets.number('home', ownerOf(packet.destination), m.seq),
            lifetime: LIFETIME.home,
          }),
        }
      case 'BU':
        return { homeAddress: this.#ip(m.home), ...plain(this.#update(packet, m)) }
      case 'BA':
        return { routingHome: this.#homeOf(packet.destination), ...plain(this.#acknowledgement(packet, m)) }
      default:
        return null
    }
  }

  #update({ destination }: Packet, m: Extract<Mipv6Message, { kind: 'BU' }>): MobilityMessage {
    const update = {
      type: 'BU',
      seq: this.#secrets.number('correspondent', ownerOf(m.coa), m.seq),
      acknowledge: true,
      home: false,
      lifetime: LIFETIME.correspondent,
      nonceIndices: { home: m.homeToken.nonce + 1, careOf: 1 },
    } as const
    const key = bindingKey(this.#secrets.token(m.homeToken), this.#secrets.token(m.coToken))
    this.#keys.set(m.coa, key)
    return { ...update, authenticator: authenticatorFor(key, this.#ip(m.coa), this.#ip(destination), update) }
  }

  #acknowledgement(packet: Packet, m: Extract<Mipv6Message, { kind: 'BA' }>): MobilityMessage {
    const status = STATUS[m.status]
    const lifetime = status === 0 ? LIFETIME.correspondent : 0
    const seq = this.#secrets.number('correspondent', ownerOf(packet.destination), m.seq)
    const acknowledgement = { type: 'BA', status, seq, lifetime } as const
    const key = this.#keys.get(packet.destination)
    // §9.5.4: one that refuses the nonces cannot be authorised by them.
    if (key === undefined || status === 136) return acknowledgement
    const [careOf, correspondent] = [this.#ip(packet.destination), this.#ip(packet.source)]
    return { ...acknowledgement, authenticator: authenticatorFor(key, careOf, correspondent, acknowledgement) }
  }

  #homeOf(careOf: string): string {
    return this.#ip(this.#ends[ownerOf(careOf)]!.home)
  }
}

/** Octets that nobody guesses, the same in each run. */
const secret = (length: number, what: string, whose: string): Buffer =>
  createHmac('sha256', 'doublejump').update(`${what} of ${whose}`).digest().subarray(0, length)
