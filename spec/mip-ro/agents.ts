import { match, P } from 'ts-pattern'
import {
  type Address,
  addressIn,
  type Effect,
  type Event,
  forward,
  isTunnel,
  networkOf,
  type Packet,
  packetOf,
  type Role,
  type Step,
  send,
  stay,
  tunnel,
} from '../index.ts'
import type { MipRoMessage } from './messages.ts'

/** A home agent that tells correspondents of its mobile node where that is, whenever it learns that one needs to know. */
export interface HomeAgent {
  /** Null after a crash, until its mobile node registers again: it then intercepts nothing, and tells nobody. */
  readonly careOf: Address | null
  readonly identification: number
}

export function homeAgent(home: Address, start: Address): Role<HomeAgent, MipRoMessage> {
  const tell = ({ careOf, identification }: HomeAgent, correspondent: Address): Effect<MipRoMessage>[] =>
    careOf === null
      ? []
      : [send<MipRoMessage>({ kind: 'Binding Update', home, careOf, identification, previous: null }, correspondent)]
  return {
    start: { careOf: start, identification: 0 },
    step: (ha, event: Event<MipRoMessage>) =>
      match(event)
        .returnType<Step<HomeAgent, MipRoMessage>>()
        .with({ kind: 'attached' }, () => stay(ha))
        // Step 1: what comes for the home address is tunnelled; its sender has no binding, and is given one.
        .with({ kind: 'data', destination: home }, (intercepted) => [
          ha,
          [tunnel(packetOf(intercepted), ha.careOf!), ...tell(ha, intercepted.source)],
        ])
        .with({ destination: home }, (intercepted) => [ha, [tunnel(packetOf(intercepted), ha.careOf!)]])
        .with({ kind: 'Registration Request' }, ({ careOf, identification, source }) => [
          identification < ha.identification ? ha : { careOf, identification },
          [send<MipRoMessage>({ kind: 'Registration Reply', identification }, source)],
        ])
        // Step 6: to the correspondent's home address, since it may be mobile itself.
        .with({ kind: 'Binding Warning' }, ({ correspondent }) => [ha, tell(ha, correspondent)])
        // A special tunnel ends here: on to the mobile node, unless that is where it came from.
        .with({ kind: 'tunnel' }, ({ inner, source }) =>
          ha.careOf === null || networkOf(source) === networkOf(ha.careOf)
            ? stay(ha)
            : [ha, [tunnel(inner, ha.careOf)]],
        )
        .with({ kind: P.union('Registration Reply', 'Binding Update', 'Binding Acknowledge', 'data') }, ({ kind }) => {
          throw new Error(`a home agent has no use for a ${kind} that is not for its mobile node`)
        })
        .exhaustive(),
    intercepts: (ha, address) => address === home && ha.careOf !== null,
    // RFC 5944 §3.8 asks for no stable storage.
    restart: () => ({ careOf: null, identification: 0 }),
  }
}

/** The foreign agent of a network that a mobile node has left: looks after what still comes for it. A crash loses whom it was notified of. */
export interface ForeignAgent {
  readonly forwarding: Readonly<Record<Address, { readonly careOf: Address; readonly identification: number }>>
}

export interface ForeignAgentSettings {
  /** Forwards to the new care-of address, once it was notified. */
  readonly forwards: boolean
  /** Sends a Binding Warning to the home agent. */
  readonly warns: boolean
  /** Sends what it cannot forward to the home agent, in a special tunnel. */
  readonly tunnelsHome: boolean
}

export const homeAgentOf = (home: Address): Address => addressIn(networkOf(home), 'ha')

export function foreignAgent(settings: ForeignAgentSettings): Role<ForeignAgent, MipRoMessage> {
  const lookAfter = (fa: ForeignAgent, intercepted: Packet): Step<ForeignAgent, MipRoMessage> => {
    if (!isTunnel(intercepted.message)) return stay(fa)
    const { inner } = intercepted.message
    const entry = settings.forwards ? fa.forwarding[intercepted.destination] : undefined
    const onward: Effect<MipRoMessage>[] =
      entry !== undefined
        ? [forward(intercepted, entry.careOf)]
        : settings.tunnelsHome
          ? [tunnel(inner, homeAgentOf(inner.destination))]
          : []
    // What the home agent itself has tunnelled needs no warning.
    const stale = intercepted.source !== homeAgentOf(inner.destination)
    const warning: MipRoMessage = {
      kind: 'Binding Warning',
      home: inner.destination,
      correspondent: inner.source,
    }
    return [fa, [...onward, ...(settings.warns && stale ? [send(warning, homeAgentOf(inner.destination))] : [])]]
  }
  return {
    start: { forwarding: {} },
    step: (fa, event: Event<MipRoMessage>): Step<ForeignAgent, MipRoMessage> => {
      if (event.kind === 'attached') return stay(fa)
      if (event.kind === 'Binding Update' && event.previous !== null) {
        const { previous, careOf, identification, source } = event
        const acknowledge = send<MipRoMessage>({ kind: 'Binding Acknowledge', identification }, source)
        if (identification < (fa.forwarding[previous]?.identification ?? 0)) return [fa, [acknowledge]]
        return [{ forwarding: { ...fa.forwarding, [previous]: { careOf, identification } } }, [acknowledge]]
      }
      return lookAfter(fa, packetOf(event) as Packet)
    },
    intercepts: (_, address) => !address.endsWith('/fa'),
  }
}
