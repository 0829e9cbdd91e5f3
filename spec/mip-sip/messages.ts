import { type Address, doubledUpTo, type Message, type Timer, type Tunnel } from '../index.ts'

/** Mobile IP for TCP and SIP for media, worked together (001 §3, Fig. 2). */
export type MipSipMessage =
  /** Binding Update and Acknowledgement with the home agent (Mobile IP). */
  | { readonly kind: 'BU'; readonly careOf: Address; readonly number: number }
  | { readonly kind: 'BAck'; readonly number: number; readonly status: 'accepted' | 'refused' }
  /** From the home agent, which has the user's credentials, to the registrar. */
  | { readonly kind: 'REGISTER'; readonly contact: Address; readonly cseq: number }
  | { readonly kind: '200 OK (REGISTER)'; readonly cseq: number }
  /** By the cross-layer event, straight to the correspondent. */
  | { readonly kind: 're-INVITE'; readonly contact: Address; readonly cseq: number }
  | { readonly kind: '200 OK'; readonly cseq: number }
  | Tunnel
  /** Media, to the Contact; and a TCP segment, to the home address. */
  | { readonly kind: 'RTP' }
  | { readonly kind: 'TCP segment' }

export function describeMipSip(message: Message): { name: string; detail: string } {
  const m = message as MipSipMessage
  switch (m.kind) {
    case 'BU':
      return { name: m.kind, detail: `care-of ${m.careOf}` }
    case 'BAck':
      return { name: m.kind, detail: m.status }
    case 'REGISTER':
    case 're-INVITE':
      return { name: m.kind, detail: `Contact ${m.contact}` }
    default:
      return { name: m.kind, detail: '' }
  }
}

/** The binding is begun first (001 Fig. 2), then the registration that follows from it. */
export const bindingRetry: Timer = {
  milliseconds: 1000,
  rankedAs: 499,
  backsOff: doubledUpTo(1_800_000),
  source: 'RFC 5944 §3.6.3: a registration is sent again after 1 s, then doubled',
}
export const registerRetry: Timer = {
  milliseconds: 500,
  backsOff: doubledUpTo(4000),
  source: 'RFC 3261 §17.1.2.2: Timer E',
}
export const inviteRetry: Timer = {
  milliseconds: 500,
  rankedAs: 501,
  backsOff: doubledUpTo(32_000),
  source: 'RFC 3261 §17.1.1.2: Timer A',
}
export const inviteTimeout: Timer = { milliseconds: 32_000, source: 'RFC 3261 §17.1.1.2: Timer B' }
