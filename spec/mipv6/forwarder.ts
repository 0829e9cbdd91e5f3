import { type Address, type Arrival, type Event, packetOf, type Role, type Step, stay, tunnel } from '../index.ts'
import type { Mipv6Message } from './messages.ts'

/**
 * The forwarder of 004 §IV.A, Fig. 4 (in FMIPv6, the previous access router): what still arrives for a care-of address that
 * was left is tunnelled to the new one. The paper leaves open how it is told; here by one message, unacknowledged.
 */
export interface Forwarder {
  readonly entries: Readonly<Record<Address, Address>>
}

export const forwarder: Role<Forwarder, Mipv6Message> = {
  start: { entries: {} },
  step: (state, event: Event<Mipv6Message>): Step<Forwarder, Mipv6Message> => {
    if (event.kind === 'attached') return stay(state)
    if (event.kind === 'Forward') return stay({ entries: { ...state.entries, [event.old]: event.to } })
    return [state, [tunnel(packetOf<Mipv6Message>(event as Arrival<Mipv6Message>), state.entries[event.destination]!)]]
  },
  intercepts: (state, address) => address in state.entries,
}
