import { type Address, doubledUpTo, type Message, type Timer } from '../index.ts'

/** HIP mobility signaling of an established association (RFC 8046 §3.2, RFC 7401 §5.3.5); parameters in words. */
export type HipMessage =
  /** The first UPDATE: LOCATOR_SET and SEQ. */
  | { readonly kind: 'UPDATE (LOCATOR_SET)'; readonly from: string; readonly locator: Address; readonly id: number }
  /** The second: ACK of the first, and an echo request to the new address. */
  | { readonly kind: 'UPDATE (ACK, ECHO_REQUEST)'; readonly id: number }
  /** The third: the echo comes back from the new address, which is thereby verified. */
  | { readonly kind: 'UPDATE (ECHO_RESPONSE)'; readonly id: number }
  | { readonly kind: 'CLOSE' }
  /** A host keeps its registration with its rendezvous server current (RFC 8003, RFC 8004). */
  | { readonly kind: 'registration'; readonly locator: Address; readonly id: number }
  | { readonly kind: 'registration response'; readonly id: number }
  /** User data in ESP: what the data probe sends. */
  | { readonly kind: 'data' }

export function describeHip(message: Message): { name: string; detail: string } {
  const m = message as HipMessage
  switch (m.kind) {
    case 'UPDATE (LOCATOR_SET)':
      return { name: m.kind, detail: `ID ${m.id}, ${m.locator}` }
    case 'registration':
      return { name: m.kind, detail: m.locator }
    case 'data':
    case 'CLOSE':
      return { name: m.kind, detail: '' }
    default:
      return { name: m.kind, detail: `ID ${m.id}` }
  }
}

/** RFC 7401 says that there is a back-off, and not from what. */
const UNSAID = { earliest: 0 }
/**
 * The registration of a move is sent before its UPDATE, so its own timer is due first. So is that of an echo: it answers a move
 * of the peer that came before, and what it verifies is where my own UPDATE has to go.
 */
export const registrationRetry: Timer = {
  milliseconds: 1000,
  backsOff: doubledUpTo(32_000),
  ...UNSAID,
  source: 'RFC 7401 §6.11: retransmission with back-off',
}
export const updateRetry: Timer = {
  milliseconds: 1000,
  rankedAs: 1001,
  backsOff: doubledUpTo(32_000),
  ...UNSAID,
  source: 'RFC 7401 §6.11: an UPDATE is sent again until its ACK',
}
export const echoRetry: Timer = {
  milliseconds: 1000,
  backsOff: doubledUpTo(32_000),
  ...UNSAID,
  source: 'RFC 7401 §6.12: so is one with an echo request',
}
export const updateTimeout: Timer = {
  // Five tries that double from 1 s, and as long again after the last of them as it doubles to.
  milliseconds: 64_000,
  rankedAs: 32_000,
  ...UNSAID,
  source: 'RFC 7401 §6.11: after UPDATE_RETRY_MAX tries the association closes',
}

/** What a host or a rendezvous server does with each message. */
export const sections: Readonly<Record<string, string>> = {
  attached: 'RFC 8046 §3.2.1: an UPDATE with the new locator',
  'UPDATE (LOCATOR_SET)':
    'RFC 8046 §5.3, §5.4: acknowledged, and the locator is verified; RFC 8004 §4.2: as a rendezvous server, relayed',
  'UPDATE (ACK, ECHO_REQUEST)': 'RFC 7401 §6.12: the echo is answered, and the UPDATE is not sent again',
  'UPDATE (ECHO_RESPONSE)': 'RFC 8046 §5.4: the locator is ACTIVE',
  CLOSE: 'RFC 7401 §6.14: the association is closed',
  registration: 'RFC 8003 §3.2: the registration is renewed',
  'registration response': 'RFC 8003 §3.2: the registration is complete',
}
