import { match, P } from 'ts-pattern'
import { type Address, type Event, networkOf, packet, type Role, type Step, send, stay, tunnel } from '../index.ts'
import {
  bindingLifetime,
  dataInterval,
  type MipRoMessage,
  notificationRetransmission,
  registrationLifetime,
  retransmission,
} from './messages.ts'

/**
 * A mobile node that is also a correspondent node with a binding cache. It sends data all the time: that is what makes agents
 * notice a stale binding.
 *
 * Left out: visitor lists (a care-of address is the node's own in the network it visits; the foreign agent looks after what still
 * comes for it), authentication, Binding Requests, limits on the rate of warnings.
 */
export interface MobileNode {
  readonly here: Address
  readonly identification: number
  readonly registered: boolean
  /** The care-of address that I have left, while the foreign agent there has not acknowledged it. */
  readonly notifying: Address | null
  /** Where I think the peer is; null without an entry: then data go by its home address. */
  readonly cache: { readonly careOf: Address; readonly identification: number } | null
}

type TimerName =
  | 'data to send'
  | 'registration retransmission'
  | 'registration lifetime'
  | 'notification retransmission'
  | 'binding lifetime'

export interface MobileNodeSettings {
  readonly start: Address
  readonly home: Address
  readonly homeAgent: Address
  readonly peerHome: Address
  readonly peerStart: Address
  /** Sends the Previous Foreign Agent Notification. */
  readonly notifies: boolean
}

export const foreignAgentOf = (address: Address): Address => `${networkOf(address)}/fa`

export function mobileNode(settings: MobileNodeSettings): Role<MobileNode, MipRoMessage, TimerName> {
  const { home, peerHome } = settings
  const register = (mn: MobileNode) =>
    send<MipRoMessage>(
      { kind: 'Registration Request', careOf: mn.here, identification: mn.identification },
      settings.homeAgent,
    )
  const notify = (mn: MobileNode) =>
    mn.notifying === null
      ? []
      : [
          send<MipRoMessage>(
            {
              kind: 'Binding Update',
              home,
              careOf: mn.here,
              identification: mn.identification,
              previous: mn.notifying,
            },
            foreignAgentOf(mn.notifying),
          ),
        ]
  const data = (mn: MobileNode) =>
    mn.cache === null
      ? send<MipRoMessage>({ kind: 'data' }, peerHome, home)
      : tunnel(packet({ kind: 'data' }, home, peerHome), mn.cache.careOf)

  return {
    start: {
      here: settings.start,
      identification: 0,
      registered: true,
      notifying: null,
      cache: { careOf: settings.peerStart, identification: 0 },
    },
    step: (mn, event: Event<MipRoMessage, TimerName>) =>
      match(event)
        .returnType<Step<MobileNode, MipRoMessage>>()
        .with({ kind: 'attached' }, ({ address }) => {
          const next = {
            ...mn,
            here: address,
            identification: mn.identification + 1,
            registered: false,
            notifying: settings.notifies ? mn.here : null,
          }
          return [next, [register(next), ...notify(next)]]
        })
        .with({ kind: 'Registration Reply' }, ({ identification }) =>
          stay(identification === mn.identification ? { ...mn, registered: true } : mn),
        )
        .with({ kind: 'Binding Acknowledge' }, ({ identification }) =>
          stay(identification === mn.identification ? { ...mn, notifying: null } : mn),
        )
        .with({ kind: 'Binding Update' }, ({ careOf, identification }) =>
          stay(identification < (mn.cache?.identification ?? 0) ? mn : { ...mn, cache: { careOf, identification } }),
        )
        .with({ kind: 'data' }, () => stay(mn))
        .with({ kind: 'data to send' }, () => [mn, [data(mn)]])
        .with({ kind: 'registration retransmission' }, () => [mn, [register(mn)]])
        .with({ kind: 'registration lifetime' }, () => [{ ...mn, registered: false }, [register(mn)]])
        .with({ kind: 'notification retransmission' }, () => [mn, notify(mn)])
        .with({ kind: 'binding lifetime' }, () => stay({ ...mn, cache: null }))
        .with({ kind: P.union('Registration Request', 'Binding Warning', 'tunnel') }, ({ kind }) => {
          throw new Error(`a mobile node has no use for a ${kind}`)
        })
        .exhaustive(),
    timers: {
      'data to send': dataInterval,
      'registration retransmission': retransmission,
      'registration lifetime': registrationLifetime,
      'notification retransmission': notificationRetransmission,
      'binding lifetime': bindingLifetime,
    },
    armed: (mn) => [
      'data to send',
      mn.registered ? 'registration lifetime' : 'registration retransmission',
      ...(mn.notifying === null ? [] : (['notification retransmission'] as const)),
      ...(mn.cache === null ? [] : (['binding lifetime'] as const)),
    ],
    accepts: (_, address) => address === home,
    pending: (mn) => {
      if (!mn.registered) return 'waits for a Registration Reply'
      return mn.notifying === null ? null : 'waits for its previous foreign agent'
    },
    sendData: (mn) => [data(mn)],
  }
}
