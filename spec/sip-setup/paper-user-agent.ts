import { match, P } from 'ts-pattern'
import { type Address, type Effect, type Event, networkOf, type Role, type Step, send, stay } from '../index.ts'
import { timerA, timerE, timerG } from '../sip/timers.ts'
import { answers, dials, type PaperSetupMessage } from './messages.ts'
import type { Party } from './party.ts'

/**
 * A user agent that begins a call, or answers one, while it moves, as paper 000 draws it (Figs 4, 9). Once the call is set up, whoever has
 * moved since it gave its Contact sends a re-INVITE. Requests and the 200 are sent again for ever; nothing ends a call.
 */
export interface PaperUserAgent extends Party {
  readonly here: Address
  /** The Contact that I gave in INVITE or 200. */
  readonly given: Address | null
  /** The topmost Via of the INVITE: where responses go (§18.2.2). */
  readonly via: Address | null
  /** CSeq of my last re-INVITE, and whether it is answered. */
  readonly cseq: number
  readonly refreshing: boolean
  readonly remoteCseq: number
  readonly registered: boolean
  readonly registrations: number
}

type TimerName = 'dials' | 'answers' | 'Timer A' | 'Timer E' | 'Timer G' | 're-INVITE retry'

export interface PaperUserAgentSettings {
  readonly start: Address
  readonly calls: boolean
  /** My registrar, if I have one; the server of the one that I call. */
  readonly registrar: Address | null
  readonly outbound: Address
  readonly tellsInterceptor: boolean
}

export function paperUserAgent(settings: PaperUserAgentSettings): Role<PaperUserAgent, PaperSetupMessage, TimerName> {
  const invite = (ua: PaperUserAgent) =>
    send<PaperSetupMessage>({ kind: 'INVITE', contact: ua.given! }, settings.outbound)
  const ok = (ua: PaperUserAgent) => send<PaperSetupMessage>({ kind: '200 OK', contact: ua.given! }, ua.via!)
  const register = (ua: PaperUserAgent): Effect<PaperSetupMessage>[] =>
    settings.registrar === null
      ? []
      : [send<PaperSetupMessage>({ kind: 'REGISTER', contact: ua.here, cseq: ua.registrations }, settings.registrar)]
  const reInvite = (ua: PaperUserAgent) =>
    send<PaperSetupMessage>({ kind: 're-INVITE', contact: ua.here, cseq: ua.cseq }, ua.remote!)

  /** Says where it is now, if that is not where it said. */
  const refresh = (ua: PaperUserAgent): Step<PaperUserAgent, PaperSetupMessage> => {
    if (ua.call !== 'set up' || ua.given === ua.here) return stay(ua)
    const next = { ...ua, given: ua.here, cseq: ua.cseq + 1, refreshing: true }
    return [next, [reInvite(next)]]
  }

  const attached = (ua: PaperUserAgent, address: Address): Step<PaperUserAgent, PaperSetupMessage> => {
    const told =
      settings.tellsInterceptor && ua.here !== address
        ? [send<PaperSetupMessage>({ kind: 'Forward', old: ua.here, to: address }, `${networkOf(ua.here)}/interceptor`)]
        : []
    const moved = {
      ...ua,
      here: address,
      registered: settings.registrar === null,
      registrations: ua.registrations + 1,
    }
    const [next, sent] = refresh(moved)
    return [next, [...told, ...register(next), ...sent]]
  }

  const step = (
    ua: PaperUserAgent,
    event: Event<PaperSetupMessage, TimerName>,
  ): Step<PaperUserAgent, PaperSetupMessage> =>
    match(event)
      .returnType<Step<PaperUserAgent, PaperSetupMessage>>()
      .with({ kind: 'attached' }, ({ address }) => attached(ua, address))
      .with({ kind: 'dials' }, () => {
        const next: PaperUserAgent = { ...ua, call: 'calling', given: ua.here }
        return [next, [invite(next)]]
      })
      .with({ kind: 'INVITE' }, ({ contact, source }) => {
        switch (ua.call) {
          case 'idle':
            return [
              { ...ua, call: 'ringing', remote: contact, via: source },
              [send<PaperSetupMessage>({ kind: '180 Ringing' }, source)],
            ]
          case 'ringing':
            return [ua, [send<PaperSetupMessage>({ kind: '180 Ringing' }, ua.via!)]]
          case 'answered':
            return [ua, [ok(ua)]]
          default:
            return stay(ua)
        }
      })
      .with({ kind: 'answers' }, () => {
        const next: PaperUserAgent = { ...ua, call: 'answered', given: ua.here }
        return [next, [ok(next)]]
      })
      .with({ kind: '200 OK' }, ({ contact }) => {
        const ack = send<PaperSetupMessage>({ kind: 'ACK' }, contact)
        if (ua.call !== 'calling') return [ua, [ack]]
        const [next, sent] = refresh({ ...ua, call: 'set up', remote: contact })
        return [next, [ack, ...sent]]
      })
      .with({ kind: 'ACK' }, () => (ua.call === 'answered' ? refresh({ ...ua, call: 'set up' }) : stay(ua)))
      .with({ kind: 're-INVITE' }, ({ contact, cseq, source }) => {
        if (cseq < ua.remoteCseq) return stay(ua)
        const answer = send<PaperSetupMessage>({ kind: '200 OK (re-INVITE)', cseq }, source)
        return [{ ...ua, remote: contact, remoteCseq: cseq }, [answer]]
      })
      .with({ kind: '200 OK (re-INVITE)' }, ({ cseq }) => stay(cseq === ua.cseq ? { ...ua, refreshing: false } : ua))
      .with({ kind: '200 OK (REGISTER)' }, ({ cseq }) =>
        stay(cseq === ua.registrations ? { ...ua, registered: true } : ua),
      )
      .with({ kind: 'Timer A' }, () => [ua, [invite(ua)]])
      .with({ kind: 'Timer E' }, () => [ua, register(ua)])
      .with({ kind: 'Timer G' }, () => [ua, [ok(ua)]])
      .with({ kind: 're-INVITE retry' }, () => [ua, [reInvite(ua)]])
      .with({ kind: P.union('180 Ringing', 'RTP') }, () => stay(ua))
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
      cseq: 0,
      refreshing: false,
      remoteCseq: 0,
      registered: true,
      registrations: 0,
      ended: null,
    },
    step,
    timers: {
      dials,
      answers,
      'Timer A': timerA,
      'Timer E': timerE,
      'Timer G': timerG,
      're-INVITE retry': timerA,
    },
    armed: (ua) => {
      const running: TimerName[] = ua.registered ? [] : ['Timer E']
      if (settings.calls && ua.call === 'idle') running.push('dials')
      if (ua.call === 'ringing') running.push('answers')
      if (ua.call === 'calling') running.push('Timer A')
      if (ua.call === 'answered') running.push('Timer G')
      if (ua.refreshing) running.push('re-INVITE retry')
      return running
    },
    pending: (ua) => {
      if (!ua.registered) return 'waits for its registrar'
      if (ua.call === 'idle') return null
      if (ua.call === 'set up') return ua.refreshing ? 'waits for an answer to its re-INVITE' : null
      return ua.call === 'answered' ? 'waits for an ACK' : 'waits for the call to be set up'
    },
    sendData: (ua) => (ua.call === 'set up' ? [send<PaperSetupMessage>({ kind: 'RTP' }, ua.remote!)] : []),
  }
}
