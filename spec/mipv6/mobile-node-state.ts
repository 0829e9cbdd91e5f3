import type { Address } from '../index.ts'
import type { CareOfToken, HomeToken } from './messages.ts'

/**
 * A mobile node that is also the correspondent node of its peer: both ends of a session that roam (RFC 6275 §9, §11).
 *
 * Left out: Binding Refresh Requests and Binding Errors; care-of
 * nonces (a care-of token is used within a round trip); returning home; the ICMP errors by which a correspondent may notice
 * that a binding is stale (§9.3.4, a SHOULD). A Binding Update that is sent again keeps its sequence number, and the
 * receiver acknowledges it again: the RFC takes a new number for each (§11.8), which changes no belief.
 */
export interface MobileNode {
  readonly here: Address
  /** The home registration: number of the last Binding Update, and whether it was acknowledged. */
  readonly homeSeq: number
  readonly homeAcknowledged: boolean
  /** The correspondent registration under way for `here`; null when it is complete. */
  readonly registration: Registration | null
  /** Of the tests that were sent last: answers to earlier ones are not taken (§11.6.2, §11.8). */
  readonly cookie: number
  /** The last home keygen token, kept for the expedited procedure (004 §II.B). */
  readonly homeToken: HomeToken | null
  readonly seq: number
  /** As a correspondent: the binding cache entry of the peer. */
  readonly cache: CacheEntry | null
  /** As a correspondent: how often the nonces rolled over. */
  readonly nonce: number
  readonly refreshed: boolean
}

export interface Registration {
  readonly stage: 'testing' | 'updating'
  readonly homeToken: HomeToken | null
  readonly coToken: CareOfToken | null
  readonly retransmissions: number
  /** Signals to the care-of address that was just learned, whatever `signalling` says. */
  readonly toCareOf: boolean
  /** Whether an update was sent for it: one that is begun again for the same address keeps its number, so that the peer does not take it for a move. */
  readonly numbered: boolean
}

interface CacheEntry {
  readonly coa: Address
  readonly seq: number
  /** Whether a Binding Update has renewed it: then its lifetime does not end within what is looked at. */
  readonly renewed: boolean
}

export type TimerName =
  | 'home BU retransmission'
  | 'home binding refresh'
  | 'RR retransmission'
  | 'BU retransmission'
  | 'nonce lifetime'
  | 'binding refresh'
  | 'binding lifetime'

export interface MobileNodeSettings {
  readonly name: string
  readonly start: Address
  readonly home: Address
  readonly homeAgent: Address
  readonly peer: { readonly name: string; readonly start: Address; readonly home: Address }
  /**
   * Where HoTI, CoTI and BU for the peer go. `care-of`: to its care-of address in my binding cache, as 004 §III draws it.
   * `home`: to its home address, whatever the cache says (RFC 6275 §6.1.1, §11.7; 004 §IV.C). `none`: no route optimization.
   */
  readonly signalling: 'care-of' | 'home' | 'none'
  /** Skips HoTI and HoT while it has a home keygen token (004 §II.B). */
  readonly expedited: boolean
  /** Tells the forwarder of the network it leaves (004 §IV.A). */
  readonly tellsForwarder?: boolean
  /** Signals by way of its own home agent, which may send again (004 §IV.B). */
  readonly byProxy?: boolean
  /** Begins an unfinished registration again, to where it learns that the peer has gone (004 §IV.C, last paragraph but one). */
  readonly resendsOnPeerUpdate?: boolean
  /**
   * How the peer's update shows that it has moved. `registration`: it is of a newer registration. `address`: its care-of address is another, so that a
   * peer that is back has not moved.
   */
  readonly movedBy?: 'registration' | 'address'
  /** Begins a registration with its correspondent only when its home agent has acknowledged the new care-of address. */
  readonly awaitsHome?: boolean
  readonly retransmissions: number | 'unlimited'
}
