import { match, P } from 'ts-pattern'
import {
  type Address,
  type Event,
  forward,
  isNewer,
  packetOf,
  type Role,
  type Step,
  send,
  stay,
  tunnel,
} from '../index.ts'
import { advertisement, type MipMessage } from './messages.ts'
import { IDENTIFICATIONS } from './mobile-node.ts'

/**
 * A home agent (RFC 5944 §3.8): intercepts what comes for the home address while there is a binding, and tunnels it to the
 * care-of address. A crash loses the binding: §3.8 asks for no stable storage.
 */
export interface HomeAgent {
  /** The care-of address; null while the mobile node is at home, or nothing is known of it. */
  readonly careOf: Address | null
  /** The one before, while the S bit keeps it (§3.8.3.1): what comes is tunnelled to both. */
  readonly also: Address | null
  readonly identification: number
}

export function homeAgent(home: Address, start: Address, simultaneous: boolean): Role<HomeAgent, MipMessage> {
  type Request = Extract<MipMessage, { kind: 'Registration Request' }> & { source: Address }
  const onRequest = (ha: HomeAgent, request: Request): Step<HomeAgent, MipMessage> => {
    const { identification, source } = request
    const again = identification === ha.identification
    const fresh = isNewer(identification, ha.identification, IDENTIFICATIONS)
    const refused = request.simultaneous && !simultaneous
    const accepted = refused ? '1 accepted, no simultaneous bindings' : '0 accepted'
    const code = fresh || again ? accepted : '133 Identification mismatch'
    const reply = send<MipMessage>({ kind: 'Registration Reply', home, identification, code }, source)
    if (!fresh && !again) return [ha, [reply]]
    const earlier = again ? ha.also : ha.careOf
    const also = request.simultaneous && simultaneous ? earlier : null
    return [{ careOf: request.deregisters ? null : request.careOf, also, identification }, [reply]]
  }
  return {
    start: { careOf: start, also: null, identification: 0 },
    step: (ha, event: Event<MipMessage>) =>
      match(event)
        .returnType<Step<HomeAgent, MipMessage>>()
        .with({ kind: 'attached' }, () => stay(ha))
        .with({ destination: home }, (intercepted) => [
          ha,
          [ha.careOf!, ...(ha.also === null ? [] : [ha.also])].map((to) => tunnel(packetOf(intercepted), to)),
        ])
        .with({ kind: 'Registration Request' }, (request) => onRequest(ha, request))
        .with({ kind: P.union('Registration Reply', 'Agent Advertisement', 'tunnel', 'data') }, ({ kind }) => {
          throw new Error(`a home agent has no use for a ${kind} that is not for its mobile node`)
        })
        .exhaustive(),
    intercepts: (ha, address) => address === home && ha.careOf !== null,
    // What came before the crash is forgotten, and any Identification is new.
    restart: () => ({ careOf: null, also: null, identification: 0 }),
  }
}

/**
 * A foreign agent (RFC 5944 §3.7): relays registrations, and takes packets out of the tunnel for its visitors. A visitor is reached on the
 * link, by its address in this network, until it has left; the visitor list itself does not expire here.
 */
export interface ForeignAgent {
  /** Address on the link, by home address. */
  readonly visitors: Readonly<Record<Address, Address>>
  /** Whether it has crashed and not advertised itself since: the next advertisement tells visitors that it has forgotten them. */
  readonly rebooted: boolean
}

export function foreignAgent(
  here: Address,
  visitors: Readonly<Record<Address, Address>>,
  /** Addresses on its link that a multicast reaches. */
  link: readonly Address[],
): Role<ForeignAgent, MipMessage, 'agent advertisement'> {
  return {
    start: { visitors, rebooted: false },
    step: (fa, event: Event<MipMessage, 'agent advertisement'>) =>
      match(event)
        .returnType<Step<ForeignAgent, MipMessage>>()
        .with({ kind: 'attached' }, () => stay(fa))
        .with({ kind: 'Registration Request' }, ({ source, destination: _, hops: __, ...request }) => [
          { ...fa, visitors: { ...fa.visitors, [request.home]: source } },
          [send<MipMessage>(request, request.homeAgent)],
        ])
        .with({ kind: 'Registration Reply' }, ({ source: _, destination: __, hops: ___, ...reply }) => {
          const visitor = fa.visitors[reply.home]
          return visitor === undefined ? stay(fa) : [fa, [send<MipMessage>(reply, visitor)]]
        })
        .with({ kind: 'tunnel' }, ({ inner }) => {
          const visitor = fa.visitors[inner.destination]
          return visitor === undefined ? stay(fa) : [fa, [forward(inner, visitor)]]
        })
        .with({ kind: 'data' }, () => stay(fa))
        .with({ kind: 'agent advertisement' }, () => [
          { ...fa, rebooted: false },
          link.map((address) => send<MipMessage>({ kind: 'Agent Advertisement' }, address)),
        ])
        .with({ kind: 'Agent Advertisement' }, ({ kind }) => {
          throw new Error(`a foreign agent has no use for an ${kind}`)
        })
        .exhaustive(),
    accepts: (_, address) => address === here,
    timers: { 'agent advertisement': advertisement },
    armed: (fa) => (fa.rebooted ? ['agent advertisement'] : []),
    // §3.7 asks for no stable storage.
    restart: () => ({ visitors: {}, rebooted: true }),
  }
}
