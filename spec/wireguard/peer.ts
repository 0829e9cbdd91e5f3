import { match } from 'ts-pattern'
import { type Address, armedFor, type Effect, type Event, type Role, type Step, send, stay } from '../index.ts'
import { nameUpdateRetry } from '../name-server.ts'
import { rekeyAfterTime, rekeyTimeout, type WireGuardMessage } from './messages.ts'

/**
 * One end of a WireGuard tunnel. It never says that it has moved: it sends, and the other end takes the outer source of what
 * authenticates for its endpoint (whitepaper §2.1).
 *
 * Left out: keys, cookies, persistent keepalives between two handshakes, the 10 s that a keepalive waits, the 90 s after which a handshake without new data is
 * given up (who has data to send has more of them).
 */
export interface Peer {
  readonly here: Address
  readonly endpoint: Address
  /** Mine, and the greatest that I have received. */
  readonly counter: number
  readonly greatest: number
  /** Data were sent and nothing has come back. */
  readonly unanswered: boolean
  /** My name server knows where I am (where I have a name). */
  readonly named: boolean
}

type TimerName = 'REKEY_TIMEOUT' | 'REKEY_AFTER_TIME' | 'DNS update retry'

export interface PeerSettings {
  readonly start: Address
  readonly peer: Address
  /**
   * Which packets move the endpoint: whatever authenticates and is not a replay (whitepaper §2.1, §5.4.6: the window lets
   * older counters in), or, not in WireGuard, only what no newer one has overtaken.
   */
  readonly follows: 'any authentic packet' | 'the newest packet'
  /**
   * Whether it has data to send when it has moved. Who has none is silent (§6.5: a keepalive answers data, and nothing else), so that nobody
   * learns where it has gone.
   */
  readonly hasData: boolean
  /** There is always something to send, so that keys are renewed for ever, which also shows that the other end is silent. */
  readonly persistentKeepalive: boolean
  /** Where my name is kept, and the peer's, if its name is looked up again while it does not answer (reresolve-dns). */
  readonly names: { readonly mine: Address | null; readonly peers: Address | null }
}

export function peer(settings: PeerSettings): Role<Peer, WireGuardMessage, TimerName> {
  const { names } = settings
  /** A keepalive wants no answer. */
  const says = settings.hasData ? 'data' : settings.persistentKeepalive ? 'keepalive' : null
  const register = (me: Peer): Effect<WireGuardMessage>[] =>
    names.mine === null
      ? []
      : [send<WireGuardMessage>({ kind: 'DNS update', address: me.here, number: me.counter }, names.mine)]
  const toPeer = (me: Peer, kind: 'data' | 'keepalive' | 'handshake initiation' | 'handshake response') =>
    send<WireGuardMessage>({ kind, counter: me.counter }, me.endpoint)

  const authentic = (me: Peer, { counter, source }: { counter: number; source: Address }): Peer => {
    const follow = settings.follows === 'any authentic packet' || counter >= me.greatest
    return { ...me, endpoint: follow ? source : me.endpoint, greatest: Math.max(me.greatest, counter) }
  }

  return {
    start: { here: settings.start, endpoint: settings.peer, counter: 0, greatest: 0, unanswered: false, named: true },
    step: (me, event: Event<WireGuardMessage, TimerName>) =>
      match(event)
        .returnType<Step<Peer, WireGuardMessage>>()
        .with({ kind: 'attached' }, ({ address }) => {
          const next = {
            ...me,
            here: address,
            counter: me.counter + 1,
            unanswered: me.unanswered || says === 'data',
            named: names.mine === null,
          }
          return [next, [...register(next), ...(says === null ? [] : [toPeer(next, says)])]]
        })
        .with({ kind: 'data' }, (packet) => {
          const next = authentic(me, packet)
          return [next, [toPeer(next, 'keepalive')]]
        })
        .with({ kind: 'keepalive' }, { kind: 'key confirmation' }, (packet) =>
          stay({ ...authentic(me, packet), unanswered: false }),
        )
        .with({ kind: 'handshake initiation' }, (packet) => {
          // §5.1  An older timestamp is a replay.
          if (packet.counter < me.greatest) return stay(me)
          const next = authentic(me, packet)
          return [next, [toPeer(next, 'handshake response')]]
        })
        .with({ kind: 'handshake response' }, (packet) => {
          const next = { ...authentic(me, packet), unanswered: false }
          return [next, [toPeer(next, 'keepalive')]]
        })
        .with({ kind: 'REKEY_TIMEOUT' }, () => [
          me,
          [
            toPeer(me, 'handshake initiation'),
            ...(names.peers === null ? [] : [send<WireGuardMessage>({ kind: 'DNS query' }, names.peers)]),
          ],
        ])
        .with({ kind: 'DNS answer' }, ({ address }) => {
          if (!me.unanswered || address === me.endpoint) return stay(me)
          const next = { ...me, endpoint: address }
          return [next, [toPeer(next, 'handshake initiation')]]
        })
        .with({ kind: 'DNS update response' }, ({ number }) =>
          stay(number === me.counter ? { ...me, named: true } : me),
        )
        .with({ kind: 'DNS update retry' }, () => [me, register(me)])
        .with({ kind: 'REKEY_AFTER_TIME' }, () => [{ ...me, unanswered: true }, [toPeer(me, 'handshake initiation')]])
        .with({ kind: 'DNS update' }, { kind: 'DNS query' }, ({ kind }) => {
          throw new Error(`a peer has no use for a ${kind}`)
        })
        .exhaustive(),
    timers: {
      REKEY_TIMEOUT: rekeyTimeout,
      REKEY_AFTER_TIME: rekeyAfterTime,
      'DNS update retry': nameUpdateRetry,
    },
    armed: (me) =>
      armedFor(me.here, [
        ...(me.named ? [] : (['DNS update retry'] as const)),
        ...(me.unanswered ? (['REKEY_TIMEOUT'] as const) : []),
        ...(settings.persistentKeepalive && !me.unanswered ? (['REKEY_AFTER_TIME'] as const) : []),
      ]),
    pending: (me) => {
      if (!me.named) return 'waits for its name server'
      return me.unanswered ? 'has sent data and had no answer' : null
    },
    sendData: (me) => [toPeer(me, 'data')],
  }
}
