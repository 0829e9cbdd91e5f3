import { match } from 'ts-pattern'
import { type Address, type Effect, type Event, type Role, type Step, send, stay } from '../index.ts'
import { keepaliveTimeout, rekeyTimeout, type WireGuardMessage } from './messages.ts'
import type { PeerSettings } from './peer.ts'

/**
 * One end of a tunnel that somebody uses: data and handshakes at any moment, from the first handshake on. What is held against logs of real programs (a
 * scenario's `users`); `peer.ts` is what is left of it where users do nothing.
 *
 * Left out: keys, cookies, that an update of a name is sent again, that a session ends after 180 s (REJECT_AFTER_TIME), and why a handshake is begun (no session, one of 120 s, 15 s without an
 * answer): one may be begun at any moment, but not within REKEY_TIMEOUT of the last.
 */
export interface PeerInUse {
  readonly here: Address
  /** What it sends from. Programs keep to the address that the last packet came to, until they notice that it is gone. */
  readonly source: Address
  readonly endpoint: Address
  /** How often I have moved, and the greatest such number that I have received, where it matters what is newer than what. */
  readonly counter: number
  readonly greatest: number
  /** Not running yet; without a session; with one that the other end has not confirmed; with one. */
  readonly session: 'down' | 'none' | 'unconfirmed' | 'ready'
  /** My initiation has no answer, and that of the other end has not taken its place. */
  readonly initiated: boolean
  /** It has sent an initiation some time: the next one waits for REKEY_TIMEOUT. */
  readonly tried: boolean
  /** Data came, and nothing was sent since: who sends keepalives anyway need not know. */
  readonly owes: boolean
}

type TimerName = 'REKEY_TIMEOUT' | 'KEEPALIVE_TIMEOUT'
type ActionName = 'starts' | 'sends data' | 'sends a keepalive' | 'begins a handshake' | 'uses its new address'
type Kind = 'data' | 'keepalive' | 'key confirmation' | 'handshake initiation' | 'handshake response'

