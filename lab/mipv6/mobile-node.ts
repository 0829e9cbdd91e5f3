import type { Ipv6Packet } from '../../wire/ipv6.ts'
import { authenticatorFor, bindingKey, keygenToken, type MobilityMessage } from '../../wire/mobility-header.ts'
import type { Bugs } from './bugs.ts'
import { HOP_LIMIT, isNewerNumber, type Outside } from './outside.ts'

export interface MobileNodeConfig {
  readonly home: string
  readonly homeAgent: string
  readonly peerHome: string
  readonly bugs: Bugs
  /** A session that is up already: where this node and its peer are. Without it the node begins with nothing, and `attach` sets everything up. */
  readonly established?: { readonly careOf: string; readonly peerCareOf: string; readonly sequence: number }
}

type Update = Extract<MobilityMessage, { type: 'BU' }>
type Acknowledgement = Extract<MobilityMessage, { type: 'BA' }>

interface Token {
  readonly octets: Buffer
  readonly nonceIndex: number
}

const tokenOf = ({ token, nonceIndex }: { token: Buffer; nonceIndex: number }): Token => ({ octets: token, nonceIndex })

interface Registration {
  stage: 'testing' | 'updating'
  homeToken: Token | null
  careOfToken: Token | null
  /** Sequence numbers of the updates that were sent for it. */
  numbers: number[]
}

/** RFC 6275 §12. */
const INITIAL_BINDACK_TIMEOUT = 1000
const MAX_BINDACK_TIMEOUT = 32_000
const NONCE_LIFETIME = 240_000
const STATUS = { accepted: 0, outOfWindow: 135, expiredHomeNonce: 136 } as const
/** Of 4 s. */
const LIFETIME = { home: 450, correspondent: 105 } as const

/**
 * A mobile node that is the correspondent of another (RFC 6275 §9, §11), written from the RFC and not from our model: with octets, keys, nonces and a
 * clock. Left out: IPsec, refreshing what runs out after 420 s, returning home.
 */
export class MobileNode {
  readonly #config: MobileNodeConfig
  readonly #outside: Outside
  readonly #key: Buffer
  readonly #nonces: Buffer[]
  #homeCookie: Buffer
  #careOfCookie: Buffer
  #careOf: string | null = null
  #homeNumbers: number[] = []
  #homeNumber: number
  #number: number
  #registration: Registration | null = null
  /** Kept between registrations only by a bug. */
  #lastHomeToken: Token | null = null
  #binding: { careOf: string; number: number } | null = null
  #waits: Record<string, number> = {}

  constructor(config: MobileNodeConfig, outside: Outside) {
    this.#config = config
    this.#outside = outside
    this.#key = outside.random(20)
    this.#nonces = [outside.random(8)]
    this.#homeCookie = outside.random(8)
    this.#careOfCookie = outside.random(8)
    this.#homeNumber = outside.random(2).readUInt16BE() & 0x7fff
    this.#number = outside.random(2).readUInt16BE() & 0x7fff
    outside.start('nonce', NONCE_LIFETIME)
    if (config.established !== undefined) {
      const { careOf, peerCareOf, sequence } = config.established
      this.#careOf = careOf
      this.#binding = { careOf: peerCareOf, number: sequence }
      this.#lastHomeToken = { octets: outside.random(8), nonceIndex: 1 }
    }
  }

  /** §11.7.1  The node has a new care-of address: it registers at home, then with its correspondent. */
  attach(careOf: string): void {
    this.#careOf = careOf
    this.#homeNumbers = []
    const last = this.#config.bugs.has('registers-home-last')
    if (!last) this.#registerHome()
    this.#begin()
    if (last) this.#registerHome()
  }

