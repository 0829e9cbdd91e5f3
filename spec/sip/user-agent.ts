import { produce } from 'immer'
import { match, P } from 'ts-pattern'
import { type Address, type Event, following, type Role, type Step, send, stay } from '../index.ts'
import { forgets, tell, tells } from './interceptor.ts'
import type { ErrorResponse, SipMessage } from './messages.ts'
import { asksAgain, mayDo, userAgentActions } from './user-agent-acts.ts'
import { answer, noUseFor, onBye, onInvite, onRegistered, over } from './user-agent-answers.ts'
import { armedOfCancel, CANCEL_EVENTS, type CancelEvent, cancelling, cancelTimers } from './user-agent-cancels.ts'
import { fromItsSocket, isUnheard, noticesLater, unnoticedAt } from './user-agent-socket.ts'
import type { ActionName, Client, Server, TimerName, UserAgent, UserAgentSettings } from './user-agent-state.ts'
import { startOf } from './user-agent-state.ts'
import {
  isRefusing,
  isRepeated,
  isUnacknowledged2xx,
  runningTimers,
  userAgentTimers,
  waitsFor,
} from './user-agent-timers.ts'

export type { UserAgent, UserAgentSettings } from './user-agent-state.ts'

/**
 * A user agent that keeps its call while it moves: mid-call mobility by re-INVITE, ruled by RFC 3261.
 *
 * Left out: offer and answer (the Contact stands for the media address as well); CANCEL where users do nothing (`user-agent-cancels.ts`).
 */
