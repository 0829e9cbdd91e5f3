import {
  type Address,
  type Event,
  networkOf,
  type Packet,
  packetOf,
  type Redirector,
  type Role,
  type Step,
  stay,
  tunnel,
} from '../index.ts'
import { addOnce } from './kept.ts'
import type { Mipv6Message } from './messages.ts'
import { forwarderTime } from './timers.ts'

/** What a forwarder knows, and what it keeps for hosts that have left and not yet said where they are. */
export interface BufferingForwarder extends Redirector {
  readonly kept: readonly Packet[]
}

/**
 * The forwarder of 004 §IV.A (`redirector`) that keeps what comes for a host that has left its network, for a while, and sends it on when it is told where to: as the previous
 * access router of Fast Handovers does (RFC 5568 §6.2.3, from memory). Left out: a limit on how much it keeps.
 */
export function bufferingForwarder(here: Address): Role<BufferingForwarder, Mipv6Message, 'T_f'> {
  return {
    start: { entries: {}, kept: [] },
    step: (state, event: Event<Mipv6Message, 'T_f'>): Step<BufferingForwarder, Mipv6Message> => {
      switch (event.kind) {
        case 'attached':
          return stay(state)
        case 'T_f':
          return stay({ ...state, kept: [] })
        case 'Forward': {
          const { old, to } = event
          const waits = ({ destination }: Packet) => destination === old
          return [
            { entries: { ...state.entries, [old]: to }, kept: state.kept.filter((one) => !waits(one)) },
            state.kept.filter(waits).map((one) => tunnel(one, to)),
          ]
        }
        default: {
          const arrived = packetOf(event)
          const to = state.entries[arrived.destination]
          return to === undefined
            ? stay({ ...state, kept: addOnce(state.kept, arrived) })
            : [state, [tunnel(arrived, to)]]
        }
      }
    },
    timers: { T_f: forwarderTime },
    armed: ({ kept }) => (kept.length > 0 ? ['T_f'] : []),
    intercepts: (_, address) => networkOf(address) === networkOf(here),
  }
}
