import { produce } from 'immer'
import { match, P } from 'ts-pattern'
import { type Address, armedFor, type Event, following, networkOf, type Role, type Step, send, stay } from '../index.ts'
import { lifetime, type MipMessage, retransmission } from './messages.ts'

/**
 * A MIPv4 mobile node (RFC 5944 §3.6). Correspondents know its home address and nothing else, so it has no view of its peer.
 *
 * Left out: agent discovery (the node knows its foreign agent on arrival; of its advertisements it is told the first after a crash), authentication (nobody forges here), reverse
 * tunnelling.
 */
export interface MobileNode {
  readonly here: Address
  /** Identification of the last Registration Request, and whether it was answered. */
  readonly identification: number
  readonly registered: boolean
}

type TimerName = 'registration retransmission' | 'registration lifetime'

/** Identification wraps round here: registering again for ever must come back to a state. */
export const IDENTIFICATIONS = 16

export interface MobileNodeSettings {
  readonly start: Address
  readonly home: Address
  readonly homeAgent: Address
  readonly peerHome: Address
  /** Registers by way of the foreign agent of the network it is in (§3.6.1), instead of with an address of its own there. */
  readonly byForeignAgent: boolean
  /** Asks for simultaneous bindings. */
  readonly simultaneous: boolean
}

export const foreignAgentOf = (address: Address): Address => `${networkOf(address)}/fa`

export function mobileNode(settings: MobileNodeSettings): Role<MobileNode, MipMessage, TimerName> {
  const { home, homeAgent } = settings

  const register = (mn: MobileNode) => {
    const atHome = mn.here === home
    const byAgent = settings.byForeignAgent && !atHome
    const request: MipMessage = {
      kind: 'Registration Request',
      home,
      homeAgent,
      careOf: byAgent ? foreignAgentOf(mn.here) : mn.here,
      identification: mn.identification,
      deregisters: atHome,
      simultaneous: settings.simultaneous && !atHome,
    }
    return send<MipMessage>(request, byAgent ? foreignAgentOf(mn.here) : homeAgent)
  }

  const registerAnew = (mn: MobileNode): Step<MobileNode, MipMessage> => {
    const next = produce(mn, (me) => {
      me.identification = following(me.identification, IDENTIFICATIONS)
      me.registered = false
    })
    return [next, [register(next)]]
  }

  return {
    start: { here: settings.start, identification: 0, registered: true },
    step: (mn, event: Event<MipMessage, TimerName>) =>
      match(event)
        .returnType<Step<MobileNode, MipMessage>>()
        .with({ kind: 'attached' }, ({ address }) => registerAnew({ ...mn, here: address }))
        .with({ kind: 'Registration Reply' }, ({ identification, code }) => {
          if (identification !== mn.identification) return stay(mn)
          return code === '133 Identification mismatch' ? registerAnew(mn) : stay({ ...mn, registered: true })
        })
        .with({ kind: 'Agent Advertisement' }, () => registerAnew(mn))
        .with({ kind: 'registration retransmission' }, () => [mn, [register(mn)]])
        .with({ kind: 'registration lifetime' }, () => registerAnew(mn))
        .with({ kind: 'data' }, () => stay(mn))
        .with({ kind: P.union('Registration Request', 'tunnel') }, ({ kind }) => {
          throw new Error(`a mobile node has no use for a ${kind}`)
        })
        .exhaustive(),
    timers: { 'registration retransmission': retransmission, 'registration lifetime': lifetime },
    armed: (mn) =>
      armedFor(mn.identification, [mn.registered ? 'registration lifetime' : 'registration retransmission']),
    accepts: (_, address) => address === home,
    pending: (mn) => (mn.registered ? null : 'waits for a Registration Reply'),
    // Triangular: straight to the peer's home address, from its own.
    sendData: () => [send<MipMessage>({ kind: 'data' }, settings.peerHome, home)],
  }
}
