import { type Address, type Effect, type Event, type Role, type Step, send, stay } from '../index.ts'
import { nameUpdateRetry } from '../name-server.ts'
import type { Host, HostTimer } from './host.ts'
import { initRetry, type MobikeMessage, type NamedMessage } from './messages.ts'

/**
 * An end of an IKE SA that is made anew when it is dead: the initiator looks the responder's name up and sends IKE_SA_INIT to
 * what it is told, again and again. MOBIKE itself, of whichever SA there is, is left to a `Host`; an SA's number stands for its SPIs,
 * so that what belongs to another SA is dropped (RFC 7296 §2.6, §2.21.4).
 */
export interface Named {
  readonly host: Host
  /** The SA's number, or that of the one that is being made. */
  readonly sa: number
  /** Asks for the peer's address, and calls it there. */
  readonly calling: boolean
  /** How often I have moved, and whether my name server knows where I am (where I have a name). */
  readonly moves: number
  readonly registered: boolean
}

type TimerName = HostTimer | 'IKE_SA_INIT retry' | 'DNS update retry'

export interface NamedSettings {
  readonly host: Role<Host, MobikeMessage, HostTimer>
  /** Where my name is kept, and the peer's, whom I call. */
  readonly names: { readonly mine: Address | null; readonly peers: Address | null }
}

export function namedHost({ host, names }: NamedSettings): Role<Named, NamedMessage, TimerName> {
  const marked = (sa: number, effects: readonly Effect<MobikeMessage>[]): Effect<NamedMessage>[] =>
    effects.map((effect) => (effect.do === 'send' ? { ...effect, message: { ...effect.message, sa } } : effect))

  const register = (me: Named): Effect<NamedMessage>[] =>
    names.mine === null
      ? []
      : [send<NamedMessage>({ kind: 'DNS update', address: me.host.here, number: me.moves }, names.mine)]
  const ask = (): Effect<NamedMessage>[] =>
    names.peers === null ? [] : [send<NamedMessage>({ kind: 'DNS query' }, names.peers)]

  /** A new SA, with a peer that is known to be there. */
  const fresh = (me: Named, sa: number, peerAt: Address): Named => ({
    ...me,
    sa,
    calling: false,
    host: { ...host.start, here: me.host.here, peerAt },
  })

  /** What the SA's own host makes of an event; whoever knows its peer's name calls it when the SA has died of that. */
  const within = (me: Named, event: Event<MobikeMessage, HostTimer>): Step<Named, NamedMessage> => {
    const [next, effects] = host.step(me.host, event)
    const after = { ...me, host: next }
    const died = me.host.closed === null && next.closed !== null && names.peers !== null
    return died
      ? [{ ...after, sa: me.sa + 1, calling: true }, [...marked(me.sa, effects), ...ask()]]
      : [after, marked(me.sa, effects)]
  }

  const moved = (me: Named, address: Address): Step<Named, NamedMessage> => {
    const away = { ...me, moves: me.moves + 1, registered: names.mine === null }
    if (me.host.closed === null) {
      const [next, effects] = within(away, { kind: 'attached', address })
      return [next, [...register(next), ...effects]]
    }
    // An IKE_SA_INIT from another address is another attempt.
    const there = { ...away, host: { ...me.host, here: address }, sa: me.calling ? me.sa + 1 : me.sa }
    return [there, [...register(there), ...(me.calling ? ask() : [])]]
  }

  return {
    start: { host: host.start, sa: 0, calling: false, moves: 0, registered: true },
    step: (me, event) => {
      switch (event.kind) {
        case 'attached':
          return moved(me, event.address)
        case 'DNS answer':
          return me.calling ? [me, [send<NamedMessage>({ kind: 'IKE_SA_INIT', sa: me.sa }, event.address)]] : stay(me)
        case 'DNS update response':
          return stay(event.number === me.moves ? { ...me, registered: true } : me)
        case 'DNS update retry':
          return [me, register(me)]
        case 'IKE_SA_INIT retry':
          return [me, ask()]
        case 'IKE_SA_INIT':
          if (event.sa < me.sa) return stay(me)
          // The same once more only gets its answer again, unless what it had made is dead already.
          return [
            event.sa === me.sa && me.host.closed === null ? me : fresh(me, event.sa, event.source),
            [send<NamedMessage>({ kind: 'IKE_SA_INIT response', sa: event.sa }, event.source, event.destination)],
          ]
        case 'IKE_SA_INIT response':
          return stay(me.calling && event.sa === me.sa ? fresh(me, me.sa, event.source) : me)
        case 'DNS update':
        case 'DNS query':
          throw new Error(`a host has no use for a ${event.kind}`)
        case 'retransmission':
        case 'IKE SA time-out':
          return within(me, event)
        default:
          return event.sa === me.sa && !me.calling ? within(me, event) : stay(me)
      }
    },
    timers: { ...host.timers!, 'IKE_SA_INIT retry': initRetry, 'DNS update retry': nameUpdateRetry },
    armed: (me) => [
      ...host.armed!(me.host),
      ...(me.calling ? (['IKE_SA_INIT retry'] as const) : []),
      ...(me.registered ? [] : (['DNS update retry'] as const)),
    ],
    pending: (me) => {
      if (!me.registered) return 'waits for its name server'
      return me.calling ? 'calls its peer by name' : host.pending!(me.host)
    },
    sendData: (me, peer) => marked(me.sa, host.sendData!(me.host, peer) as readonly Effect<MobikeMessage>[]),
  }
}
