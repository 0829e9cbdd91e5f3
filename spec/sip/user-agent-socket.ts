import type { Address, Effect, Event, Step } from '../index.ts'
import type { SipMessage } from './messages.ts'
import type { UserAgent } from './user-agent-state.ts'

/**
 * The socket of a program that may notice late that its host has moved: until it does, it sends from the address that it knows, and hears nothing elsewhere. One that
 * listens at any address says and hears what it does where it is.
 */

const isBehind = (ua: UserAgent): boolean => ua.unnoticed !== undefined && ua.anywhere !== true

/** Whether an event is a packet for an address at which nobody listens. */
export const isUnheard = (ua: UserAgent, event: Event<SipMessage, string>): boolean =>
  isBehind(ua) && 'destination' in event && event.destination !== ua.here

/** A step of a program that is behind: what it sends has the address that it has left. */
export function fromItsSocket(
  ua: UserAgent,
  [next, effects]: Step<UserAgent, SipMessage>,
): Step<UserAgent, SipMessage> {
  if (!isBehind(ua) || next.unnoticed === undefined) return [next, effects]
  return [
    next,
    effects.map((effect): Effect<SipMessage> => (effect.do === 'send' ? { ...effect, from: ua.here } : effect)),
  ]
}

/** The host has moved; where it is back at the address that the program knows, there is nothing to notice. */
export function unnoticedAt(ua: UserAgent, address: Address): UserAgent {
  const { unnoticed: _, anywhere: __, ...before } = ua
  return address === ua.here ? before : { ...ua, unnoticed: address }
}
