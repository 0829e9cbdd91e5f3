import { type Address, type Armed, armedFor, type Effect, type Step, send, stay, type Timer } from '../index.ts'
import type { AnswerToBye, SipMessage } from './messages.ts'
import { branchTimeout, timerE, timerJ } from './timers.ts'

/** A BYE that a stateful proxy passes on (RFC 3261 §16.6, §16.7, §17.1.2, §17.2.2). */
export interface ProxiedBye {
  /** Where it was sent. */
  readonly target: Address
  /** Where it came from: the Via below the proxy's. */
  readonly upstream: Address
  readonly answer: AnswerToBye | null
}

export type ProxyByeTimer = 'proxy Timer E (BYE)' | 'branch time-out (BYE)' | 'proxy Timer J (BYE)'

export const proxyByeTimers: Readonly<Record<ProxyByeTimer, Timer>> = {
  'proxy Timer E (BYE)': timerE,
  'branch time-out (BYE)': branchTimeout,
  'proxy Timer J (BYE)': timerJ,
}

const sendOn = ({ target, upstream }: ProxiedBye): Effect<SipMessage> =>
  send<SipMessage>({ kind: 'BYE', requestUri: target, via: upstream }, target)

const respond = (kind: AnswerToBye, { upstream }: ProxiedBye): Effect<SipMessage> =>
  send<SipMessage>({ kind }, upstream)

interface Passing {
  readonly bye?: ProxiedBye
}

/**
 * @param target where the request goes, should it be sent on now; null for one that keeps to its first choice
 * @param isNew whether it is another transaction than the last
 */
export function passesByeOn<S extends Passing>(
  server: S,
  upstream: Address,
  target: Address,
  { looksUpAgain, isNew }: { looksUpAgain: boolean; isNew: boolean },
): Step<S, SipMessage> {
  const bye = isNew ? undefined : server.bye
  // §17.2.2  A copy gets the same answer; while there is none it is absorbed.
  if (bye?.answer != null) return [server, [respond(bye.answer, bye)]]
  if (bye !== undefined && (!looksUpAgain || bye.target === target)) return stay(server)
  const next: ProxiedBye = { target, upstream, answer: null }
  return [{ ...server, bye: next }, [sendOn(next)]]
}

/** §16.7  The final response goes upstream. */
export function passesAnswerOn<S extends Passing>(server: S, kind: AnswerToBye): Step<S, SipMessage> {
  const { bye } = server
  if (bye === undefined) return stay(server)
  return [{ ...server, bye: { ...bye, answer: kind } }, [respond(kind, bye)]]
}

/** §17.1.2.2 */
export const sendsByeAgain = <S extends Passing>(server: S): Step<S, SipMessage> => [server, [sendOn(server.bye!)]]

/** §16.8, §16.7 (6) */
export const givesByeUp = <S extends Passing>(server: S): Step<S, SipMessage> =>
  passesAnswerOn(server, '408 Request Timeout (BYE)')

/** §17.2.2  What comes after that is no copy any more. */
export function forgetsBye<S extends Passing>(server: S): Step<S, SipMessage> {
  const { bye: _, ...rest } = server
  return stay(rest as S)
}

export const armedOfBye = ({ bye }: Passing): Armed<ProxyByeTimer>[] =>
  bye === undefined
    ? []
    : bye.answer !== null
      ? armedFor(bye.upstream, ['proxy Timer J (BYE)'])
      : armedFor(bye.target, ['proxy Timer E (BYE)', 'branch time-out (BYE)'])
