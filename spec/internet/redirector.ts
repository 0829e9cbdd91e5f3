import type { Address } from './address.ts'
import type { Message } from './packet.ts'
import {
  type Arrival,
  type Effect,
  type Event,
  forward,
  packetOf,
  type Role,
  type Step,
  send,
  stay,
  tunnel,
} from './role.ts'

/** What a host tells the redirector of the network that it has left. */
export interface Forward {
  readonly kind: 'Forward'
  readonly old: Address
  readonly to: Address
}

/** That the entry is there: for hosts that tell until they hear so. */
export interface Forwarding {
  readonly kind: 'Forwarding'
  readonly old: Address
  readonly to: Address
}

/** Where to send what still arrives for an address that was left. */
export interface Redirector {
  readonly entries: Readonly<Record<Address, Address>>
}

/**
 * Sits in a network and sends on what still arrives for addresses that hosts have left: the Interceptor of 000 §IV.D–E
 * (readdresses) and the forwarder of 004 §IV.A (tunnels). The papers leave open how it is told; here by one message,
 * which it acknowledges if it `acknowledges`. Left out: expiry of an entry (no run lasts that long).
 */
export function redirector<M extends Message>(
  how: 'readdress' | 'tunnel',
  /** The kinds of message that it looks after; without it, all. */
  only?: readonly M['kind'][],
  acknowledges = false,
): Role<Redirector, M | Forward | Forwarding> {
  const passOn = (arrival: Arrival<M | Forward | Forwarding>, to: Address): Effect<never> =>
    how === 'readdress' ? forward(packetOf(arrival), to) : tunnel(packetOf(arrival), to)
  return {
    start: { entries: {} },
    step: (state, event: Event<M | Forward | Forwarding>): Step<Redirector, M | Forward | Forwarding> => {
      if (event.kind === 'attached') return stay(state)
      if (event.kind === 'Forward') {
        const { old, to, source } = event as Arrival<Forward>
        const next = { entries: { ...state.entries, [old]: to } }
        return [next, acknowledges ? [send<Forwarding>({ kind: 'Forwarding', old, to }, source)] : []]
      }
      const arrival = event as Arrival<M | Forward | Forwarding> & { readonly destination: Address }
      return [state, [passOn(arrival, state.entries[arrival.destination]!)]]
    },
    intercepts: (state, address, packet) =>
      address in state.entries && (only === undefined || only.includes(packet.message.kind)),
  }
}
