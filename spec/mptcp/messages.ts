import { type Address, doubledUpTo, type Message, type Timer } from '../index.ts'

/** MPTCP signals of an established connection (RFC 8684 §3); `number` counts the sender's moves. */
export type MptcpMessage =
  /** A subflow to be: SYN with MP_JOIN, from a new address (§3.2). The token and HMAC show that it belongs here. */
  | { readonly kind: 'SYN (MP_JOIN)'; readonly number: number }
  | { readonly kind: 'SYN/ACK (MP_JOIN)'; readonly number: number }
  /** Completes the subflow, and takes away the address that was left (§3.4.2, REMOVE_ADDR). */
  | { readonly kind: 'ACK (MP_JOIN), REMOVE_ADDR'; readonly number: number }
  /** Tells a further address on a subflow that there is (§3.4.1): where the sender may not, or cannot, open one from it. */
  | { readonly kind: 'ADD_ADDR'; readonly address: Address; readonly number: number }
  | { readonly kind: 'ADD_ADDR echo'; readonly number: number }
  /** User data: what the data probe sends. */
  | { readonly kind: 'data' }

export function describeMptcp(message: Message): { name: string; detail: string } {
  return { name: message.kind, detail: 'number' in message ? `number ${message.number}` : '' }
}

/** Begun before any SYN that it leads to. */
export const announcementRetry: Timer = {
  milliseconds: 1000,
  rankedAs: 998,
  backsOff: doubledUpTo(120_000),
  source: 'RFC 8684 §3.4.1: ADD_ADDR is sent again until its echo',
}
export const synRetry: Timer = {
  milliseconds: 1000,
  backsOff: doubledUpTo(60_000),
  source: 'RFC 6298: a SYN is sent again, with back-off',
}
/** The third packet of a subflow that began earlier is due first. */
export const ackRetry: Timer = {
  milliseconds: 1000,
  rankedAs: 999,
  backsOff: doubledUpTo(60_000),
  source: 'RFC 8684 §3.2: the third ACK is sent again until the other end has acknowledged it',
}
export const userTimeout: Timer = {
  milliseconds: 600_000,
  source: 'RFC 8684 §3.3.5 (idle without subflows); RFC 9293 §3.8.3: user timeout',
}
