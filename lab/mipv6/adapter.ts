import { randomBytes } from 'node:crypto'
import { Numbering } from '../../conform/numbering.ts'
import type { System } from '../../conform/system.ts'
import type { Internet } from '../../spec/internet/compose.ts'
import type { Packet } from '../../spec/internet/packet.ts'
import type { Effect } from '../../spec/internet/role.ts'
import { DEFAULT_HOP_LIMIT } from '../../spec/internet/role.ts'
import { following } from '../../spec/internet/sequence.ts'
import { type CareOfToken, COOKIES, type HomeToken, type Mipv6Message } from '../../spec/mipv6/messages.ts'
import { agentOf, ENDS, type End, homeOf, other, startOf } from '../../spec/roaming.ts'
import { type AddressBook, ipv6Addresses } from '../../wire/addresses.ts'
import { decodeIpv6, encodeIpv6, type Ipv6Packet } from '../../wire/ipv6.ts'
import { FIRST, invented, Mipv6Writer, ownerOf, type Secrets } from '../../wire/mipv6.ts'
import { authenticatorFor, bindingKey, type MobilityMessage } from '../../wire/mobility-header.ts'
import type { Bugs } from './bugs.ts'
import { HomeAgent } from './home-agent.ts'
import { MobileNode } from './mobile-node.ts'
import { HOP_LIMIT, type Outside } from './outside.ts'

/** The implementation's timers, by their names in the model. */
const TIMERS: Readonly<Record<string, string>> = {
  'home BU retransmission': 'home',
  'RR retransmission': 'tests',
  'BU retransmission': 'update',
  'nonce lifetime': 'nonce',
  T_b: 'buffer',
}
const STATUS: Readonly<Record<number, Extract<Mipv6Message, { kind: 'BA' }>['status']>> = {
  0: 'accepted',
  135: '135 sequence number out of window',
  136: '136 expired home nonce index',
}

/**
 * The implementation in the place of a role of `spec/mipv6`: each event reaches it as octets, and what it sends is read back into the model's words. The
 * world around it has keys, nonces, cookies and numbers that are made up here; the implementation's own are learned from what it sends.
 */
export function systemOf(internet: Internet, role: string, bugs: Bugs, reForwards = false): System {
  const ip = ipv6Addresses(internet)
  const words = new Words(internet, ip, role)
  const running = new Set<string>()
  let sent: Ipv6Packet[] = []
  const outside: Outside = {
    send: (packet) => sent.push(decodeIpv6(encodeIpv6(packet))),
    start: (timer) => running.add(timer),
    stop: (timer) => running.delete(timer),
    random: (octets) => randomBytes(octets),
  }
  const node = made(role, ip, bugs, reForwards, outside)
  return {
    step: (event) => {
      sent = []
      words.begin()
      const timer = TIMERS[event.kind]
      if (event.kind === 'attached') {
        if (node instanceof MobileNode) node.attach(ip((event as unknown as { address: string }).address))
      } else if (timer === undefined) node.receive(words.toWire(event as never))
      else if (running.delete(timer)) node.fire(timer)
      return sent.map((packet) => words.toEffect(packet))
    },
  }
}

function made(
  role: string,
  ip: AddressBook,
  bugs: Bugs,
  reForwards: boolean,
  outside: Outside,
): MobileNode | HomeAgent {
  const end = (role.startsWith('ha-') ? role.slice(3) : role) as End
  const [home, agent, careOf] = [homeOf(end), agentOf(end), startOf(end)].map(ip) as [string, string, string]
  if (role.startsWith('ha-')) {
    const established = { careOf, sequence: FIRST.home }
    return new HomeAgent({ address: agent, home, reForwards, bugs, established }, outside)
  }
  const peer = other(end)
  const established = { careOf, peerCareOf: ip(startOf(peer)), sequence: FIRST.correspondent }
  return new MobileNode({ home, homeAgent: agent, peerHome: ip(homeOf(peer)), bugs, established }, outside)
}

