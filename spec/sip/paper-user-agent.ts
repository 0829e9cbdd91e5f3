import { produce } from 'immer'
import { match, P } from 'ts-pattern'
import { type Address, type Event, type Forward, type Role, type Step, send, stay } from '../index.ts'
import { forgets, tell, tells } from './interceptor.ts'
import type { SipMessage } from './messages.ts'
import { tellsAgain, timerA, timerE } from './timers.ts'

/**
 * A user agent as paper 000 draws it (§II, Figs 1a, 2, 7): on a move, REGISTER and re-INVITE; on a re-INVITE, OK.
 * Left out as the paper leaves it out: glare, ACK, provisional responses, and any end of the dialog. A re-INVITE without an
 * answer is sent again and again, to the target that it was first sent to (§III.A). It is the re-INVITE that says where its
 * sender is; whether the OK does so too, the paper does not say (RFC 3261 §12.2.1.2 does): `okMovesTarget` asks.
 */
export interface PaperUserAgent {
  readonly here: Address
  readonly remoteTarget: Address
  /** The re-INVITE that is not answered yet: its target and Contact. */
  readonly client: { readonly target: Address; readonly contact: Address } | null
  readonly cseq: number
  readonly remoteCseq: number
  readonly registered: boolean
  readonly registrations: number
  /** What Interceptors have been told and not acknowledged yet. */
  readonly untold: readonly Forward[]
}

type TimerName = 'Timer A' | 'Timer E' | 'tells again'

export interface PaperUserAgentSettings {
  readonly name: string
  readonly start: Address
  readonly peer: Address
  readonly registrar: Address
  readonly outbound?: Address
  readonly tellsInterceptor?: 'once' | 'until acknowledged'
  /** Take the Contact of an OK for where the peer is, without the glare rule that RFC 3261 pairs with it. */
  readonly okMovesTarget?: boolean
}

export function paperUserAgent(settings: PaperUserAgentSettings): Role<PaperUserAgent, SipMessage, TimerName> {
  const { name, registrar } = settings
  const invite = (ua: PaperUserAgent) =>
    send<SipMessage>(
      { kind: 'INVITE', from: name, cseq: ua.cseq, contact: ua.client!.contact, requestUri: ua.client!.target },
      settings.outbound ?? ua.client!.target,
    )
  const register = (ua: PaperUserAgent) =>
    send<SipMessage>({ kind: 'REGISTER', from: name, cseq: ua.registrations, contact: ua.here }, registrar)

  const attached = (ua: PaperUserAgent, address: Address): Step<PaperUserAgent, SipMessage> => {
    const next = produce(ua, (me) => {
      me.here = address
      me.cseq += 1
      me.client = { target: ua.remoteTarget, contact: address }
      me.registered = false
      me.registrations += 1
    })
    const [told, sent] = tells(next, ua.here, settings.tellsInterceptor)
    return [told, [...sent, register(next), invite(next)]]
  }

  const step = (ua: PaperUserAgent, event: Event<SipMessage, TimerName>): Step<PaperUserAgent, SipMessage> =>
    match(event)
      .returnType<Step<PaperUserAgent, SipMessage>>()
      .with({ kind: 'attached' }, ({ address }) => attached(ua, address))
      .with({ kind: 'INVITE' }, ({ cseq, contact, source }) => {
        // RFC 3261 §12.2.2: an older request is out of order; the same one again gets the same answer.
        if (cseq < ua.remoteCseq) return stay(ua)
        const next = { ...ua, remoteCseq: cseq, remoteTarget: contact }
        return [next, [send<SipMessage>({ kind: '200 OK', cseq, contact: ua.here }, source)]]
      })
      .with({ kind: '200 OK' }, ({ cseq, contact }) => {
        if (ua.client === null || cseq !== ua.cseq) return stay(ua)
        const remoteTarget = settings.okMovesTarget === true ? contact : ua.remoteTarget
        return stay({ ...ua, client: null, remoteTarget })
      })
      .with({ kind: '200 OK (REGISTER)' }, ({ cseq }) =>
        stay(cseq === ua.registrations ? { ...ua, registered: true } : ua),
      )
      .with({ kind: 'RTP' }, () => stay(ua))
      .with({ kind: 'Timer A' }, () => [ua, [invite(ua)]])
      .with({ kind: 'Timer E' }, () => [ua, [register(ua)]])
      .with({ kind: 'Forwarding' }, (entry) => stay(forgets(ua, entry)))
      .with({ kind: 'tells again' }, () => [ua, ua.untold.map(tell)])
      .with(
        {
          kind: P.union(
            '100 Trying',
            '487 Request Terminated',
            'CANCEL',
            '200 OK (CANCEL)',
            '481 Call/Transaction Does Not Exist (CANCEL)',
            '408 Request Timeout',
            '481 Call/Transaction Does Not Exist',
            '491 Request Pending',
            '500 Server Internal Error',
            'ACK',
            'ACK (error)',
            'BYE',
            '200 OK (BYE)',
            '481 Call/Transaction Does Not Exist (BYE)',
            '408 Request Timeout (BYE)',
            'refusal (REGISTER)',
            'REGISTER',
            'Forward',
          ),
        },
        ({ kind }) => {
          throw new Error(`paper 000 draws no ${kind} at a user agent`)
        },
      )
      .exhaustive()

  return {
    start: {
      here: settings.start,
      remoteTarget: settings.peer,
      client: null,
      cseq: 1,
      remoteCseq: 1,
      registered: true,
      registrations: 0,
      untold: [],
    },
    step,
    timers: { 'Timer A': timerA, 'Timer E': timerE, 'tells again': tellsAgain },
    armed: (ua) => [
      ...(ua.client === null ? [] : (['Timer A'] as const)),
      ...(ua.registered ? [] : (['Timer E'] as const)),
      ...(ua.untold.length === 0 ? [] : (['tells again'] as const)),
    ],
    sendData: (ua) => [send<SipMessage>({ kind: 'RTP' }, ua.remoteTarget)],
    pending: (ua) =>
      !ua.registered
        ? 'waits for an answer of its registrar'
        : ua.client === null
          ? null
          : `waits for an OK to its re-INVITE (CSeq ${ua.cseq})`,
  }
}
