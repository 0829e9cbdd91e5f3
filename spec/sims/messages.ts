import type { Address, Message, Timer, Tunnel } from '../index.ts'

/** SIMS messages (002 §IV). The paper names none; the names are ours. */
export type SimsMessage =
  /** A host to the mobility agent of the network that it has come to: the addresses of its open sessions. */
  | { readonly kind: 'Attach'; readonly number: number; readonly addresses: readonly OldAddress[] }
  | { readonly kind: 'Attached'; readonly number: number }
  /** The agent there to the agent of an old address: relay to me. */
  | {
      readonly kind: 'RelayRequest'
      readonly address: Address
      readonly credential: Credential
      readonly relay: Address
      readonly number: number
    }
  | { readonly kind: 'RelayAck'; readonly address: Address; readonly number: number }
  /** The agent of an old address to the one that it relayed to before. */
  | { readonly kind: 'RelayStop'; readonly address: Address; readonly number: number }
  | { readonly kind: 'RelayStopAck'; readonly address: Address; readonly number: number }
  | Tunnel
  /** User data: what the data probe sends. */
  | { readonly kind: 'data' }

export interface OldAddress {
  readonly address: Address
  readonly credential: Credential
}

/** What shows that a host may move its address: a term that only its owner, and whoever was told, can give. */
export interface Credential {
  readonly of: Address
  /** The relay and number that it is good for; null: any (002 §V leaves it open). */
  readonly for: { readonly relay: Address; readonly number: number } | null
}

export function describeSims(message: Message): { name: string; detail: string } {
  const m = message as SimsMessage
  switch (m.kind) {
    case 'Attach':
      return { name: m.kind, detail: `sessions of ${m.addresses.map(({ address }) => address).join(', ')}` }
    case 'RelayRequest':
      return { name: m.kind, detail: `${m.address} by ${m.relay}` }
    case 'RelayAck':
    case 'RelayStop':
    case 'RelayStopAck':
      return { name: m.kind, detail: m.address }
    default:
      return { name: m.kind, detail: '' }
  }
}

export const attachRetry: Timer = { milliseconds: 1000, source: 'not in 002: without it a lost request ends a session' }
/** What an agent is asked for is due before the host asks again. */
export const relayRetry: Timer = { milliseconds: 1000, rankedAs: 999, source: 'not in 002' }
/** Longer than what others wait for: an intruder that does not answer keeps nobody waiting. */
export const stopRetry: Timer = {
  milliseconds: 1000,
  rankedAs: 1001,
  source: 'not in 002: without it a lost stop leaves a relay behind',
}
export const attachLifetime: Timer = {
  milliseconds: 60_000,
  source: 'not in 002: a host attaches again from time to time',
}
