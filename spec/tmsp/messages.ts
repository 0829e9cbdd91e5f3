import type { Address, Message, Timer } from '../index.ts'

/** TMSP's SIP messages (003 §III, Figs 1–3). The paper has no ACK; numbers stand for CSeq. */
export type TmspMessage =
  | { readonly kind: 'REGISTER'; readonly coa: Address; readonly number: number }
  | { readonly kind: '200 OK (REGISTER)'; readonly number: number }
  | { readonly kind: 're-INVITE'; readonly coa: Address; readonly number: number }
  | { readonly kind: '200 OK'; readonly number: number }
  /** Movement verification has failed (003 Fig. 1c); the paper does not name the answer. */
  | { readonly kind: '403 Forbidden'; readonly number: number }
  /** An INVITE to the redirect server of the one that is looked for, and its answer (RFC 3261 §8.3). */
  | { readonly kind: 'INVITE (lookup)' }
  | { readonly kind: '302 Moved Temporarily'; readonly contact: Address }
  /** User data of a connection, known by its port: what the data probe sends. */
  | { readonly kind: 'data'; readonly port: number }

export function describeTmsp(message: Message): { name: string; detail: string } {
  if ('coa' in message) return { name: message.kind, detail: `CoA ${message.coa}` }
  if ('contact' in message) return { name: message.kind, detail: `Contact ${message.contact}` }
  return { name: message.kind, detail: '' }
}

/** A registration is begun before its re-INVITE, and a question before either is sent again. */
export const registerRetry: Timer = { milliseconds: 500, source: 'RFC 3261 §17.1.2.2: Timer E' }
export const lookupRetry: Timer = { milliseconds: 500, source: 'RFC 3261 §17.1.1.2: Timer A of the lookup' }
export const inviteRetry: Timer = { milliseconds: 501, source: 'RFC 3261 §17.1.1.2: Timer A, T1 doubled each time' }
export const inviteTimeout: Timer = { milliseconds: 32_000, source: '003 §III-E; RFC 3261 §17.1.1.2: Timer B, 64·T1' }
