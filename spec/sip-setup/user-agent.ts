import { match, P } from 'ts-pattern'
import { type Address, type Effect, type Event, networkOf, type Role, type Step, send, stay } from '../index.ts'
import { answers, dials, noAck, type SetupMessage, timerA, timerB, timerE, timerG } from './messages.ts'

/**
 * A user agent that begins a call, or answers one, while it moves. Once the call is set up, whoever has moved since it gave its Contact
 * sends a re-INVITE.
 *
 * Left out: glare between re-INVITEs (`sip` has it), CANCEL, offer and answer, the answer to BYE.
 */
export interface UserAgent {
  readonly here: Address
  readonly call: 'idle' | 'calling' | 'proceeding' | 'ringing' | 'answered' | 'set up'
  /** The Contact that I gave in INVITE or 200. */
  readonly given: Address | null
  /** The other's Contact. */
  readonly remote: Address | null
  /** The topmost Via of the INVITE: where responses go (§18.2.2). */
  readonly via: Address | null
  readonly tries: number
  /** CSeq of my last re-INVITE, and whether it is answered. */
  readonly cseq: number
  readonly refreshing: boolean
  readonly remoteCseq: number
  readonly registered: boolean
  readonly registrations: number
  readonly ended: string | null
}

type TimerName = 'dials' | 'answers' | 'Timer A' | 'Timer B' | 'Timer E' | 'Timer G' | 'no ACK' | 're-INVITE retry'

export interface UserAgentSettings {
  readonly start: Address
  readonly calls: boolean
  /** My registrar, if I have one; the server of the one that I call. */
  readonly registrar: Address | null
  readonly outbound: Address
  readonly rules: 'rfc' | 'paper'
  readonly tellsInterceptor: boolean
  readonly tries: number | 'unlimited'
}

