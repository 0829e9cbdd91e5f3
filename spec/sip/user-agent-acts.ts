import type { Action } from '../index.ts'
import { cancellable } from './user-agent-cancels.ts'
import type { ActionName, UserAgent } from './user-agent-state.ts'
import { isRefusing } from './user-agent-timers.ts'

export const userAgentActions: Readonly<Record<ActionName, Action>> = {
  'hangs up': {
    words: 'hangs up',
    source: 'RFC 3261 §15.1.1: either end may send a BYE at any time, also while a re-INVITE is pending',
  },
  notices: {
    words: 'notices that it has another address',
    source: 'no RFC: programs poll for their address, and notice late or never',
  },
  'is anywhere': {
    words: 'listens and answers at an address that it has not told of',
    source: 'no RFC: a socket may be of one address of its host, or of any',
  },
  're-INVITEs': {
    words: 'sends a re-INVITE though it has not moved',
    source: 'RFC 3261 §14.1: a session is modified at will; RFC 4028 §7.1: or refreshed',
  },
  'leaves it at that': {
    words: 'does not try its re-INVITE again',
    source:
      'RFC 3261 §14.1: it is tried again after a 491 if that is still wanted; an answer to the other end has told its Contact',
  },
  'registers again': {
    words: 'registers again after a refusal',
    source: 'RFC 3261 §10.2.7: when it tries again is left to the user agent',
  },
  cancels: {
    words: 'cancels its re-INVITE',
    source: 'RFC 3261 §9.1: once there was a provisional response; §14.1: the session stays as it was',
  },
  'gives up': {
    words: 'hangs up, and cancels its re-INVITE first',
    source: 'RFC 3261 §9.1, §15.1.1: programs send the BYE when the re-INVITE has its final answer',
  },
  'lets its user decide': {
    words: 'will ask its user about the next re-INVITE',
    source: 'RFC 3261 §14.2, §13.3.1.1: a final answer may take its time, after a provisional one',
  },
  accepts: { words: 'accepts the re-INVITE that waits', source: 'RFC 3261 §14.2' },
}

export const ACTIONS = Object.keys(userAgentActions) as ActionName[]

/** What it may do now, of what it does at all. */
export function mayDo(ua: UserAgent, does: readonly ActionName[] = []): ActionName[] {
  const asksNothing = ua.client === null && !ua.backingOff && !isRefusing(ua)
  const isWaiting = ua.server?.response === '100 Trying'
  const may: ActionName[] = [
    ...(ua.ended === null ? (['hangs up'] as const) : []),
    ...(ua.unnoticed === undefined ? [] : (['notices'] as const)),
    ...(ua.unnoticed === undefined || ua.anywhere === true ? [] : (['is anywhere'] as const)),
    ...(ua.ended === null && asksNothing ? (['re-INVITEs'] as const) : []),
    ...(ua.ended === null && ua.backingOff ? (['leaves it at that'] as const) : []),
    ...(ua.refused === true ? (['registers again'] as const) : []),
    ...(cancellable(ua) === null ? [] : (['cancels'] as const)),
    ...(ua.ended !== null || cancellable(ua) === null ? [] : (['gives up'] as const)),
    ...(ua.ended === null && ua.asksUser !== true && !isWaiting ? (['lets its user decide'] as const) : []),
    ...(isWaiting ? (['accepts'] as const) : []),
  ]
  return may.filter((action) => does.includes(action))
}

/** A further registration of the same address. */
export function asksAgain(ua: UserAgent): UserAgent {
  const { refused: _, ...again } = { ...ua, registered: false, registrations: ua.registrations + 1 }
  return again
}
