import { type Address, doubledUpTo, type Message, type Timer, type Tunnel } from '../index.ts'

/** MIPv4 registration (RFC 5944 §3.3, §3.4, UDP 434) and what is tunnelled. */
export type MipMessage =
  /** A Lifetime of zero deregisters (§3.6.1.2). */
  | {
      readonly kind: 'Registration Request'
      readonly home: Address
      readonly homeAgent: Address
      readonly careOf: Address
      readonly identification: number
      readonly deregisters: boolean
      /** The S bit: earlier care-of addresses are kept besides (§3.3). */
      readonly simultaneous: boolean
    }
  | {
      readonly kind: 'Registration Reply'
      readonly home: Address
      readonly identification: number
      readonly code: ReplyCode
    }
  /** From a foreign agent that has come back: its sequence numbers begin again below 256 (RFC 5944 §2.3.2). */
  | { readonly kind: 'Agent Advertisement' }
  | Tunnel
  /** User data: what the data probe sends. */
  | { readonly kind: 'data' }

/** RFC 5944 §3.4; 133 asks for a newer Identification (§5.7). */
export type ReplyCode = '0 accepted' | '1 accepted, no simultaneous bindings' | '133 Identification mismatch'

export function describeMip(message: Message): { name: string; detail: string } {
  const m = message as MipMessage
  switch (m.kind) {
    case 'Registration Request':
      return {
        name: m.kind,
        detail: m.deregisters ? 'Lifetime 0' : `care-of ${m.careOf}${m.simultaneous ? ', S' : ''}`,
      }
    case 'Registration Reply':
      return { name: m.kind, detail: m.code }
    default:
      return { name: m.kind, detail: '' }
  }
}

const LIFETIME = 1_800_000

export const retransmission: Timer = {
  milliseconds: 1000,
  backsOff: doubledUpTo(LIFETIME),
  source: 'RFC 5944 §3.6.3: at least 1 s and more than a round trip, then doubled, up to the lifetime',
}
export const advertisement: Timer = {
  milliseconds: 10_000,
  source:
    'RFC 5944 §2.3: advertised at intervals of at most a third of the lifetime in the ICMP header, which is 1800 s by default',
}
export const lifetime: Timer = {
  milliseconds: LIFETIME,
  source: 'RFC 5944 §3.6.1.2: registers again before its lifetime ends; 1800 s is common',
}

/** What a mobile node or an agent does with each message. */
export const sections: Readonly<Record<string, string>> = {
  attached: 'RFC 5944 §3.6.1: a registration from the new care-of address',
  'Registration Request':
    'RFC 5944 §3.8.2, §3.8.3: as a home agent, checked, entered and answered; §3.7.2: as a foreign agent, relayed',
  'Registration Reply':
    'RFC 5944 §3.6.2: the registration is complete, or begun again; §3.7.3: as a foreign agent, relayed',
  'Agent Advertisement': 'RFC 5944 §2.3.2: the foreign agent has lost its visitors, so registered anew',
  tunnel: 'RFC 5944 §4.2.2: as a foreign agent, taken out of the tunnel for the visitor',
}