export function userAgent(settings: UserAgentSettings): Role<UserAgent, SetupMessage, TimerName> {
  const rfc = settings.rules === 'rfc'
  const endless = settings.tries === 'unlimited' || !rfc
  const fresh = settings.tries === 'unlimited' ? 1 : settings.tries
  const oneLess = (left: number): number => (endless ? left : left - 1)

  const invite = (ua: UserAgent) => send<SetupMessage>({ kind: 'INVITE', contact: ua.given! }, settings.outbound)
  const ok = (ua: UserAgent) => send<SetupMessage>({ kind: '200 OK', contact: ua.given! }, ua.via!)
  const register = (ua: UserAgent): Effect<SetupMessage>[] =>
    settings.registrar === null
      ? []
      : [send<SetupMessage>({ kind: 'REGISTER', contact: ua.here, cseq: ua.registrations }, settings.registrar)]
  const reInvite = (ua: UserAgent) =>
    send<SetupMessage>({ kind: 're-INVITE', contact: ua.here, cseq: ua.cseq }, ua.remote!)

  /** Says where it is now, if that is not where it said. */
  const refresh = (ua: UserAgent): Step<UserAgent, SetupMessage> => {
    if (ua.call !== 'set up' || ua.given === ua.here) return stay(ua)
    const next = { ...ua, given: ua.here, cseq: ua.cseq + 1, refreshing: true }
    return [next, [reInvite(next)]]
  }

  const attached = (ua: UserAgent, address: Address): Step<UserAgent, SetupMessage> => {
    const told =
      settings.tellsInterceptor && ua.here !== address
        ? [send<SetupMessage>({ kind: 'Forward', old: ua.here, to: address }, `${networkOf(ua.here)}/interceptor`)]
        : []
    const moved = {
      ...ua,
      here: address,
      registered: settings.registrar === null,
      registrations: ua.registrations + 1,
    }
    const [next, sent] = ua.ended === null ? refresh(moved) : stay(moved)
    return [next, [...told, ...register(next), ...sent]]
  }

  const end = (ua: UserAgent, why: string): Step<UserAgent, SetupMessage> =>
    stay({ ...ua, ended: why, call: 'idle', refreshing: false })

  const stepInCall = (ua: UserAgent, event: Event<SetupMessage, TimerName>): Step<UserAgent, SetupMessage> =>
    match(event)
      .returnType<Step<UserAgent, SetupMessage>>()
      .with({ kind: 'attached' }, ({ address }) => attached(ua, address))
      .with({ kind: 'dials' }, () => {
        const next: UserAgent = { ...ua, call: 'calling', given: ua.here, tries: fresh }
        return [next, [invite(next)]]
      })
      .with({ kind: 'INVITE' }, ({ contact, source }) => {
        switch (ua.call) {
          case 'idle':
            return [
              { ...ua, call: 'ringing', remote: contact, via: source },
              [send<SetupMessage>({ kind: '180 Ringing' }, source)],
            ]
          case 'ringing':
            return [ua, [send<SetupMessage>({ kind: '180 Ringing' }, ua.via!)]]
          case 'answered':
            return [ua, [ok(ua)]]
          default:
            return stay(ua)
        }
      })
      .with({ kind: 'answers' }, () => {
        const next: UserAgent = { ...ua, call: 'answered', given: ua.here, tries: fresh }
        return [next, [ok(next)]]
      })
      .with({ kind: P.union('100 Trying', '180 Ringing') }, () =>
        stay(ua.call === 'calling' ? { ...ua, call: 'proceeding' } : ua),
      )
      .with({ kind: '200 OK' }, ({ contact }) => {
        const ack = send<SetupMessage>({ kind: 'ACK' }, contact)
        if (ua.call !== 'calling' && ua.call !== 'proceeding') return [ua, [ack]]
        const [next, sent] = refresh({ ...ua, call: 'set up', remote: contact })
        return [next, [ack, ...sent]]
      })
      .with({ kind: 'ACK' }, () => (ua.call === 'answered' ? refresh({ ...ua, call: 'set up' }) : stay(ua)))
      .with({ kind: 're-INVITE' }, ({ contact, cseq, source }) => {
        if (cseq < ua.remoteCseq) return stay(ua)
        const answer = send<SetupMessage>({ kind: '200 OK (re-INVITE)', cseq }, source)
        return [{ ...ua, remote: contact, remoteCseq: cseq }, [answer]]
      })
      .with({ kind: '200 OK (re-INVITE)' }, ({ cseq }) => stay(cseq === ua.cseq ? { ...ua, refreshing: false } : ua))
      .with({ kind: '200 OK (REGISTER)' }, ({ cseq }) =>
        stay(cseq === ua.registrations ? { ...ua, registered: true } : ua),
      )
      .with({ kind: '408 Request Timeout' }, () =>
        ua.call === 'calling' || ua.call === 'proceeding' ? end(ua, 'gave up the call after 408') : stay(ua),
      )
      .with({ kind: 'Timer A' }, () => [{ ...ua, tries: oneLess(ua.tries) }, [invite(ua)]])
      .with({ kind: 'Timer B' }, () => end(ua, 'gave up the call when Timer B fired: no answer to its INVITE'))
      .with({ kind: 'Timer E' }, () => [ua, register(ua)])
      .with({ kind: 'Timer G' }, () => [{ ...ua, tries: oneLess(ua.tries) }, [ok(ua)]])
      .with({ kind: 'no ACK' }, () => end(ua, 'ended the call: its 200 OK was never acknowledged'))
      .with({ kind: 're-INVITE retry' }, () => [ua, [reInvite(ua)]])
      .with({ kind: 'RTP' }, () => stay(ua))
      .with({ kind: P.union('REGISTER', 'Forward') }, ({ kind }) => {
        throw new Error(`a user agent has no use for ${kind}`)
      })
      .exhaustive()

  return {
    start: {
      here: settings.start,
      call: 'idle',
      given: null,
      remote: null,
      via: null,
      tries: 0,
      cseq: 0,
      refreshing: false,
      remoteCseq: 0,
      registered: true,
      registrations: 0,
      ended: null,
    },
    step: (ua, event) => {
      if (ua.ended === null || event.kind === 'attached') return stepInCall(ua, event)
      return event.kind === '200 OK (REGISTER)' || event.kind === 'Timer E' ? stepInCall(ua, event) : stay(ua)
    },
    timers: {
      dials,
      answers,
      'Timer A': timerA,
      'Timer B': timerB,
      'Timer E': timerE,
      'Timer G': timerG,
      'no ACK': noAck,
      're-INVITE retry': timerA,
    },
    armed: (ua) => {
      const running: TimerName[] = ua.registered ? [] : ['Timer E']
      if (ua.ended !== null) return running
      // 000 knows no provisional response that stops Timer A.
      const waits = ua.call === 'calling' || (!rfc && ua.call === 'proceeding')
      if (settings.calls && ua.call === 'idle') running.push('dials')
      if (ua.call === 'ringing') running.push('answers')
      if (waits && ua.tries > 0) running.push('Timer A')
      if (waits && rfc) running.push('Timer B')
      if (ua.call === 'answered' && ua.tries > 0) running.push('Timer G')
      if (ua.call === 'answered' && rfc) running.push('no ACK')
      if (ua.refreshing) running.push('re-INVITE retry')
      return running
    },
    pending: (ua) => {
      if (!ua.registered) return 'waits for its registrar'
      if (ua.ended !== null || ua.call === 'idle') return null
      if (ua.call === 'set up') return ua.refreshing ? 'waits for an answer to its re-INVITE' : null
      return ua.call === 'answered' ? 'waits for an ACK' : 'waits for the call to be set up'
    },
    sendData: (ua) => (ua.call === 'set up' ? [send<SetupMessage>({ kind: 'RTP' }, ua.remote!)] : []),
  }
}
