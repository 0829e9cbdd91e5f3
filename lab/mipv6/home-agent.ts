import { encodeIpv6, type Ipv6Packet } from '../../wire/ipv6.ts'
import type { MobilityMessage } from '../../wire/mobility-header.ts'
import type { Bugs } from './bugs.ts'
import { HOP_LIMIT, isNewerNumber, type Outside } from './outside.ts'

export interface HomeAgentConfig {
  readonly address: string
  readonly home: string
  /** 004 §IV.C: keeps control messages for a while, and sends them again to where its mobile node has gone. */
  readonly reForwards: boolean
  readonly bugs: Bugs
  readonly established?: { readonly careOf: string; readonly sequence: number }
}

/** T_b of 004 §IV.C. */
const BUFFER_TIME = 4000
const LIFETIME = 450

/** A home agent of one mobile node (RFC 6275 §10), written from the RFC and 004 §IV.C. */
export class HomeAgent {
  readonly #config: HomeAgentConfig
  readonly #outside: Outside
  #binding: { careOf: string; number: number } | null
  #kept: Ipv6Packet[] = []

  constructor(config: HomeAgentConfig, outside: Outside) {
    this.#config = config
    this.#outside = outside
    const { established } = config
    this.#binding = established === undefined ? null : { careOf: established.careOf, number: established.sequence }
  }

  fire(timer: string): void {
    if (timer === 'buffer') this.#kept = []
  }

  /** What comes to it, and what comes for its mobile node. */
  receive(packet: Ipv6Packet): void {
    const { address, home, bugs } = this.#config
    const { payload, destination } = packet
    if (destination === home) this.#toMobileNode(packet)
    else if (destination !== address) return
    // §10.4.5  What the mobile node tunnels back goes on from here, if it comes from where it has registered.
    else if ('tunnel' in payload && payload.tunnel.source === home) {
      if (packet.source === this.#binding?.careOf || bugs.has('any-tunnel'))
        this.#outside.send(oneHopLess(payload.tunnel))
    } else if ('mobility' in payload && payload.mobility.type === 'BU' && packet.homeAddress === home)
      this.#onHomeUpdate(packet, payload.mobility)
  }

  /** §10.4.1, §10.4.2 */
  #toMobileNode(packet: Ipv6Packet): void {
    if (this.#binding === null) return
    if (this.#config.reForwards && this.#keeps(packet)) {
      const octets = encodeIpv6(packet)
      if (!this.#kept.some((one) => encodeIpv6(one).equals(octets))) this.#kept.push(packet)
      if (this.#kept.length === 1) this.#outside.start('buffer', BUFFER_TIME)
    }
    this.#tunnel(packet, this.#binding.careOf)
  }

  #keeps({ payload }: Ipv6Packet): boolean {
    const { bugs } = this.#config
    if (bugs.has('no-re-forwarding') || !('mobility' in payload)) return false
    const { type } = payload.mobility
    return type === 'HoTI' || type === 'CoTI' || (type === 'BU' && !bugs.has('re-forwards-tests-only'))
  }

  /** §10.3.1; 004 §IV.C step 4. */
  #onHomeUpdate({ source }: Ipv6Packet, update: Extract<MobilityMessage, { type: 'BU' }>): void {
    if (!update.home) return
    const { address, home, bugs } = this.#config
    const before = this.#binding
    const old = before !== null && update.seq !== before.number && !isNewerNumber(update.seq, before.number)
    if (old && !bugs.has('old-home-updates-count')) return
    const careOf = update.alternateCareOf ?? source
    this.#binding = { careOf, number: update.seq }
    this.#outside.send({
      ...{ source: address, destination: source, hopLimit: HOP_LIMIT, routingHome: home },
      payload: { mobility: { type: 'BA', status: 0, seq: update.seq, lifetime: LIFETIME } },
    })
    // A newer registration is a move, also one back to where the last that arrived came from.
    if (before?.number !== update.seq) for (const packet of this.#kept) this.#tunnel(packet, careOf)
  }

  #tunnel(packet: Ipv6Packet, careOf: string): void {
    this.#outside.send({
      ...{ source: this.#config.address, destination: careOf, hopLimit: HOP_LIMIT },
      payload: { tunnel: oneHopLess(packet) },
    })
  }
}

/** RFC 2473 §3.1: so that a loop through tunnels ends. */
const oneHopLess = (packet: Ipv6Packet): Ipv6Packet => ({ ...packet, hopLimit: packet.hopLimit - 1 })