  fire(timer: string): void {
    if (timer === 'home') this.#registerHome()
    if (timer === 'tests' && this.#registration !== null) this.#sendTests(this.#registration)
    if (timer === 'update' && this.#registration !== null) this.#sendUpdate(this.#registration)
    if (timer === 'nonce') {
      this.#nonces.push(this.#outside.random(8))
      this.#outside.start('nonce', NONCE_LIFETIME)
    }
  }

  receive(packet: Ipv6Packet): void {
    const { payload, destination } = packet
    const mine = destination === this.#careOf || destination === this.#config.home
    if (!mine) return
    if ('tunnel' in payload) this.receive(payload.tunnel)
    else if ('mobility' in payload) this.#onMessage(packet, payload.mobility)
  }

  #onMessage(packet: Ipv6Packet, mobility: MobilityMessage): void {
    switch (mobility.type) {
      case 'HoTI':
      case 'CoTI':
        this.#answerTest(packet, mobility.type, mobility.cookie)
        break
      case 'HoT':
        if (mobility.cookie.equals(this.#homeCookie)) this.#onToken({ homeToken: tokenOf(mobility) })
        break
      case 'CoT': {
        const right = mobility.cookie.equals(this.#careOfCookie) && packet.destination === this.#careOf
        if (right || this.#config.bugs.has('any-care-of-test')) this.#onToken({ careOfToken: tokenOf(mobility) })
        break
      }
      case 'BU':
        this.#onUpdate(packet, mobility)
        break
      case 'BA':
        if (packet.source === this.#config.homeAgent) this.#onHomeAcknowledgement(mobility)
        else this.#onAcknowledgement(packet, mobility)
    }
  }

  // As a mobile node.

  #registerHome(): void {
    this.#homeNumber = (this.#homeNumber + 1) & 0xffff
    this.#homeNumbers.push(this.#homeNumber)
    const careOf = this.#careOf!
    this.#send(
      { destination: this.#config.homeAgent, homeAddress: this.#config.home },
      {
        type: 'BU',
        seq: this.#homeNumber,
        acknowledge: true,
        home: true,
        lifetime: LIFETIME.home,
        alternateCareOf: careOf,
      },
    )
    this.#wait('home', this.#homeNumbers.length === 1)
  }

  #onHomeAcknowledgement({ seq, status }: Acknowledgement): void {
    if (status === STATUS.accepted && this.#homeNumbers.includes(seq)) this.#outside.stop('home')
  }

  /** §11.6.1  Return routability, from its beginning. */
  #begin(): void {
    const homeToken = this.#config.bugs.has('keeps-home-token') ? this.#lastHomeToken : null
    this.#registration = { stage: 'testing', homeToken, careOfToken: null, numbers: [] }
    this.#outside.stop('update')
    this.#sendTests(this.#registration, true)
  }

  /** Where the correspondent is signalled: at home, whatever the binding cache says (§6.1.1). */
  #target(): string {
    const { bugs, peerHome } = this.#config
    return bugs.has('signals-to-care-of-address') ? (this.#binding?.careOf ?? peerHome) : peerHome
  }

  /** With new cookies each time (§11.8): an answer to an older test is not taken. */
  #sendTests({ homeToken, careOfToken }: Registration, first = false): void {
    const destination = this.#target()
    if (first || !this.#config.bugs.has('keeps-cookies')) {
      this.#homeCookie = this.#outside.random(8)
      this.#careOfCookie = this.#outside.random(8)
    }
    if (homeToken === null) {
      const init: MobilityMessage = { type: 'HoTI', cookie: this.#homeCookie }
      if (this.#config.bugs.has('home-test-without-tunnel'))
        this.#send({ source: this.#config.home, destination }, init)
      else this.#sendByHomeAgent(destination, init)
    }
    if (careOfToken === null) this.#send({ destination }, { type: 'CoTI', cookie: this.#careOfCookie })
    if (!this.#config.bugs.has('tests-sent-once')) this.#wait('tests', first)
  }

  #onToken(token: Partial<Pick<Registration, 'homeToken' | 'careOfToken'>>): void {
    const registration = this.#registration
    if (registration?.stage !== 'testing') return
    Object.assign(registration, token)
    this.#lastHomeToken = registration.homeToken
    if (registration.homeToken === null) return
    if (registration.careOfToken === null) {
      if (!this.#config.bugs.has('updates-after-one-token')) return
      registration.careOfToken = { octets: Buffer.alloc(8), nonceIndex: 0 }
    }
    registration.stage = 'updating'
    this.#outside.stop('tests')
    this.#sendUpdate(registration)
  }

  /** §11.7.2  Each update, and each one that is sent again, has a number of its own (§11.8). */
  #sendUpdate(registration: Registration): void {
    this.#number = (this.#number + 1) & 0xffff
    registration.numbers.push(this.#number)
    const destination = this.#target()
    const { homeToken, careOfToken } = registration
    const update: Update = {
      type: 'BU',
      seq: this.#number,
      acknowledge: true,
      home: false,
      lifetime: LIFETIME.correspondent,
      nonceIndices: { home: homeToken!.nonceIndex, careOf: careOfToken!.nonceIndex },
    }
    const key = bindingKey(homeToken!.octets, careOfToken!.octets)
    const authenticator = authenticatorFor(key, this.#careOf!, destination, update)
    this.#send({ destination, homeAddress: this.#config.home }, { ...update, authenticator })
    this.#wait('update', registration.numbers.length === 1)
  }

  /** §11.7.3 */
  #onAcknowledgement(packet: Ipv6Packet, acknowledgement: Acknowledgement): void {
    const registration = this.#registration
    if (registration?.stage !== 'updating') return
    const { seq, status } = acknowledgement
    if (status === STATUS.expiredHomeNonce) {
      if (registration.numbers.includes(seq)) this.#beginWithoutToken()
      return
    }
    if (!this.#isAuthentic(packet, acknowledgement, registration)) return
    if (status === STATUS.outOfWindow) {
      this.#number = seq
      registration.numbers = []
      this.#sendUpdate(registration)
    } else if (registration.numbers.includes(seq)) {
      this.#registration = null
      this.#outside.stop('update')
    }
  }

  #beginWithoutToken(): void {
    this.#lastHomeToken = null
    this.#begin()
  }

  #isAuthentic({ source }: Ipv6Packet, acknowledgement: Acknowledgement, registration: Registration): boolean {
    const { homeToken, careOfToken } = registration
    const { authenticator, ...rest } = acknowledgement
    const key = bindingKey(homeToken!.octets, careOfToken!.octets)
    return authenticator?.equals(authenticatorFor(key, this.#careOf!, source, rest)) === true
  }

  // As a correspondent.

  /** §9.4  Tokens for the address that asks; the answer leaves from the address that was asked. */
  #answerTest({ source, destination }: Ipv6Packet, asked: 'HoTI' | 'CoTI', cookie: Buffer): void {
    const nonceIndex = asked === 'HoTI' ? this.#nonces.length : 1
    const nonce = this.#nonces[nonceIndex - 1]!
    const kind = asked === 'HoTI' ? 'home' : 'care-of'
    const token = keygenToken(this.#key, source, nonce, kind)
    const answer: MobilityMessage = { type: asked === 'HoTI' ? 'HoT' : 'CoT', nonceIndex, cookie, token }
    const directly = asked === 'HoTI' && this.#config.bugs.has('answers-home-test-directly')
    if (destination !== this.#config.home || directly) this.#send({ source: destination, destination: source }, answer)
    else this.#sendByHomeAgent(source, answer)
  }

  /** §9.5.1 */
  #onUpdate(packet: Ipv6Packet, update: Update): void {
    const { nonceIndices, authenticator, seq } = update
    const home = packet.homeAddress
    const careOf = update.alternateCareOf ?? packet.source
    if (home !== this.#config.peerHome || nonceIndices === undefined || authenticator === undefined) return
    const before = this.#binding
    const acknowledge = (status: number, number: number, key: Buffer | null): void => {
      const to = this.#config.bugs.has('acknowledges-where-it-was') ? (before?.careOf ?? careOf) : careOf
      const lifetime = status === STATUS.accepted ? LIFETIME.correspondent : 0
      const message: Acknowledgement = { type: 'BA', status, seq: number, lifetime }
      const signed =
        key === null ? message : { ...message, authenticator: authenticatorFor(key, careOf, this.#careOf!, message) }
      this.#send({ destination: to, routingHome: home }, signed)
    }
    if (nonceIndices.home !== this.#nonces.length) {
      acknowledge(STATUS.expiredHomeNonce, seq, null)
      return
    }
    const key = bindingKey(
      keygenToken(this.#key, home, this.#nonces[nonceIndices.home - 1]!, 'home'),
      keygenToken(this.#key, careOf, this.#nonces[0]!, 'care-of'),
    )
    const { authenticator: _, ...signed } = update
    const right = authenticatorFor(key, careOf, packet.destination, signed).equals(authenticator)
    if (!right && !this.#config.bugs.has('any-authenticator')) return
    const old = before !== null && seq !== before.number && !isNewerNumber(seq, before.number)
    if (old && !this.#config.bugs.has('old-updates-count')) {
      acknowledge(STATUS.outOfWindow, before.number, key)
      return
    }
    this.#binding = { careOf, number: seq }
    acknowledge(STATUS.accepted, seq, key)
  }

  // Sending.

  #send(
    { source = this.#careOf!, ...header }: Partial<Ipv6Packet> & Pick<Ipv6Packet, 'destination'>,
    mobility: MobilityMessage,
  ): void {
    this.#outside.send({ source, hopLimit: HOP_LIMIT, ...header, payload: { mobility } })
  }

  /** §11.3.1  From the home address, by a tunnel to the home agent. */
  #sendByHomeAgent(destination: string, mobility: MobilityMessage): void {
    const inner: Ipv6Packet = { source: this.#config.home, destination, hopLimit: HOP_LIMIT, payload: { mobility } }
    this.#outside.send({
      source: this.#careOf!,
      destination: this.#config.homeAgent,
      hopLimit: HOP_LIMIT,
      payload: { tunnel: inner },
    })
  }

  /** §11.8  From 1 s, doubled up to 32 s. */
  #wait(timer: string, first: boolean): void {
    const wait = first ? INITIAL_BINDACK_TIMEOUT : Math.min(MAX_BINDACK_TIMEOUT, 2 * (this.#waits[timer] ?? 500))
    this.#waits[timer] = wait
    this.#outside.start(timer, wait)
  }
}
