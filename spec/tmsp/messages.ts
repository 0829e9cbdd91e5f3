import { type Address, doubledUpTo, type Message, type Timer } from '../index.ts'

/** TMSP's SIP messages (003 §III, Figs 1–3). The paper has no ACK; numbers stand for CSeq. */
export type TmspMessage =
  | { readonly kind: 'REGISTER'; readonly coa: Address; readonly number: number }
  | { readonly kind: '200 OK (REGISTER)'; readonly number: number }
  | { readonly kind: 're-INVITE'; readonly coa: Address; readonly number: number }
  /** Its Contact is where the answer came from: a 2xx refreshes the target, as the request does (RFC 3261 §12.2.1.2). */
  | { readonly kind: '200 OK'; readonly coa: Address; readonly number: number }
  /** Movement verification has failed (003 Fig. 1c); the paper does not name the answer. */
  | { readonly kind: '403 Forbidden'; readonly number: number }
  /** An INVITE to the redirect server of the one that is looked for, and its answer (RFC 3261 §8.3). */
  | { readonly kind: 'INVITE (lookup)'; readonly question: number }
  /** It says which INVITE it answers (branch and CSeq, §17.1.3). */
  | { readonly kind: '302 Moved Temporarily'; readonly contact: Address; readonly question: number }
  /** User data of a connection, known by its port: what the data probe sends. */
  | { readonly kind: 'data'; readonly port: number }

export function describeTmsp(message: Message): { name: string; detail: string } {
  if ('coa' in message) return { name: message.kind, detail: `CoA ${message.coa}` }
  if ('contact' in message) return { name: message.kind, detail: `Contact ${message.contact}` }
  return { name: message.kind, detail: '' }
}

/**
 * The number of the next question. Numbers come round after four, so that runs can close their circles: a timer asks anew only when
 * nothing is in flight any more, and a host that moves or is told anew never leaves four questions behind.
 */
export const nextQuestion = (last: number): number => (last + 1) % 4

/** A registration is begun before its re-INVITE, and a question before either is sent again. */
export const registerRetry: Timer = {
  milliseconds: 500,
  backsOff: doubledUpTo(4000),
  source: 'RFC 3261 §17.1.2.2: Timer E',
}
export const lookupRetry: Timer = {
  milliseconds: 500,
  backsOff: doubledUpTo(32_000),
  source: 'RFC 3261 §17.1.1.2: Timer A of the lookup',
}
export const inviteRetry: Timer = {
  milliseconds: 500,
  rankedAs: 501,
  backsOff: doubledUpTo(32_000),
  source: 'RFC 3261 §17.1.1.2: Timer A, T1 doubled each time',
}
export const inviteTimeout: Timer = { milliseconds: 32_000, source: '003 §III-E; RFC 3261 §17.1.1.2: Timer B, 64·T1' }
