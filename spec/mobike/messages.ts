import type { Address, Message, Timer } from '../index.ts'

/** MOBIKE over an IKE SA: INFORMATIONAL exchanges (RFC 4555 §3, RFC 7296 §1.4), by the notification that matters. */
export type MobikeMessage =
  /** From the initiator: the SA's addresses are now those of this packet's header (§3.5). */
  | { readonly kind: 'UPDATE_SA_ADDRESSES'; readonly id: number }
  /** From the responder: the addresses at which it can be reached (§3.6). */
  | { readonly kind: 'ADDITIONAL_ADDRESSES'; readonly id: number; readonly addresses: readonly Address[] }
  /** The answer to either: it repeats the Message ID. */
  | { readonly kind: 'INFORMATIONAL response'; readonly id: number; readonly of: Asker }
  | { readonly kind: 'DELETE' }
  /** User data in ESP: what the data probe sends. */
  | { readonly kind: 'data' }

/** Whose exchange it is: each side counts its own Message IDs (RFC 7296 §2.2). */
export type Asker = 'initiator' | 'responder'

export function describeMobike(message: Message): { name: string; detail: string } {
  const m = message as MobikeMessage
  switch (m.kind) {
    case 'UPDATE_SA_ADDRESSES':
      return { name: m.kind, detail: `ID ${m.id}` }
    case 'ADDITIONAL_ADDRESSES':
      return { name: m.kind, detail: `ID ${m.id}: ${m.addresses.join(', ')}` }
    case 'INFORMATIONAL response':
      return { name: m.kind, detail: `ID ${m.id}` }
    default:
      return { name: m.kind, detail: '' }
  }
}

/** RFC 7296 gives no numbers: how long to wait and when to give up is a local matter (§2.4). */
export const retransmission: Timer = {
  milliseconds: 1000,
  earliest: 0,
  source: 'RFC 7296 §2.4: requests are sent again until answered, with back-off',
}
export const laterRetransmission: Timer = { ...retransmission, milliseconds: 1001 }
export const giveUp: Timer = {
  milliseconds: 300_000,
  earliest: 0,
  source: 'RFC 7296 §2.4, RFC 4555 §3.11: after several minutes of silence the IKE SA is dead',
}