export function userAgent(settings: UserAgentSettings): Role<UserAgent, SipMessage, TimerName, ActionName> {
  const { name, registrar, ownsCallId, retransmissions: limit, retriesAfter491: most491 } = settings
  const backOff = ownsCallId ? 'back-off (Call-ID owner)' : 'back-off (other side)'
  const oneLess = (left: number): number => (limit === 'unlimited' ? left : left - 1)
  const fresh = limit === 'unlimited' ? 1 : limit
  const freshBye = settings.byes ?? fresh

  /** In-dialog requests go to the peer's home proxy if the route set names it, else straight to the remote target. */
  const route = (target: Address): Address => settings.outbound ?? target

  const invite = (ua: UserAgent, client: Client) =>
    send<SipMessage>(
      { kind: 'INVITE', from: name, cseq: ua.cseq, contact: client.contact, requestUri: client.target },
      route(client.target),
    )
  const register = (ua: UserAgent) =>
    registrar === null
      ? []
      : [send<SipMessage>({ kind: 'REGISTER', from: name, cseq: ua.registrations, contact: ua.here }, registrar)]
  /** §13.2.2.4, §12.2.1.1  To the remote target as it is now: that may be newer than the Contact of a 2xx that is sent again. */
  const acknowledge = (ua: UserAgent, cseq: number) =>
    send<SipMessage>({ kind: 'ACK', cseq, requestUri: ua.remoteTarget }, route(ua.remoteTarget))

  /** §14.1  A new re-INVITE, with the Contact of here and now. */
  const reInvite = (ua: UserAgent): Step<UserAgent, SipMessage> => {
    const client: Client = { state: 'calling', contact: ua.here, target: ua.remoteTarget, retransmissions: fresh }
    const next = produce(ua, (me) => {
      me.cseq = following(me.cseq, settings.cseqModulus)
      me.client = client
      me.backingOff = false
      me.unannounced = false
    })
    return [next, [invite(next, client)]]
  }

  /** §14.1  One INVITE at a time, in either direction: what is still unannounced goes out when the transaction is over. */
  const goOn = (ua: UserAgent): Step<UserAgent, SipMessage> =>
    ua.unannounced && ua.client === null && !ua.backingOff && !isRefusing(ua) ? reInvite(ua) : stay(ua)

  const bye = (target: Address) => send<SipMessage>({ kind: 'BYE', requestUri: target }, route(target))

  const sendBye = (ua: UserAgent): Step<UserAgent, SipMessage> => [
    { ...ua, bye: { target: ua.remoteTarget, retransmissions: freshBye } },
    [bye(ua.remoteTarget)],
  ]
  /** §15.1.1  The session is over as soon as the BYE is sent, whatever becomes of it. */
  const end = (ua: UserAgent, why: string): Step<UserAgent, SipMessage> => sendBye(over(ua, why, settings))

  const cancels = cancelling({ settings, around: { route, acknowledge, goOn, sendBye } })

  const attached = (ua: UserAgent, address: Address): Step<UserAgent, SipMessage> =>
    noticesLater(ua, address, settings) ? stay(unnoticedAt(ua, address)) : notices(ua, address)

  const notices = (ua: UserAgent, address: Address): Step<UserAgent, SipMessage> => {
    const moved = produce(ua, (me) => {
      delete me.unnoticed
      delete me.anywhere
      me.here = address
      me.unannounced = true
      me.registered = registrar === null
      me.registrations += 1
    })
    const [teller, told] = tells(moved, ua.here, settings.tellsInterceptor)
    const [next, sent] = ua.ended === null ? goOn(teller) : stay(teller)
    return [next, [...told, ...register(moved), ...sent]]
  }

  type Refusal = { kind: ErrorResponse; cseq: number; source: Address }

  const onOk = (ua: UserAgent, ok: { cseq: number; contact: Address }): Step<UserAgent, SipMessage> => {
    // §13.2.2.4  Every 2xx is acknowledged, also one that is sent again, or of an older re-INVITE.
    if (!mine(ua, ok.cseq)) return [ua, [acknowledge(ua, ok.cseq)]]
    // §12.2.1.2  A 2xx to a target refresh moves the remote target.
    const moved = produce(ua, (me) => {
      me.client = null
      delete me.cancelled
      me.remoteTarget = ok.contact
      me.glares = 0
      // §13.3.1.4  A 2xx without an ACK is sent again for 64*T1, longer than any back-off: its ACK goes to where I have just said that I am.
      for (const server of [...me.earlier, ...(me.server === null ? [] : [me.server])]) {
        if (isUnacknowledged2xx(server)) server.retransmissions = fresh
      }
    })
    const [next, sent] = goOn(moved)
    return [next, [acknowledge(moved, ok.cseq), ...sent]]
  }

  /** §14.1  After 491 the request is tried again when the back-off has ended. */
  const backsOff = (ua: UserAgent): UserAgent =>
    produce(ua, (me) => {
      me.client = null
      me.unannounced = true
      me.backingOff = true
      me.glares = most491 === 'unlimited' ? 1 : me.glares + 1
    })

  /** It was refused when nothing of before could still be under way: it does not ask for ever. */
  const wasTheLast = (ua: UserAgent): boolean => most491 !== 'unlimited' && ua.glares > most491

  /** §17.1.1.3  Every error response is acknowledged, also one that is sent again. */
  const onError = (ua: UserAgent, { kind, cseq, source }: Refusal): Step<UserAgent, SipMessage> => {
    const ack = send<SipMessage>({ kind: 'ACK (error)', cseq }, source)
    if (!mine(ua, cseq)) return [ua, [ack]]
    // §14.1, §12.2.1.2  408 and 481 end the dialog.
    if ((kind === '491 Request Pending' || kind === '500 Server Internal Error') && !wasTheLast(ua))
      return [backsOff(ua), [ack]]
    const { cancelled: _, ...answered } = ua
    const [next, sent] = end({ ...answered, client: null }, `ended the dialog after ${kind}`)
    return [next, [ack, ...sent]]
  }

  const mine = (ua: UserAgent, cseq: number): boolean => ua.client !== null && cseq === ua.cseq

  type Any = Event<SipMessage, TimerName | ActionName>
  type Happens = Exclude<Any, { kind: CancelEvent }>
  const isOfCancel = (event: Any): event is Extract<Any, { kind: CancelEvent }> =>
    CANCEL_EVENTS.includes(event.kind as CancelEvent)

  /** After the end of the dialog it only registers, and answers that there is no dialog. */
  const stepAfterEnd = (ua: UserAgent, event: Happens): Step<UserAgent, SipMessage> =>
    match(event)
      .returnType<Step<UserAgent, SipMessage>>()
      .with({ kind: 'attached' }, ({ address }) => attached(ua, address))
      .with({ kind: 'INVITE' }, (request) => onInvite(ua, request, settings))
      .with({ kind: P.union('200 OK (REGISTER)', 'refusal (REGISTER)') }, (answered) => onRegistered(ua, answered))
      .with({ kind: 'Timer E' }, () => [ua, register(ua)])
      .with({ kind: 'notices' }, () => notices(ua, ua.unnoticed!))
      .with({ kind: 'is anywhere' }, () => stay({ ...ua, anywhere: true }))
      .with({ kind: 'registers again' }, () => [asksAgain(ua), register(asksAgain(ua))])
      .with({ kind: 'Forwarding' }, (entry) => stay(forgets(ua, entry)))
      .with({ kind: 'tells again' }, () => [ua, ua.untold.map(tell)])
      .with({ kind: 'BYE' }, (request) => onBye(ua, request, settings))
      .with(
        {
          kind: P.union(
            '200 OK (BYE)',
            '481 Call/Transaction Does Not Exist (BYE)',
            '408 Request Timeout (BYE)',
            'Timer F',
          ),
        },
        () => stay({ ...ua, bye: null }),
      )
      .with({ kind: 'Timer E (BYE)' }, () => {
        const again = { ...ua.bye!, retransmissions: oneLess(ua.bye!.retransmissions) }
        return [{ ...ua, bye: again }, [bye(again.target)]]
      })
      .otherwise(() => stay(ua))

  const step = (ua: UserAgent, event: Any): Step<UserAgent, SipMessage> => {
    if (isUnheard(ua, event)) return stay(ua)
    if (isOfCancel(event)) return fromItsSocket(ua, cancels.step(ua, event))
    const inOrAfter = (): Step<UserAgent, SipMessage> =>
      ua.ended === null ? stepInDialog(ua, event) : stepAfterEnd(ua, event)
    return fromItsSocket(ua, cancels.concludes(ua, event) ?? inOrAfter())
  }

  const stepInDialog = (ua: UserAgent, event: Happens): Step<UserAgent, SipMessage> =>
    match(event)
      .returnType<Step<UserAgent, SipMessage>>()
      .with({ kind: 'attached' }, ({ address }) => attached(ua, address))
      .with({ kind: 'INVITE' }, (request) => onInvite(ua, request, settings))
      .with({ kind: '200 OK' }, (ok) => onOk(ua, ok))
      .with({ kind: '100 Trying' }, ({ cseq }) =>
        stay(mine(ua, cseq) ? { ...ua, client: { ...ua.client!, state: 'proceeding' } } : ua),
      )
      .with(
        {
          kind: P.union(
            '408 Request Timeout',
            '481 Call/Transaction Does Not Exist',
            '491 Request Pending',
            '500 Server Internal Error',
          ),
        },
        (refusal) => onError(ua, refusal),
      )
      .with({ kind: P.union('ACK', 'ACK (error)') }, ({ cseq }) =>
        ua.server?.cseq === cseq
          ? goOn({ ...ua, server: { ...ua.server, acknowledged: true } })
          : stay({ ...ua, earlier: ua.earlier.filter((server) => server.cseq !== cseq) }),
      )
      // §17.2.1  Nobody is waited for any longer.
      .with({ kind: 'Timer H' }, () => goOn({ ...ua, server: { ...ua.server!, acknowledged: true } }))
      .with({ kind: 'BYE' }, (request) => onBye(ua, request, settings))
      .with({ kind: P.union('200 OK (REGISTER)', 'refusal (REGISTER)') }, (answered) => onRegistered(ua, answered))
      .with({ kind: 'hangs up' }, () => end(ua, 'hung up'))
      .with({ kind: 're-INVITEs' }, () => reInvite(ua))
      .with({ kind: 'leaves it at that' }, () => stay({ ...ua, backingOff: false, unannounced: false }))
      .with({ kind: 'RTP' }, () => stay(ua))
      .with({ kind: 'Forwarding' }, (entry) => stay(forgets(ua, entry)))
      .with({ kind: 'tells again' }, () => [ua, ua.untold.map(tell)])
      .with({ kind: 'Timer A' }, () => {
        const client = { ...ua.client!, retransmissions: oneLess(ua.client!.retransmissions) }
        return [{ ...ua, client }, [invite(ua, client)]]
      })
      .with({ kind: 'Timer B' }, () => end(ua, 'ended the dialog when Timer B fired: no answer to its re-INVITE'))
      .with({ kind: 'Timer E' }, () => [ua, register(ua)])
      .with({ kind: 'notices' }, () => notices(ua, ua.unnoticed!))
      .with({ kind: 'is anywhere' }, () => stay({ ...ua, anywhere: true }))
      .with({ kind: 'registers again' }, () => [asksAgain(ua), register(asksAgain(ua))])
      .with({ kind: 'Timer G' }, () => {
        const again = (server: Server): Server => ({ ...server, retransmissions: oneLess(server.retransmissions) })
        const server = ua.server !== null && isRepeated(ua.server) ? again(ua.server) : ua.server
        const earlier = ua.earlier.map((one) => (isRepeated(one) ? again(one) : one))
        const repeated = [...ua.earlier, ...(ua.server === null ? [] : [ua.server])].filter(isRepeated)
        return [{ ...ua, server, earlier }, repeated.map(answer)]
      })
      .with({ kind: 'no ACK' }, () => end(ua, 'ended the dialog: its 200 OK was never acknowledged'))
      .with({ kind: P.union('back-off (Call-ID owner)', 'back-off (other side)', 'back-off (last)') }, () =>
        goOn({ ...ua, backingOff: false }),
      )
      .with(
        {
          kind: P.union(
            'REGISTER',
            'Forward',
            '200 OK (BYE)',
            '481 Call/Transaction Does Not Exist (BYE)',
            '408 Request Timeout (BYE)',
            'Timer E (BYE)',
            'Timer F',
          ),
        },
        ({ kind }) => noUseFor(kind),
      )
      .exhaustive()

  return {
    start: startOf(settings),
    step,
    // Where users do nothing, nothing is cancelled.
    timers: {
      ...userAgentTimers,
      ...(settings.does === undefined ? ({} as typeof cancelTimers) : cancelTimers),
    },
    actions: userAgentActions,
    may: (ua) => mayDo(ua, settings.does),
    armed: (ua) => [...runningTimers(ua, wasTheLast(ua) ? 'back-off (last)' : backOff), ...armedOfCancel(ua)],
    sendData: (ua) => (ua.ended === null ? [send<SipMessage>({ kind: 'RTP' }, ua.remoteTarget)] : []),
    pending: waitsFor,
  }
}
