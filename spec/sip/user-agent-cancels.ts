import { type Address, type Armed, type Effect, type Step, send, stay, type Timer } from '../index.ts'
import type { ErrorResponse, SipMessage } from './messages.ts'
import { cancelledInvite, timerE } from './timers.ts'
import { answer, over } from './user-agent-answers.ts'
import type { CancelTimer, Server, UserAgent, UserAgentSettings } from './user-agent-state.ts'

/**
 * CANCEL (RFC 3261 §9), where users act: a re-INVITE that is given up, with the call or without it, and one that a user lets wait. A re-INVITE that is cancelled leaves
 * the session as it was (§14.1).
 */

export const CANCEL_EVENTS = [
  'cancels',
  'gives up',
  'lets its user decide',
  'accepts',
  'CANCEL',
  '200 OK (CANCEL)',
  '481 Call/Transaction Does Not Exist (CANCEL)',
  '487 Request Terminated',
  'Timer E (CANCEL)',
  'no final answer',
] as const
export type CancelEvent = (typeof CANCEL_EVENTS)[number]
export const cancelTimers: Readonly<Record<CancelTimer, Timer>> = {
  'Timer E (CANCEL)': timerE,
  'no final answer': cancelledInvite,
}

export const armedOfCancel = (ua: UserAgent): Armed<CancelTimer>[] =>
  ua.cancelled === undefined
    ? []
    : [
        { timer: 'no final answer', key: ua.cseq },
        ...(ua.cancelled.isAnswered ? [] : [{ timer: 'Timer E (CANCEL)' as const, key: ua.cseq }]),
      ]

/** Where the re-INVITE went that it may cancel: one that has had a provisional response and no final one (§9.1). */
export function cancellable({ client, left, cancelled }: UserAgent): Address | null {
  if (cancelled !== undefined) return null
  if (client !== null) return client.state === 'proceeding' ? client.target : null
  return left?.isOver === false ? left.target : null
}

/** What else a user agent does, that this goes on with. */
interface Around {
  readonly route: (target: Address) => Address
  readonly acknowledge: (ua: UserAgent, cseq: number) => Effect<SipMessage>
  readonly goOn: (ua: UserAgent) => Step<UserAgent, SipMessage>
  /** Sends the BYE of a dialog that its user has ended before. */
  readonly sendBye: (ua: UserAgent) => Step<UserAgent, SipMessage>
}

type Event =
  | { readonly kind: Exclude<CancelEvent, 'CANCEL' | ResponseKind> }
  | ({ readonly kind: 'CANCEL' | ResponseKind; readonly cseq: number; readonly source: Address } & object)
type ResponseKind = '200 OK (CANCEL)' | '481 Call/Transaction Does Not Exist (CANCEL)' | '487 Request Terminated'

