import type { Address, Forward, Message, Timer } from '../index.ts'
import { describeSip, type SipMessage } from '../sip/messages.ts'

/** The phone rings at the callee (RFC 3261 §13.3.1.1). */
interface Ringing {
  readonly kind: '180 Ringing'
}

/** Session initiation by RFC 3261 §13: what an established dialog says, with CSeq 1 for what sets it up, and 180. */
export type SetupMessage = SipMessage | Ringing

/** CSeq of the INVITE that begins the dialog. */
export const INITIAL = 1

/** Session initiation as paper 000 draws it (§III.B, §IV.E, Figs 4 and 9), and the re-INVITE that follows a move. */
export type PaperSetupMessage =
  | { readonly kind: 'INVITE'; readonly contact: Address }
  | Ringing
  | { readonly kind: '200 OK'; readonly contact: Address }
  | { readonly kind: 'ACK' }
  | { readonly kind: 'REGISTER'; readonly contact: Address; readonly cseq: number }
  | { readonly kind: '200 OK (REGISTER)'; readonly cseq: number }
  | { readonly kind: 're-INVITE'; readonly contact: Address; readonly cseq: number }
  | { readonly kind: '200 OK (re-INVITE)'; readonly cseq: number }
  /** Media: what the data probe sends. */
  | { readonly kind: 'RTP' }
  | Forward

/** Whether a message is of the INVITE that sets the call up: those of the paper's have no CSeq. */
export const isOfSetUp = (message: Message): boolean => !('cseq' in message) || message.cseq === INITIAL

export function describeSetup(message: Message): { name: string; detail: string } {
  const m = message as SetupMessage | PaperSetupMessage
  if ('cseq' in m && m.kind !== 're-INVITE' && m.kind !== '200 OK (re-INVITE)' && m.kind !== 'REGISTER') {
    const { name, detail } = describeSip(m)
    return m.kind === 'INVITE' && isOfSetUp(m) ? { name: m.kind, detail } : { name, detail }
  }
  if ('contact' in m) return { name: m.kind, detail: `Contact ${m.contact}` }
  return { name: m.kind, detail: 'old' in m ? `${m.old} → ${m.to}` : '' }
}

export const dials: Timer = { milliseconds: 1, source: 'the user' }
export const answers: Timer = { milliseconds: 1, source: 'the user' }
