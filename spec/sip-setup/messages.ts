import type { Address, Forward, Message, Timer } from '../index.ts'

/** Session initiation (000 §III.B, §IV.E, Figs 4 and 9; RFC 3261 §13, §16, §17), and the re-INVITE that follows a move. */
export type SetupMessage =
  | { readonly kind: 'INVITE'; readonly contact: Address }
  | { readonly kind: '100 Trying' }
  | { readonly kind: '180 Ringing' }
  | { readonly kind: '200 OK'; readonly contact: Address }
  | { readonly kind: '408 Request Timeout' }
  | { readonly kind: 'ACK' }
  | { readonly kind: 'REGISTER'; readonly contact: Address; readonly cseq: number }
  | { readonly kind: '200 OK (REGISTER)'; readonly cseq: number }
  | { readonly kind: 're-INVITE'; readonly contact: Address; readonly cseq: number }
  | { readonly kind: '200 OK (re-INVITE)'; readonly cseq: number }
  /** Media: what the data probe sends. */
  | { readonly kind: 'RTP' }
  | Forward

export function describeSetup(message: Message): { name: string; detail: string } {
  const m = message as SetupMessage
  if ('contact' in m) return { name: m.kind, detail: `Contact ${m.contact}` }
  return { name: m.kind, detail: m.kind === 'Forward' ? `${m.old} → ${m.to}` : '' }
}

export const dials: Timer = { milliseconds: 1, source: 'the user' }
export const answers: Timer = { milliseconds: 1, source: 'the user' }
export const timerE: Timer = { milliseconds: 500, source: 'RFC 3261 §17.1.2.2: REGISTER' }
export const timerA: Timer = { milliseconds: 501, source: 'RFC 3261 §17.1.1.2: INVITE' }
export const timerG: Timer = { milliseconds: 501, source: 'RFC 3261 §13.3.1.4: a 2xx until its ACK' }
export const timerB: Timer = { milliseconds: 32_000, source: 'RFC 3261 §17.1.1.2: an INVITE without any answer' }
export const noAck: Timer = {
  milliseconds: 32_000,
  source: 'RFC 3261 §13.3.1.4: a 2xx without an ACK ends the session',
}
export const branchTimeout: Timer = { milliseconds: 30_000, source: 'RFC 3261 §16.8; 30 s as Kamailio ships it' }