export function cancelling({ settings, around }: { settings: UserAgentSettings; around: Around }) {
  const cancel = (ua: UserAgent, target: Address) =>
    send<SipMessage>({ kind: 'CANCEL', cseq: ua.cseq, requestUri: target }, around.route(target))

  /** Its re-INVITE has had its final answer, or has waited for it long enough. */
  const isOver = (ua: UserAgent): Step<UserAgent, SipMessage> => {
    const { cancelled, left, ...rest } = ua
    if (ua.ended === null) return around.goOn({ ...rest, client: null })
    const after: UserAgent = left === undefined ? rest : { ...rest, left: { ...left, isOver: true } }
    return cancelled?.thenBye === true ? around.sendBye(after) : stay(after)
  }

  /** §17.1.1.3  The transaction outlives its dialog: an error is acknowledged, also one that is sent again. */
  const onFinal = (ua: UserAgent, { cseq, source }: { cseq: number; source: Address }): Step<UserAgent, SipMessage> => {
    const ack = send<SipMessage>({ kind: 'ACK (error)', cseq }, source)
    if (cseq !== ua.cseq || (ua.client === null && ua.left?.isOver !== false)) return [ua, [ack]]
    const [next, sent] = isOver(ua)
    return [next, [ack, ...sent]]
  }

  /** §9.2 */
  const onCancel = (
    ua: UserAgent,
    { cseq, source }: { cseq: number; source: Address },
  ): Step<UserAgent, SipMessage> => {
    const servers = [...ua.earlier, ...(ua.server === null ? [] : [ua.server])]
    // A dialog that is over leaves its transactions behind for a while.
    const isKnown = ua.ended !== null || cseq === ua.remoteCseq || servers.some((one) => one.cseq === cseq)
    const kind = isKnown ? '200 OK (CANCEL)' : '481 Call/Transaction Does Not Exist (CANCEL)'
    const answered = send<SipMessage>({ kind, cseq }, source)
    if (ua.server?.cseq !== cseq || ua.server.response !== '100 Trying') return [ua, [answered]]
    const server: Server = { ...ua.server, response: '487 Request Terminated' }
    return [{ ...ua, server }, [answered, answer(server)]]
  }

  const step = (ua: UserAgent, event: Event): Step<UserAgent, SipMessage> => {
    switch (event.kind) {
      case 'cancels': {
        const target = cancellable(ua)!
        return [{ ...ua, cancelled: { isAnswered: false, thenBye: false } }, [cancel(ua, target)]]
      }
      case 'gives up': {
        const target = cancellable(ua)!
        const ended = over(ua, 'hung up', settings)
        return [{ ...ended, cancelled: { isAnswered: false, thenBye: true } }, [cancel(ua, target)]]
      }
      case 'Timer E (CANCEL)':
        return [ua, [cancel(ua, ua.client?.target ?? ua.left!.target)]]
      case '200 OK (CANCEL)':
      case '481 Call/Transaction Does Not Exist (CANCEL)':
        return stay(
          event.cseq === ua.cseq && ua.cancelled !== undefined
            ? { ...ua, cancelled: { ...ua.cancelled, isAnswered: true } }
            : ua,
        )
      case '487 Request Terminated':
        return onFinal(ua, event)
      case 'no final answer':
        return isOver(ua)
      case 'CANCEL':
        return onCancel(ua, event)
      case 'lets its user decide':
        return stay({ ...ua, asksUser: true })
      case 'accepts': {
        const server: Server = { ...ua.server!, response: '200 OK', contact: ua.here }
        const { proposed, ...rest } = ua
        return [{ ...rest, server, remoteTarget: proposed!, glares: 0 }, [answer(server)]]
      }
    }
  }

  /** Of a re-INVITE that was cancelled, or whose dialog has ended: null where what has come is not its final answer. */
  const concludes = (
    ua: UserAgent,
    event: { readonly kind: string; readonly cseq?: number; readonly source?: Address },
  ): Step<UserAgent, SipMessage> | null => {
    const { kind, cseq, source } = event
    if (cseq === undefined || source === undefined || cseq !== ua.cseq) return null
    if (ua.ended === null) {
      if (ua.cancelled === undefined) return null
      // §14.1  What was cancelled is not tried again; other answers mean what they always do.
      if (kind === '491 Request Pending' || kind === '500 Server Internal Error') return onFinal(ua, { cseq, source })
      return null
    }
    if (ua.left === undefined) return null
    if (kind === '200 OK') {
      const [next, sent] = ua.left.isOver ? stay<UserAgent>(ua) : isOver(ua)
      return [next, [around.acknowledge(ua, cseq), ...(sent as Effect<SipMessage>[])]]
    }
    return ERRORS.includes(kind as ErrorResponse) ? onFinal(ua, { cseq, source }) : null
  }

  return { step, concludes }
}

const ERRORS: readonly ErrorResponse[] = [
  '408 Request Timeout',
  '481 Call/Transaction Does Not Exist',
  '491 Request Pending',
  '500 Server Internal Error',
]
