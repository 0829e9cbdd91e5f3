import type { Address, Forward, Forwarding, Message } from '../index.ts'

/**
 * The Via below a proxy's own: who sent it the request. Responses repeat it (§8.2.6.2), so that the proxy can send them on when it has forgotten
 * the request (§16.7). Requests that no proxy has passed on have none. Of errors it is left out: a proxy answers with its own.
 */
interface Proxied {
  readonly via?: Address
}

/** SIP requests and responses of an established dialog, reduced to what mobility turns on (RFC 3261). */
export type SipMessage =
  /** A re-INVITE (§14): the target refresh by which a user agent says where it is now. */
  | (Proxied & {
      readonly kind: 'INVITE'
      readonly from: string
      readonly cseq: number
      readonly contact: Address
      readonly requestUri: Address
    })
  | { readonly kind: '100 Trying'; readonly cseq: number }
  | (Proxied & { readonly kind: '200 OK'; readonly cseq: number; readonly contact: Address })
  | { readonly kind: ErrorResponse; readonly cseq: number }
  /** A re-INVITE was cancelled before it had a final answer (§9.2, §15.1.2). */
  | { readonly kind: '487 Request Terminated'; readonly cseq: number }
  /** Hop by hop (§9.1): with the Request-URI, the CSeq number and the topmost Via of the re-INVITE that it is about. */
  | { readonly kind: 'CANCEL'; readonly cseq: number; readonly requestUri: Address }
  | { readonly kind: AnswerToCancel; readonly cseq: number }
  /** Of a 2xx: end to end, along the route set. */
  | { readonly kind: 'ACK'; readonly cseq: number; readonly requestUri: Address }
  /** Of an error response: hop by hop, to whoever sent it (§17.1.1.3). */
  | { readonly kind: 'ACK (error)'; readonly cseq: number }
  | (Proxied & { readonly kind: 'BYE'; readonly requestUri: Address })
  | (Proxied & { readonly kind: AnswerToBye })
  | { readonly kind: 'REGISTER'; readonly from: string; readonly cseq: number; readonly contact: Address }
  | { readonly kind: '200 OK (REGISTER)'; readonly cseq: number }
  /** Any final response but 2xx (§10.3). */
  | { readonly kind: 'refusal (REGISTER)'; readonly cseq: number }
  /** Media, straight to the other's Contact: what the data probe sends. */
  | { readonly kind: 'RTP' }
  /** Not SIP: a mobile tells the Interceptor of the network that it has left where to send what still arrives (000 §IV.D). */
  | Forward
  /** The Interceptor has it. */
  | Forwarding

export type ErrorResponse =
  | '408 Request Timeout'
  | '481 Call/Transaction Does Not Exist'
  | '491 Request Pending'
  | '500 Server Internal Error'

/** Whether there was anything to cancel (§9.2); what became of it, the answer to the re-INVITE says. */
export type AnswerToCancel = '200 OK (CANCEL)' | '481 Call/Transaction Does Not Exist (CANCEL)'

/** 481: there is no such dialog any more. 408: a proxy has given it up. In any case the BYE is answered (§15.1.1). */
export type AnswerToBye = '200 OK (BYE)' | '481 Call/Transaction Does Not Exist (BYE)' | '408 Request Timeout (BYE)'

export function describeSip(message: Message): { name: string; detail: string } {
  const m = message as SipMessage
  switch (m.kind) {
    case 'INVITE':
      return { name: 're-INVITE', detail: `CSeq ${m.cseq}, Contact ${m.contact}` }
    case '200 OK':
      return { name: m.kind, detail: `CSeq ${m.cseq}, Contact ${m.contact}` }
    case 'REGISTER':
      return { name: m.kind, detail: `Contact ${m.contact}` }
    case 'Forward':
    case 'Forwarding':
      return { name: m.kind, detail: `${m.old} → ${m.to}` }
    case 'RTP':
    case 'BYE':
    case '200 OK (BYE)':
    case '481 Call/Transaction Does Not Exist (BYE)':
    case '408 Request Timeout (BYE)':
    case '200 OK (REGISTER)':
    case 'refusal (REGISTER)':
      return { name: m.kind, detail: '' }
    default:
      return { name: m.kind, detail: `CSeq ${m.cseq}` }
  }
}

/** What a user agent or a proxy does with each message. */
export const sections: Readonly<Record<string, string>> = {
  attached: 'RFC 3261 §14.1: a re-INVITE with the new Contact; §10.2: a REGISTER',
  INVITE:
    'RFC 3261 §14.2: as a server, a re-INVITE is accepted, or 491 while an own one is open; §16.6: as a proxy, it is passed on',
  '100 Trying': 'RFC 3261 §17.1.1.2: no INVITE is sent again after a provisional response',
  '200 OK': 'RFC 3261 §13.2.2.4: a 2xx is acknowledged; §12.2.1.2: its Contact is the new remote target',
  '408 Request Timeout': 'RFC 3261 §14.1: a re-INVITE without an answer ends the dialog',
  '481 Call/Transaction Does Not Exist': 'RFC 3261 §14.1: the dialog is ended',
  '491 Request Pending':
    'RFC 3261 §14.1: the re-INVITE is tried again after a back-off; §17.1.1.3: the error is acknowledged',
  '500 Server Internal Error': 'RFC 3261 §17.1.1.3: the error is acknowledged',
  '487 Request Terminated': 'RFC 3261 §14.1: the session is as it was; §17.1.1.3: the error is acknowledged',
  CANCEL: 'RFC 3261 §9.2: a request that has no final answer yet gets 487',
  '200 OK (CANCEL)': 'RFC 3261 §9.1: the CANCEL is not sent again after its answer',
  '481 Call/Transaction Does Not Exist (CANCEL)': 'RFC 3261 §9.1: the CANCEL is not sent again after its answer',
  ACK: 'RFC 3261 §13.3.1.4: the 2xx is not sent again after its ACK',
  'ACK (error)': 'RFC 3261 §17.2.1: the error is not sent again after its ACK',
  BYE: 'RFC 3261 §15.1.2: the session is over',
  '200 OK (BYE)': 'RFC 3261 §17.1.2: the BYE is not sent again after its answer',
  '481 Call/Transaction Does Not Exist (BYE)': 'RFC 3261 §15.1.1: the BYE is not sent again after its answer',
  '408 Request Timeout (BYE)': 'RFC 3261 §15.1.1: the BYE is not sent again after its answer',
  REGISTER: 'RFC 3261 §10.3: the binding is replaced',
  '200 OK (REGISTER)': 'RFC 3261 §10.2.4: the registration is complete',
  'refusal (REGISTER)': 'RFC 3261 §10.2.7: the registration is as before',
}
