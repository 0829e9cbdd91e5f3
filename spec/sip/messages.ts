import type { Address, Forward, Message } from '../index.ts'

/** SIP requests and responses of an established dialog, reduced to what mobility turns on (RFC 3261). */
export type SipMessage =
  /** A re-INVITE (§14): the target refresh by which a user agent says where it is now. */
  | {
      readonly kind: 'INVITE'
      readonly from: string
      readonly cseq: number
      readonly contact: Address
      readonly requestUri: Address
    }
  | { readonly kind: '100 Trying'; readonly cseq: number }
  | { readonly kind: '200 OK'; readonly cseq: number; readonly contact: Address }
  | { readonly kind: ErrorResponse; readonly cseq: number }
  /** Of a 2xx: end to end, along the route set. */
  | { readonly kind: 'ACK'; readonly cseq: number; readonly requestUri: Address }
  /** Of an error response: hop by hop, to whoever sent it (§17.1.1.3). */
  | { readonly kind: 'ACK (error)'; readonly cseq: number }
  | { readonly kind: 'BYE'; readonly requestUri: Address }
  | { readonly kind: 'REGISTER'; readonly from: string; readonly cseq: number; readonly contact: Address }
  | { readonly kind: '200 OK (REGISTER)'; readonly cseq: number }
  /** Media, straight to the other's Contact: what the data probe sends. */
  | { readonly kind: 'RTP' }
  /** Not SIP: a mobile tells the Interceptor of the network that it has left where to send what still arrives (000 §IV.D). */
  | Forward

export type ErrorResponse =
  | '408 Request Timeout'
  | '481 Call/Transaction Does Not Exist'
  | '491 Request Pending'
  | '500 Server Internal Error'

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
      return { name: m.kind, detail: `${m.old} → ${m.to}` }
    case 'RTP':
    case 'BYE':
    case '200 OK (REGISTER)':
      return { name: m.kind, detail: '' }
    default:
      return { name: m.kind, detail: `CSeq ${m.cseq}` }
  }
}