/** Between the model's messages and octets, seen from the implementation's place. */
class Words {
  readonly #names = new Map<string, string>()
  readonly #role: string
  readonly #writer: Mipv6Writer
  readonly #secrets: Secrets
  readonly #own = {
    tokens: new Map<string, Buffer>(),
    /** By address and number. */
    cookies: new Map<string, Buffer>(),
    numbers: new Map<string, number>(),
  }
  readonly #numbering = { home: new Numbering(), correspondent: new Numbering() }
  #here: string
  #tests = 0
  /** The model's number of the cookies that were sent last, and whether they were in this step: its tests are numbered together. */
  #cookie = 0
  #hasTested = false

  constructor(internet: Internet, ip: AddressBook, role: string) {
    this.#role = role
    this.#here = role.startsWith('ha-') ? agentOf(role.slice(3) as End) : startOf(role as End)
    const stops = internet.layout.topology.nodes.flatMap((n) => n.stops.flat())
    for (const address of [...stops, ...ENDS.map(homeOf)]) this.#names.set(ip(address), address)
    for (const numbering of Object.values(this.#numbering)) {
      numbering.request('before', 'before')
      numbering.begin()
    }
    const others = invented(ip)
    this.#secrets = {
      token: (token) => this.#own.tokens.get(keyOf(token)) ?? others.token(token),
      cookie: (address, number) => this.#own.cookies.get(`${address} ${number}`) ?? others.cookie(address, number),
      number: (to, sender, number) =>
        (sender === role ? this.#own.numbers.get(`${to} ${number}`) : undefined) ?? others.number(to, sender, number),
    }
    this.#writer = new Mipv6Writer(ip, { a: { home: homeOf('a') }, b: { home: homeOf('b') } }, this.#secrets)
  }

  /** Something happens to the implementation. */
  begin(): void {
    this.#hasTested = false
  }

  toWire({ source, destination, hops, ...message }: Mipv6Message & Omit<Packet, 'message'>): Ipv6Packet {
    const packet: Packet = { source, destination, hops, message }
    const written = this.#writer.write(packet)
    if (written === null) throw new Error(`'${message.kind}' has no form on the wire.`)
    if (message.kind === 'BA' || message.kind === 'BA (home)') this.#answered(written, message.kind)
    return decodeIpv6(encodeIpv6(written))
  }

  toEffect(packet: Ipv6Packet): unknown {
    const read = this.#read(packet)
    const { source, destination, message } = read
    const { payload } = packet
    const mine = source === this.#here || ownerOf(source) === this.#role
    if ('tunnel' in payload)
      return { do: 'tunnel', packet: this.#read(payload.tunnel), to: destination } satisfies Effect<never>
    if (!mine && this.#role.startsWith('ha-')) return { do: 'forward', packet: read }
    return { ...message, to: destination, ...(source === this.#here ? {} : { from: source }) }
  }

  #read(packet: Ipv6Packet): Packet {
    const name = (address: string): string => this.#names.get(address) ?? address
    const [source, destination] = [name(packet.source), name(packet.destination)]
    // What is passed on has a hop less than what came.
    const passedOn = this.#role.startsWith('ha-') ? 1 : 0
    const hops = packet.hopLimit - (HOP_LIMIT - DEFAULT_HOP_LIMIT) + passedOn
    const message =
      'mobility' in packet.payload
        ? this.#message(packet, packet.payload.mobility, source, destination)
        : { kind: 'tunnel' }
    return { source, destination, hops, message }
  }

  #message(packet: Ipv6Packet, m: MobilityMessage, source: string, destination: string): Packet['message'] {
    switch (m.type) {
      case 'HoTI':
      case 'CoTI':
        if (m.type === 'CoTI') this.#tests += 1
        return { kind: m.type, cookie: this.#numberOf(source, m.cookie) } as never
      case 'HoT':
      case 'CoT': {
        const by = ownerOf(source)
        const token: HomeToken | CareOfToken =
          m.type === 'HoT' ? { by, home: destination, nonce: m.nonceIndex - 1 } : { by, coa: destination }
        if (by === this.#role) this.#own.tokens.set(keyOf(token), m.token)
        const cookie = this.#knownCookie(destination, m.cookie)
        const right = m.token.equals(this.#secrets.token(token)) && cookie !== undefined
        return { kind: right ? m.type : `${m.type} with a wrong cookie or token`, token, cookie } as never
      }
      case 'BU':
        return m.home ? this.#homeUpdate(m, source) : this.#update(packet, m, source, destination)
      case 'BA': {
        const byAgent = source === agentOf(ownerOf(destination) as End)
        if (byAgent) return { kind: 'BA (home)', seq: m.seq - FIRST.home } as never
        return { kind: 'BA', seq: m.seq - FIRST.correspondent, status: STATUS[m.status] ?? `${m.status}` } as never
      }
    }
  }

  /** A cookie that is new is the next one; one that was sent before keeps its number, so that the model does not know it as new. */
  #numberOf(address: string, octets: Buffer): number {
    const known = this.#knownCookie(address, octets)
    if (known !== undefined || ownerOf(address) !== this.#role) return known ?? -1
    if (!this.#hasTested) this.#cookie = following(this.#cookie, COOKIES)
    this.#hasTested = true
    this.#own.cookies.set(`${address} ${this.#cookie}`, octets)
    return this.#cookie
  }

  #knownCookie(address: string, octets: Buffer): number | undefined {
    return Array.from({ length: COOKIES }, (_, number) => number).find((number) =>
      this.#secrets.cookie(address, number).equals(octets),
    )
  }

  #homeUpdate(m: Extract<MobilityMessage, { type: 'BU' }>, source: string): Packet['message'] {
    const coa = this.#names.get(m.alternateCareOf ?? '') ?? source
    this.#here = coa
    return { kind: 'BU (home)', seq: this.#count('home', m.seq, coa), coa } as never
  }

  #update(
    packet: Ipv6Packet,
    m: Extract<MobilityMessage, { type: 'BU' }>,
    source: string,
    destination: string,
  ): Packet['message'] {
    const by = ownerOf(destination)
    const home = this.#names.get(packet.homeAddress ?? '') ?? 'unknown'
    const homeToken: HomeToken = { by, home, nonce: (m.nonceIndices?.home ?? 0) - 1 }
    const coToken: CareOfToken = { by, coa: source }
    const key = bindingKey(this.#secrets.token(homeToken), this.#secrets.token(coToken))
    const { authenticator, ...signed } = m
    const right = authenticator?.equals(authenticatorFor(key, packet.source, packet.destination, signed)) === true
    const own = ownerOf(source) === this.#role
    const seq = own ? this.#count('correspondent', m.seq, `${source} ${this.#tests}`) : m.seq - FIRST.correspondent
    return { kind: right ? 'BU' : 'BU that is not authentic', home, seq, coa: source, homeToken, coToken } as never
  }

  /** The model's number of one of the implementation's own. */
  #count(to: 'home' | 'correspondent', wire: number, says: string): number {
    const number = this.#numbering[to].request(String(wire), says)
    this.#own.numbers.set(`${to} ${number}`, wire)
    return number
  }

  #answered({ payload }: Ipv6Packet, kind: 'BA' | 'BA (home)'): void {
    if (!('mobility' in payload) || payload.mobility.type !== 'BA') return
    this.#numbering[kind === 'BA' ? 'correspondent' : 'home'].answer(
      String(payload.mobility.seq),
      payload.mobility.status !== 0,
    )
  }
}

const keyOf = (token: HomeToken | CareOfToken): string => JSON.stringify(token)
