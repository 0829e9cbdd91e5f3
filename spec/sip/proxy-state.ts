import type { Address } from '../index.ts'
import type { SipMessage } from './messages.ts'
import type { ProxiedBye, ProxyByeTimer } from './proxy-bye.ts'

/**
 * A home network's SIP server: registrar of one user, and, where the variant routes requests through it, the stateful inbound
 * proxy of that user (RFC 3261 §10.3, §16). Stationary: it is always reachable.
 *
 * A BYE and its answer are passed on; where `byes` does not say that it keeps them as transactions, that the proxy sends a BYE again by itself is left to
 * the user agent's own copies.
 * Left out: expiry of registrations (no run lasts that long), forking at the start of a call, authentication.
 */
export interface Server {
  /** The user's registered Contact. */
  readonly location: Address
  readonly registerCseq: number
  /** The re-INVITE that is being proxied, or was last. */
  readonly transaction: Transaction | null
  /** Where the BYE has been sent: copies of it go there too. */
  readonly byeTarget: Address | null
  /** The BYE as a transaction, where those are kept. */
  readonly bye?: ProxiedBye
}

export interface Transaction {
  readonly invite: Extract<SipMessage, { kind: 'INVITE' }>
  /** Where the request came from: the Via below mine. */
  readonly upstream: Address
  readonly branches: readonly Branch[]
  /** The final response that went upstream, whether it was acknowledged, and how often it may be sent again. */
  readonly final: FinalResponse | null
  readonly acknowledged: boolean
  readonly retransmissions: number
  /** Whoever sent it wants it no more (§16.10). */
  readonly isCancelled?: true
}

export interface Branch {
  readonly target: Address
  readonly response: FinalError | null
  readonly retransmissions: number
}

export type FinalError =
  | '408 Request Timeout'
  | '481 Call/Transaction Does Not Exist'
  | '491 Request Pending'
  | '500 Server Internal Error'
  | '487 Request Terminated'
export type FinalResponse = FinalError | '200 OK'
export type ProxyTimer = 'proxy Timer A' | 'proxy Timer G' | 'branch time-out' | ProxyByeTimer

export interface ProxySettings {
  readonly start: Address
  /**
   * Where an in-dialog request goes. `request-uri`: to the Contact in the Request-URI, as §16.5 wants of a proxy that is not
   * responsible for its domain. `location`: to the user's registered Contact, looked up once a transaction.
   */
  readonly target: 'request-uri' | 'location'
  /** The same of what is no INVITE, where a configuration makes a difference. */
  readonly ways?:
    | undefined
    | {
        readonly ACK: ProxySettings['target'] | undefined
        readonly BYE: ProxySettings['target'] | undefined
      }
  /** Looks up again whenever the request is sent again, by the user agent or by itself (000 §IV.A). */
  readonly relookupOnRetransmit: boolean
  /** Sends a pending request to a new Contact as soon as that registers (000 §IV.D). */
  readonly resendOnRegister: boolean
  /** A new target is one more branch to wait for (§16.7), or takes the place of the stale ones. */
  readonly newTarget: 'add' | 'replace'
  /** Of several errors of one class, which is best: §16.7 (6) leaves it open. */
  readonly best: '408 Request Timeout' | '491 Request Pending'
  /** `paper`: no 100 Trying, no time-out of a branch; requests that are sent again are passed on. */
  readonly rules: 'rfc' | 'paper'
  readonly retransmissions: number | 'unlimited'
  readonly cseqModulus: number
  /** A BYE is a transaction of its own here as well (§16.6, §17.1.2). */
  readonly byes?: 'stateful'
  /** What user agents send again from another address is another transaction (§17.2.3). */
  readonly renewsVias?: boolean
  /** The registrations that it refuses, by number: who may register is its own affair (§10.3). */
  readonly refuses?: readonly number[]
}
