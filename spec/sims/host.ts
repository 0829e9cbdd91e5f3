import { match, P } from 'ts-pattern'
import { type Address, type Event, networkOf, packet, type Role, type Step, send, stay, tunnel } from '../index.ts'
import { attachLifetime, attachRetry, type Credential, type SimsMessage } from './messages.ts'

/**
 * A SIMS host (002 §IV): it has no permanent address. A session keeps the address that it began with; what belongs to an old one goes by the
 * mobility agent of the network that the host is in. It keeps the list of its old addresses itself (§IV-B).
 */
export interface Host {
  readonly here: Address
  readonly number: number
  /** The agent here has relays for all my sessions. */
  readonly attached: boolean
}

type TimerName = 'attach retry' | 'attach lifetime'

export interface HostSettings {
  /** The address of the session, which is the first that the host had. */
  readonly start: Address
  /** The address of the session at its other end. */
  readonly peer: Address
  /** A credential that is good for one relay and number only. */
  readonly boundCredentials: boolean
}

export const agentAt = (address: Address): Address => `${networkOf(address)}/ma`

export function simsHost(settings: HostSettings): Role<Host, SimsMessage, TimerName> {
  const { start, peer } = settings
  const attach = (me: Host) => {
    const credential: Credential = {
      of: start,
      for: settings.boundCredentials ? { relay: agentAt(me.here), number: me.number } : null,
    }
    return send<SimsMessage>(
      { kind: 'Attach', number: me.number, addresses: [{ address: start, credential }] },
      agentAt(me.here),
    )
  }
  return {
    start: { here: start, number: 0, attached: true },
    step: (me, event: Event<SimsMessage, TimerName>) =>
      match(event)
        .returnType<Step<Host, SimsMessage>>()
        .with({ kind: 'attached' }, ({ address }) => {
          const next = { here: address, number: me.number + 1, attached: false }
          return [next, [attach(next)]]
        })
        .with({ kind: 'Attached' }, ({ number }) => stay(number === me.number ? { ...me, attached: true } : me))
        .with({ kind: P.union('attach retry', 'attach lifetime') }, () => [me, [attach(me)]])
        .with({ kind: 'data' }, () => stay(me))
        .with(
          { kind: P.union('Attach', 'RelayRequest', 'RelayAck', 'RelayStop', 'RelayStopAck', 'tunnel') },
          ({ kind }) => {
            throw new Error(`a host has no use for a ${kind}`)
          },
        )
        .exhaustive(),
    timers: { 'attach retry': attachRetry, 'attach lifetime': attachLifetime },
    armed: (me) => (me.attached ? (me.number > 0 ? ['attach lifetime'] : []) : ['attach retry']),
    accepts: (_, address) => address === start,
    pending: (me) => (me.attached ? null : 'waits for its mobility agent'),
    // A session keeps its address: from elsewhere it goes out by the agent there.
    sendData: (me) => [
      me.here === start
        ? send<SimsMessage>({ kind: 'data' }, peer)
        : tunnel(packet<SimsMessage>({ kind: 'data' }, start, peer), agentAt(me.here)),
    ],
  }
}
