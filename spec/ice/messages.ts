import { type Address, doubledUpTo, type Message, type Timer, type Tunnel } from '../index.ts'
import type { TurnMessage } from './turn-messages.ts'

/** Offers and answers of an ICE restart (RFC 8445 §9, RFC 8839 §4.4), with the one candidate that an agent has. */
export type IceMessage =
  /** New ufrag and password; `number` stands for them: it counts the sender's restarts. */
  | { readonly kind: 'offer'; readonly from: string; readonly candidate: Address; readonly number: number }
  | {
      readonly kind: 'answer'
      readonly from: string
      readonly candidate: Address
      readonly number: number
      /** The restart that it answers. */
      readonly to: number
    }
  /** The offer collides with one of the receiver's own (RFC 3264 §4; SIP: 491). */
  | { readonly kind: 'rejection (glare)'; readonly from: string; readonly to: number }
  /** An agent tells the signalling server where it can be reached now. */
  | { readonly kind: 'reconnect'; readonly from: string; readonly address: Address; readonly number: number }
  | { readonly kind: 'connected'; readonly number: number }
  /** Media: what the data probe sends. */
  | { readonly kind: 'media' }

/** What a relayed agent may say or be told. A tunnel stands for Send and Data indications (RFC 8656 §11). */
export type RelayedMessage = IceMessage | TurnMessage | Tunnel<IceMessage>

export function describeIce(message: Message): { name: string; detail: string } {
  const m = message as IceMessage | TurnMessage
  switch (m.kind) {
    case 'offer':
    case 'answer':
      return { name: m.kind, detail: `candidate ${m.candidate}` }
    case 'reconnect':
      return { name: m.kind, detail: m.address }
    case 'CreatePermission':
    case 'CreatePermission success':
      return { name: m.kind, detail: m.ip }
    default:
      return { name: m.kind, detail: '' }
  }
}

/** An agent connects to its signalling before it offers: of the two timers, this one is due first. */
export const reconnectRetry: Timer = { milliseconds: 1000, source: 'the transport of the signalling' }
export const offerRetry: Timer = {
  milliseconds: 500,
  rankedAs: 1001,
  backsOff: doubledUpTo(32_000),
  source: 'RFC 3261 §17.1.1.2 and the like: an offer is sent again',
}
export const backOffOwner: Timer = { milliseconds: 2100, lasts: [2100, 4000], source: 'RFC 3261 §14.1: 2.1 to 4 s' }
/** 1 s on the average; an offer that is sent again meanwhile is not held back by it. */
export const backOffOther: Timer = {
  milliseconds: 1000,
  rankedAs: 1001,
  lasts: [0, 2000],
  source: 'RFC 3261 §14.1: 0 to 2 s',
}
export const failure: Timer = {
  milliseconds: 32_000,
  source: 'RFC 8445 §8.1.2, RFC 3261 §17.1.1.2: without an answer the session is given up',
}
