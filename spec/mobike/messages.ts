import { type Address, doubledUpTo, type Message, type Timer } from '../index.ts'
import type { NameMessage } from '../name-server.ts'

/** MOBIKE over an IKE SA: INFORMATIONAL exchanges (RFC 4555 §3, RFC 7296 §1.4), by the notification that matters. */
export type MobikeMessage =
  /** From the initiator: the SA's addresses are now those of this packet's header (§3.5). */
  | { readonly kind: 'UPDATE_SA_ADDRESSES'; readonly id: number }
  /** From the responder: it can be reached at the address in this packet's header, and at these (§3.6); none is NO_ADDITIONAL_ADDRESSES. */
  | { readonly kind: 'ADDITIONAL_ADDRESSES'; readonly id: number; readonly additional: readonly Address[] }
  /** The answer to either: it repeats the Message ID. */
  | { readonly kind: 'INFORMATIONAL response'; readonly id: number; readonly of: Asker }
  | { readonly kind: 'DELETE' }
  /** User data in ESP: what the data probe sends. */
  | { readonly kind: 'data' }

/**
 * Where a dead IKE SA is made anew, every message says which SA it belongs to, and there are two more: IKE_SA_INIT and its answer,
 * which stand for IKE_AUTH as well.
 */
export type NamedMessage =
  | (MobikeMessage & { readonly sa: number })
  | { readonly kind: 'IKE_SA_INIT'; readonly sa: number }
  | { readonly kind: 'IKE_SA_INIT response'; readonly sa: number }
  | NameMessage

/** RFC 7296 §1: the exchanges of an IKE SA. */
export type Exchange = 'IKE_SA_INIT' | 'IKE_AUTH' | 'CREATE_CHILD_SA' | 'INFORMATIONAL'

/**
 * Where users act: each message by its header, and by the notification of MOBIKE that it carries, where that is known; an UPDATE_SA_ADDRESSES may list addresses
 * as well.
 */
export type ExchangeMessage =
  | ({ readonly kind: 'IKE request'; readonly notify?: Notification; readonly lists?: 'yes' | 'no' } & Header)
  | ({ readonly kind: 'IKE response' } & Header)
  /** Data: their sequence number was not there before (RFC 4303 §2.2). */
  | { readonly kind: 'ESP'; readonly number: 'new' }

interface Header {
  readonly exchange: Exchange
  /** Whose request it is, or answers. */
  readonly of: Asker
  readonly id: number
  readonly spis: 'of this SA'
}

export type Notification = 'UPDATE_SA_ADDRESSES' | 'ADDITIONAL_ADDRESSES' | 'other'

/** Whose exchange it is: each side counts its own Message IDs (RFC 7296 §2.2). */
export type Asker = 'initiator' | 'responder'

export function describeMobike(message: Message): { name: string; detail: string } {
  if ('spis' in message) return describeExchange(message as Exclude<ExchangeMessage, { kind: 'ESP' }>)
  const m = message as MobikeMessage | NamedMessage
  const sa = 'sa' in m && m.sa > 0 ? `SA ${m.sa + 1}` : ''
  const words = (...parts: readonly string[]) => parts.filter((part) => part !== '').join(', ')
  switch (m.kind) {
    case 'UPDATE_SA_ADDRESSES':
    case 'INFORMATIONAL response':
      return { name: m.kind, detail: words(`ID ${m.id}`, sa) }
    case 'ADDITIONAL_ADDRESSES':
      return m.additional.length === 0
        ? { name: 'NO_ADDITIONAL_ADDRESSES', detail: words(`ID ${m.id}`, sa) }
        : { name: m.kind, detail: `${words(`ID ${m.id}`, sa)}: ${m.additional.join(', ')}` }
    case 'DNS update':
    case 'DNS answer':
      return { name: m.kind, detail: m.address }
    default:
      return { name: m.kind, detail: sa }
  }
}

/** By what it says, where that is known. */
function describeExchange(message: Exclude<ExchangeMessage, { kind: 'ESP' }>): { name: string; detail: string } {
  const detail = `ID ${message.id} of the ${message.of}`
  if (message.kind === 'IKE response') return { name: `${message.exchange} response`, detail }
  const { notify, exchange } = message
  return { name: notify === undefined || notify === 'other' ? `${exchange} request` : notify, detail }
}

/**
 * RFC 7296 leaves it to implementations how long to wait and when to give up (§2.1, §2.4). With a clock: a dozen times within several minutes, as §2.4
 * suggests, doubled from 1 s to 30 s. strongSwan has 4 s and 1.8 times as long each of five times, and where it looks for a path, `pathProbe`.
 */
export const retransmission: Timer = {
  milliseconds: 1000,
  backsOff: doubledUpTo(30_000),
  earliest: 0,
  source: 'RFC 7296 §2.4: requests are sent again until answered, with back-off',
}
export const laterRetransmission: Timer = { ...retransmission, rankedAs: 1001 }
export const giveUp: Timer = {
  milliseconds: 300_000,
  earliest: 0,
  source: 'RFC 7296 §2.4, RFC 4555 §3.11: after several minutes of silence the IKE SA is dead',
}
/** What strongSwan asks with after a move is sent again ten times, and then it forgets the IKE SA: it tells nobody. */
export const MOST_PROBES = 10
const probing = 'strongSwan, task_manager.h: ROUTABILITY_CHECK_INTERVAL 2.5 s, ROUTABILITY_CHECK_TRIES 10'
export const pathProbe: Timer = { milliseconds: 2500, earliest: 0, source: probing }
export const laterPathProbe: Timer = { ...pathProbe, rankedAs: 2501 }
export const giveUpProbing: Timer = { milliseconds: 27_500, earliest: 0, source: probing }
/** A call is begun again before an SA is given up. */
export const initRetry: Timer = {
  ...retransmission,
  source: 'RFC 7296 §2.1, §2.4: an IKE_SA_INIT is sent again, and a host that is called by its name is looked up again',
}
