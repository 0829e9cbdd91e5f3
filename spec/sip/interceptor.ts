import { type Address, type Arrival, type Event, forward, packetOf, type Role, type Step, stay } from '../index.ts'
import type { SipMessage } from './messages.ts'

/**
 * The Interceptor of 000 §IV.D–E: in the network that a mobile has left, it takes what still arrives for the old address and
 * sends it on to the new one. The paper leaves open how it is told; here the mobile sends it one message, unacknowledged.
 * Left out: expiry of an entry (no run lasts that long).
 */
export interface Interceptor {
  readonly entries: Readonly<Record<Address, Address>>
}

export const interceptor: Role<Interceptor, SipMessage> = {
  start: { entries: {} },
  step: (state, event: Event<SipMessage>): Step<Interceptor, SipMessage> => {
    if (event.kind === 'attached') return stay(state)
    if (event.kind === 'Forward') return stay({ entries: { ...state.entries, [event.old]: event.to } })
    return [state, [forward(packetOf<SipMessage>(event as Arrival<SipMessage>), state.entries[event.destination]!)]]
  },
  intercepts: (state, address) => address in state.entries,
}
