import type { Address, Forward } from '../index.ts'

/** What a user agent of RFC 3261 remembers of its dialog; `user-agent.ts` says what it does. */
export interface UserAgent {
  readonly here: Address
  /** Where requests go: the Contact of the peer's last target refresh (§12.2). */
  readonly remoteTarget: Address
  /** The re-INVITE of mine that is under way. */
  readonly client: Client | null
  /** The last re-INVITE of the peer that I have answered. */
  readonly server: Server | null
  /** 2xx of re-INVITEs before that one which still wait for their ACK (§13.3.1.4). */
  readonly earlier: readonly Server[]
  /** I have moved since I last began to say where I am. */
  readonly unannounced: boolean
  readonly backingOff: boolean
  /** 491 answers in a row. */
  readonly glares: number
  readonly cseq: number
  readonly remoteCseq: number
  readonly registered: boolean
  readonly registrations: number
  /** The registrar has refused the last registration. */
  readonly refused?: true
  /** The address that it holds and has not noticed yet, where its program may notice late. */
  readonly unnoticed?: Address
  /** It listens at any address of its host, and answers from there. */
  readonly anywhere?: true
  /** Where the peer's BYE came from that I have answered, where users hang up. */
  readonly answeredBye?: Address
  /** What Interceptors have been told and not acknowledged yet. */
  readonly untold: readonly Forward[]
  /** The BYE that I have sent and that is not answered yet (§15.1.1). */
  readonly bye: { readonly target: Address; readonly retransmissions: number } | null
  /** The CANCEL of my re-INVITE (§9.1): whether it is answered, and whether a BYE is to follow once the re-INVITE is. */
  readonly cancelled?: { readonly isAnswered: boolean; readonly thenBye: boolean }
  /** My re-INVITE that had a provisional response when the dialog ended: its transaction goes on. */
  readonly left?: { readonly target: Address; readonly isOver: boolean }
  /** Its user decides on the next re-INVITE; the Contact of one that waits for that. */
  readonly asksUser?: true
  readonly proposed?: Address
  /** Why the dialog has ended; null while it lives. */
  readonly ended: string | null
}

export interface Client {
  readonly state: 'calling' | 'proceeding'
  readonly contact: Address
  readonly target: Address
  readonly retransmissions: number
}

export interface Server {
  readonly cseq: number
  /** The topmost Via of the request: where every copy of the response goes (§18.2.2). */
  readonly to: Address
  /** The Via below it. */
  readonly via: Address | null
  /** 100: it waits for its user. */
  readonly response: '200 OK' | '491 Request Pending' | '100 Trying' | '487 Request Terminated'
  readonly contact: Address
  readonly acknowledged: boolean
  readonly retransmissions: number
}

export type CancelTimer = 'Timer E (CANCEL)' | 'no final answer'

export type TimerName =
  | 'Timer A'
  | 'Timer B'
  | 'Timer E'
  | 'Timer E (BYE)'
  | 'Timer F'
  | 'Timer G'
  | 'Timer H'
  | 'no ACK'
  | 'tells again'
  | 'back-off (Call-ID owner)'
  | 'back-off (other side)'
  | 'back-off (last)'
  | CancelTimer

/** What a user, or the program around a user agent, does at will. */
export type ActionName =
  | 'hangs up'
  | 'notices'
  | 'is anywhere'
  | 're-INVITEs'
  | 'leaves it at that'
  | 'registers again'
  | 'cancels'
  | 'gives up'
  | 'lets its user decide'
  | 'accepts'

export interface UserAgentSettings {
  readonly name: string
  readonly start: Address
  readonly peer: Address
  /** The side that made the Call-ID backs off longer after a 491 (§14.1). */
  readonly ownsCallId: boolean
  /** The home registrar; null for one that nobody looks up. */
  readonly registrar: Address | null
  /** The home proxy of the peer, when requests take that way; without it they go to the remote target itself. */
  readonly outbound?: Address
  /** Tells the Interceptor of the network it leaves (000 §IV.D). */
  readonly tellsInterceptor?: 'once' | 'until acknowledged'
  /** How often a request or 2xx is sent again before the transaction's own time-out; 'unlimited' for fair loss. */
  readonly retransmissions: number | 'unlimited'
  /** The same of a BYE, where that is not as many. */
  readonly byes?: number
  /** What its user and the program around it do at will. Without 'notices' it notices at once that it has moved. */
  readonly does?: readonly ActionName[]
  /** What the other end sends again from another address is another transaction (§17.2.3). */
  readonly renewsVias?: boolean
  /** How many back-offs are looked at before a time-out of 30 s: after so many 491 in a row the next one outlasts all time-outs, and is the last. */
  readonly retriesAfter491: number | 'unlimited'
  /** CSeq wraps round here: as large as can be where a run cannot go round for ever. */
  readonly cseqModulus: number
}

/** A dialog is set up, and nobody has moved yet. */
export const startOf = (settings: Pick<UserAgentSettings, 'start' | 'peer'>): UserAgent => ({
  here: settings.start,
  remoteTarget: settings.peer,
  client: null,
  server: null,
  earlier: [],
  unannounced: false,
  backingOff: false,
  glares: 0,
  cseq: 1,
  remoteCseq: 1,
  registered: true,
  registrations: 0,
  untold: [],
  bye: null,
  ended: null,
})