export function peerInUse(
  settings: Omit<PeerSettings, 'hasData'>,
): Role<PeerInUse, WireGuardMessage, TimerName, ActionName> {
  const { names } = settings
  const register = (me: PeerInUse): Effect<WireGuardMessage>[] =>
    names.mine === null
      ? []
      : [send<WireGuardMessage>({ kind: 'DNS update', address: me.here, number: me.counter }, names.mine)]
  const numbers = settings.follows === 'the newest packet'
  const says = (me: PeerInUse, kind: Kind) =>
    send<WireGuardMessage>(
      {
        kind,
        counter: numbers ? me.counter : 0,
        number: 'new',
        ...(kind === 'handshake initiation' ? {} : { receiver: 'chosen by the receiver' as const }),
      },
      me.endpoint,
      me.source,
    )
  const sends = (me: PeerInUse, kind: Kind): Step<PeerInUse, WireGuardMessage> => [
    { ...me, owes: kind === 'handshake initiation' || kind === 'handshake response' ? me.owes : false },
    [says(me, kind)],
  ]

  /** What it has not brought up yet, and what belongs to no session, is dropped. */
  const authentic = (
    me: PeerInUse,
    { counter, source, destination }: { counter: number; source: Address; destination: Address },
  ): PeerInUse => {
    const follow = settings.follows === 'any authentic packet' || counter >= me.greatest
    const endpoint = follow ? source : me.endpoint
    return { ...me, endpoint, source: destination, greatest: Math.max(me.greatest, counter) }
  }
  const hasKeys = ({ session }: PeerInUse): boolean => session === 'unconfirmed' || session === 'ready'

  const initiate = (me: PeerInUse): Step<PeerInUse, WireGuardMessage> => {
    const again = me.initiated && names.peers !== null
    const up = me.session === 'down' ? 'none' : me.session
    return [
      { ...me, session: up, initiated: true, tried: true },
      [
        says(me, 'handshake initiation'),
        ...(again ? [send<WireGuardMessage>({ kind: 'DNS query' }, names.peers!)] : []),
      ],
    ]
  }

  return {
    start: {
      here: settings.start,
      source: settings.start,
      endpoint: settings.peer,
      counter: 0,
      greatest: 0,
      session: 'down',
      initiated: false,
      tried: false,
      owes: false,
    },
    step: (me, event: Event<WireGuardMessage, TimerName | ActionName>) =>
      match(event)
        .returnType<Step<PeerInUse, WireGuardMessage>>()
        .with({ kind: 'attached' }, ({ address }) => {
          const next = { ...me, here: address, counter: me.counter + 1 }
          return [next, register(next)]
        })
        .with({ kind: 'starts' }, () => stay<PeerInUse>({ ...me, session: 'none' }))
        .with({ kind: 'uses its new address' }, () => stay({ ...me, source: me.here }))
        .with({ kind: 'sends data' }, () => sends(me, 'data'))
        .with({ kind: 'sends a keepalive' }, { kind: 'KEEPALIVE_TIMEOUT' }, () => sends(me, 'keepalive'))
        .with({ kind: 'begins a handshake' }, { kind: 'REKEY_TIMEOUT' }, () => initiate(me))
        .with({ kind: 'data' }, { kind: 'key confirmation' }, (packet) =>
          // Whether the first packet of a session carries data, only its length says.
          stay(hasKeys(me) ? { ...authentic(me, packet), session: 'ready', owes: !settings.persistentKeepalive } : me),
        )
        .with({ kind: 'keepalive' }, (packet) =>
          stay(hasKeys(me) ? { ...authentic(me, packet), session: 'ready' } : me),
        )
        .with({ kind: 'handshake initiation' }, (packet) => {
          // §5.1  An older timestamp is a replay.
          if (me.session === 'down' || packet.counter < me.greatest) return stay(me)
          const next: PeerInUse = {
            ...authentic(me, packet),
            session: me.session === 'ready' ? 'ready' : 'unconfirmed',
            // §5.4.2  There is one handshake at a time.
            initiated: false,
          }
          return sends(next, 'handshake response')
        })
        .with({ kind: 'handshake response' }, (packet) => {
          if (!me.initiated) return stay(me)
          // §5.4.4  The first packet of the session confirms its keys, at once.
          return sends({ ...authentic(me, packet), session: 'ready', initiated: false }, 'key confirmation')
        })
        .with({ kind: 'DNS answer' }, ({ address }) => {
          if (!me.initiated || address === me.endpoint) return stay(me)
          return initiate({ ...me, endpoint: address, initiated: false })
        })
        .with({ kind: 'DNS update response' }, () => stay(me))
        .with({ kind: 'DNS update' }, { kind: 'DNS query' }, ({ kind }) => {
          throw new Error(`a peer has no use for a ${kind}`)
        })
        .exhaustive(),
    timers: { REKEY_TIMEOUT: rekeyTimeout, KEEPALIVE_TIMEOUT: keepaliveTimeout },
    armed: (me) => [
      ...(me.tried ? (['REKEY_TIMEOUT'] as const) : []),
      ...(me.owes && me.session === 'ready' ? (['KEEPALIVE_TIMEOUT'] as const) : []),
    ],
    actions: {
      starts: { words: 'is started', source: 'wg(8)' },
      'sends data': { words: 'has data to send', source: 'whitepaper §5.4.6' },
      'sends a keepalive': { words: 'sends a persistent keepalive', source: 'wg(8)' },
      'begins a handshake': { words: 'begins a handshake', source: 'whitepaper §5.4.2, §6.2, §6.5' },
      'uses its new address': { words: 'notices that it has another address', source: 'whitepaper §2.1' },
    },
    may: (me) => [
      ...(me.session === 'ready' ? (['sends data'] as const) : []),
      ...(me.session === 'ready' && settings.persistentKeepalive ? (['sends a keepalive'] as const) : []),
      ...(me.tried ? [] : (['begins a handshake'] as const)),
      ...(me.source === me.here ? [] : (['uses its new address'] as const)),
      ...(me.session === 'down' ? (['starts'] as const) : []),
    ],
    pending: (me) => (me.initiated ? 'waits for an answer to its handshake initiation' : null),
    sendData: (me) => [says(me, 'data')],
  }
}
