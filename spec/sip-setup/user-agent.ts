import { match } from 'ts-pattern'
import { type Address, type Armed, type Effect, type Event, type Role, type Step, send } from '../index.ts'
import type { SipMessage } from '../sip/messages.ts'
import { userAgent as userAgentInDialog } from '../sip/user-agent.ts'
import type { UserAgent as InDialog, TimerName as TimerInDialog } from '../sip/user-agent-state.ts'
import { answers, dials, INITIAL, type SetupMessage } from './messages.ts'
import type { Party } from './party.ts'

/**
 * A user agent that begins a call, or answers one, while it moves, ruled by RFC 3261. What comes after the first 2xx, and all that
 * happens within the dialog, is `sip`'s user agent: here is only how the dialog begins (§13).
 */
export interface UserAgent extends Party {
  /** The INVITE that rings at the callee: to whom 180 and 2xx go, and what the 2xx is to answer. */
  readonly invited: Invite | null
  readonly dialog: InDialog
}

type Invite = Extract<SetupMessage, { kind: 'INVITE' }> & {
  readonly source: Address
  readonly destination: Address
  readonly hops: number
}
type TimerName = 'dials' | 'answers' | TimerInDialog

export interface UserAgentSettings {
  readonly name: string
  readonly start: Address
  readonly calls: boolean
  /** My registrar, if I have one. */
  readonly registrar: Address | null
  /** The server of the one that is called. */
  readonly outbound: Address
  readonly tellsInterceptor: boolean
  readonly tries: number | 'unlimited'
}

const NOT_BEGUN = 'the call has not begun'

const isBye = (effect: Effect<SipMessage>): boolean => effect.do === 'send' && effect.message.kind === 'BYE'

export function userAgent(settings: UserAgentSettings): Role<UserAgent, SetupMessage, TimerName> {
  const { name, calls } = settings
  const fresh = settings.tries === 'unlimited' ? 1 : settings.tries
  const inDialog = userAgentInDialog({
    name,
    start: settings.start,
    // Until a Contact is known, requests go to the callee's server.
    peer: settings.outbound,
    ownsCallId: calls,
    registrar: settings.registrar,
    ...(settings.tellsInterceptor ? { tellsInterceptor: 'once' } : {}),
    retransmissions: settings.tries,
    retriesAfter491: 2,
    cseqModulus: 2 ** 31,
  })

  /** What the dialog has come to, as the call shows it. */
  const showing = (ua: UserAgent, call: UserAgent['call'], dialog: InDialog): UserAgent => {
    const ended = dialog.ended === NOT_BEGUN ? null : dialog.ended
    const knows = call === 'answered' || call === 'set up'
    return {
      ...ua,
      dialog,
      call: ended === null ? call : 'idle',
      remote: knows ? dialog.remoteTarget : ua.remote,
      ended,
    }
  }

  /** The first 2xx sets the call up at the caller (§13.2.2.4), its ACK at the callee (§13.3.1.4). */
  const callAfter = (ua: UserAgent, event: Event<SetupMessage, TimerName>): UserAgent['call'] => {
    if (ua.call === 'calling' && event.kind === '200 OK') return 'set up'
    if (ua.call === 'answered' && event.kind === 'ACK' && event.cseq === INITIAL) return 'set up'
    return ua.call
  }

  const within = (ua: UserAgent, event: Event<SipMessage, TimerInDialog>): Step<UserAgent, SetupMessage> => {
    const [dialog, sent] = inDialog.step(ua.dialog, event)
    // §15  There is no dialog yet that a BYE could end.
    if (ua.call === 'calling' && dialog.bye !== null) {
      const ended = `gave up the call after ${event.kind}`
      return [showing(ua, ua.call, { ...dialog, bye: null, ended }), sent.filter((effect) => !isBye(effect))]
    }
    return [showing(ua, callAfter(ua, event), dialog), sent]
  }

  const dial = (ua: UserAgent): Step<UserAgent, SetupMessage> => {
    const { here } = ua.dialog
    const client = { state: 'calling', contact: here, target: settings.outbound, retransmissions: fresh } as const
    const dialog: InDialog = { ...ua.dialog, ended: null, unannounced: false, cseq: INITIAL, client }
    const invite = { kind: 'INVITE', from: name, cseq: INITIAL, contact: here, requestUri: settings.outbound } as const
    return [showing(ua, 'calling', dialog), [send<SetupMessage>(invite, settings.outbound)]]
  }

  const ring = (ua: UserAgent, invite: Invite): Step<UserAgent, SetupMessage> => [
    { ...ua, call: 'ringing', invited: invite, remote: invite.contact },
    [send<SetupMessage>({ kind: '180 Ringing' }, invite.source)],
  ]

  /** The dialog begins with the INVITE as its first request (§12.1.1), and with the Contact of here and now. */
  const answer = (ua: UserAgent): Step<UserAgent, SetupMessage> => {
    const dialog: InDialog = { ...ua.dialog, ended: null, unannounced: false, remoteCseq: INITIAL - 1 }
    return within({ ...ua, call: 'answered', invited: null, dialog }, ua.invited!)
  }

  return {
    start: {
      call: 'idle',
      remote: null,
      ended: null,
      invited: null,
      dialog: { ...inDialog.start, ended: NOT_BEGUN },
    },
    step: (ua, event) =>
      match(event)
        .returnType<Step<UserAgent, SetupMessage>>()
        .with({ kind: 'dials' }, () => dial(ua))
        .with({ kind: 'answers' }, () => answer(ua))
        .with({ kind: '180 Ringing' }, (ringing) => within(ua, { ...ringing, kind: '100 Trying', cseq: INITIAL }))
        .with({ kind: 'INVITE' }, (invite) => {
          if (calls || ua.dialog.ended !== NOT_BEGUN) return within(ua, invite)
          return ua.invited === null
            ? ring(ua, invite)
            : [ua, [send<SetupMessage>({ kind: '180 Ringing' }, ua.invited.source)]]
        })
        .otherwise((other) => within(ua, other)),
    timers: { ...inDialog.timers!, dials, answers },
    armed: (ua) => {
      const running: Armed<TimerName>[] = [...inDialog.armed!(ua.dialog)]
      if (calls && ua.dialog.ended === NOT_BEGUN) running.push('dials')
      if (ua.call === 'ringing') running.push('answers')
      return running
    },
    pending: (ua) => {
      if (!ua.dialog.registered) return inDialog.pending!(ua.dialog)
      if (ua.call === 'calling' || ua.call === 'ringing') return 'waits for the call to be set up'
      return inDialog.pending!(ua.dialog) ?? (ua.call === 'answered' ? 'waits for an ACK' : null)
    },
    sendData: (ua) => (ua.call === 'answered' || ua.call === 'set up' ? inDialog.sendData!(ua.dialog, 'peer') : []),
  }
}
