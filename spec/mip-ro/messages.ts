import { type Address, doubledUpTo, type Message, type Timer, type Tunnel } from '../index.ts'

/** Mobile IP with route optimization (draft-ietf-mobileip-optim; 000 §III.A, §IV.B). */
export type MipRoMessage =
  | { readonly kind: 'Registration Request'; readonly careOf: Address; readonly identification: number }
  | { readonly kind: 'Registration Reply'; readonly identification: number }
  /**
   * From a home agent to a correspondent, or, as the Previous Foreign Agent Notification, to the foreign agent of the network
   * that the mobile node has left.
   */
  | {
      readonly kind: 'Binding Update'
      readonly home: Address
      readonly careOf: Address
      readonly identification: number
      /** The care-of address that was left; null for a correspondent. */
      readonly previous: Address | null
    }
  | { readonly kind: 'Binding Acknowledge'; readonly identification: number }
  /** From a foreign agent to a home agent: this correspondent uses a stale binding of your mobile node. */
  | { readonly kind: 'Binding Warning'; readonly home: Address; readonly correspondent: Address }
  | Tunnel
  /** User data, which the hosts send all the time. */
  | { readonly kind: 'data' }

export function describeMipRo(message: Message): { name: string; detail: string } {
  const m = message as MipRoMessage
  switch (m.kind) {
    case 'Registration Request':
      return { name: m.kind, detail: `care-of ${m.careOf}` }
    case 'Binding Update':
      return { name: m.kind, detail: `${m.home} is at ${m.careOf}` }
    case 'Binding Warning':
      return { name: m.kind, detail: `${m.correspondent} is wrong about ${m.home}` }
    default:
      return { name: m.kind, detail: '' }
  }
}

/** Data flow all the time; they have the rank of the other timers, so that none is held back for ever. */
export const dataInterval: Timer = { milliseconds: 1000, source: '000 §III.A: hosts in a session have data to send' }
const LIFETIME = 1_800_000
export const retransmission: Timer = {
  milliseconds: 1000,
  backsOff: doubledUpTo(LIFETIME),
  source: 'RFC 5944 §3.6.3: at least 1 s, then doubled',
}
/** Of the rank of the other timers: data that are sent for ever would hold back one of half an hour. */
export const registrationLifetime: Timer = {
  milliseconds: LIFETIME,
  rankedAs: 1000,
  source: 'RFC 5944 §3.6.1.2: registers again before its lifetime ends; 1800 s is common',
}
export const notificationRetransmission: Timer = {
  milliseconds: 1000,
  source: 'draft-ietf-mobileip-optim: a notification is sent again until its Binding Acknowledge',
}
export const bindingLifetime: Timer = {
  milliseconds: 300_000,
  source: 'draft-ietf-mobileip-optim: the lifetime of a binding cache entry',
}
