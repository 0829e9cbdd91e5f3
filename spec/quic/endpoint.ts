import { match } from 'ts-pattern'
import { type Address, armedFor, type Effect, type Event, type Role, type Step, send, stay } from '../index.ts'
import {
  challengeTimeout,
  idleTimeout,
  preferredTimeout,
  probeTimeout,
  type QuicMessage,
  validationTimeout,
} from './messages.ts'

/**
 * One end of a QUIC connection (RFC 9000 §9). An end that may migrate sends from its new address; the other follows the
 * highest-numbered non-probing packet (§9.3) and validates the path (§8.2), or falls back to the last one that was valid (§9.3.2).
 *
 * Left out: congestion control, the limit on data to an address that is not valid yet (§9.3), keys.
 */
export interface Endpoint {
  readonly here: Address
  readonly peerAt: Address
  /** My preferred address, if I am a server whose client has turned to it: I send from nowhere else (§9.6.2). */
  readonly from: Address | null
  /** How often I have migrated, and the same of the peer as far as I know. */
  readonly number: number
  readonly peerNumber: number
  /** My data from a new address, not acknowledged yet. */
  readonly unanswered: Tries | null
  /** The way to the server's preferred address is being validated; null where that has not begun, or is done. */
  readonly probing: Tries | null
  /** The path being validated, and the peer's address to fall back to. */
  readonly validating: (Tries & { readonly previous: Address }) | null
  /** null where there are always enough. */
  readonly ids: ConnectionIds | null
  readonly closed: string | null
}

interface Tries {
  readonly tries: number
}

/** Connection IDs that the peer has supplied: unused ones, and whether the ways from here to it have one each (§9.5). */
interface ConnectionIds {
  readonly unused: number
  readonly toPeer: boolean
  readonly toPreferred: boolean
}

type TimerName =
  | 'challenge timeout'
  | 'preferred address timeout'
  | 'probe timeout'
  | 'path validation timeout'
  | 'idle timeout'

export interface EndpointSettings {
  readonly start: Address
  readonly peer: Address
  /** §9: 'limits migration … to new client addresses'; two ends that both may migrate are peer to peer, which is not in the RFC. */
  readonly peerMayMigrate: boolean
  /** The same of myself: whether what I send from a new address is heard. */
  readonly mayMigrate: boolean
  /** The server's preferred address, in its transport parameters (§9.6); known to the client. */
  readonly preferred: Address | null
  /** Whether the client turns to it as soon as the handshake is confirmed (§9.6.1), or not before it moves (§9.6.3). */
  readonly turnsToPreferred: 'at once' | 'when it moves'
  /** My own preferred address, if I am a server that has one. */
  readonly mine: Address | null
  /** Whether the peer has sent disable_active_migration (§18.2). */
  readonly migrationDisabled: boolean
  /** How many of the peer's connection IDs I may hold (active_connection_id_limit, §18.2); whether it replaces those that I retire (§5.1.1). */
  readonly connectionIds: { readonly limit: number; readonly replaced: boolean } | null
  readonly tries: number | 'unlimited'
}

export function endpoint(settings: EndpointSettings): Role<Endpoint, QuicMessage, TimerName> {
  const { preferred, mine } = settings
  const limits = settings.connectionIds
  const fresh = settings.tries === 'unlimited' ? 1 : settings.tries
  const oneLess = ({ tries }: Tries): Tries => ({ tries: settings.tries === 'unlimited' ? tries : tries - 1 })

  /** §9  Not from another address to that of the handshake, where the peer has forbidden it. */
  const forbidden = (me: Endpoint): boolean =>
    settings.migrationDisabled && me.peerAt === settings.peer && me.here !== settings.start

  /** §9.5  No connection ID is used from two addresses, nor to two: each way gets an unused one, the preferred address first. */
  const withIds = (me: Endpoint): Endpoint => {
    if (me.ids === null) return me
    let { unused, toPeer, toPreferred } = me.ids
    if (me.probing !== null && !toPreferred && unused > 0) {
      unused--
      toPreferred = true
    }
    if (!toPeer && !forbidden(me) && unused > 0) {
      unused--
      toPeer = true
    }
    return { ...me, ids: { unused, toPeer, toPreferred } }
  }

  /** §5.1.1  What I have retired has been replaced: I hold as many as I may. */
  const replaced = (me: Endpoint): Endpoint => {
    if (me.ids === null || limits === null || !limits.replaced) return me
    const used = Number(me.ids.toPeer) + Number(me.ids.toPreferred)
    return { ...me, ids: { ...me.ids, unused: limits.limit - used } }
  }

  const canSend = (me: Endpoint): boolean => !forbidden(me) && me.ids?.toPeer !== false
  /** §9, §9.6.2  A server has nowhere to send data from but its address of the handshake, until the client turns to the other. */
  const unknown = (me: Endpoint): boolean => !settings.mayMigrate && me.from === null && me.here !== settings.start
  const canProbe = (me: Endpoint): boolean => me.probing !== null && me.ids?.toPreferred !== false

  const announce = (me: Endpoint): Effect<QuicMessage>[] =>
    canSend(me)
      ? [send<QuicMessage>({ kind: 'data, PATH_CHALLENGE', number: me.number }, me.peerAt, me.from ?? undefined)]
      : []
  const probe = (me: Endpoint): Effect<QuicMessage>[] =>
    canProbe(me) ? [send<QuicMessage>({ kind: 'PATH_CHALLENGE', number: me.number }, preferred!)] : []

  const accepts = (me: Endpoint, source: Address): boolean =>
    settings.peerMayMigrate ||
    [me.peerAt, settings.peer].includes(source) ||
    // §9.6  Nor may a server be the first to use its preferred address.
    (source === preferred && me.probing !== null)

  /** The peer is at a new address: whatever is unanswered gets new tries there, and a connection ID is needed for it. */
  const follow = (me: Endpoint, peerAt: Address, peerNumber: number): Endpoint | null => {
    const retired = me.ids && { ...me.ids, toPeer: false }
    // §9.5  A peer that migrates supplies one with what it sends.
    const next = withIds(replaced({ ...me, peerAt, peerNumber, ids: retired }))
    // §9.3  'It will not be able to send anything on the new path.'
    if (next.ids?.toPeer === false) return null
    return { ...next, unanswered: me.unanswered && { tries: fresh } }
  }

  const onData = (me: Endpoint, number: number, source: Address, destination: Address): Step<Endpoint, QuicMessage> => {
    // §9  A client discards what comes from an address of the server that it does not know.
    if (!accepts(me, source)) return stay(me)
    const toPreferred = mine !== null && destination === mine
    // §9.6.2  What comes to an address that is not in use any more is dropped.
    if (me.from !== null && !toPreferred) return stay(me)
    // §9.6.2  Nothing but probing packets from the preferred address, until the way from there is valid.
    if (toPreferred && me.from === null) return [me, [answerProbe(number, source)]]
    const reply = send<QuicMessage>({ kind: 'ACK, PATH_RESPONSE, PATH_CHALLENGE', number }, source, destination)
    // §9.3  Only the highest-numbered packet migrates the connection; an older one is answered where it came from.
    if (number <= me.peerNumber && source !== me.peerAt) return [me, [reply]]
    if (source === me.peerAt) return [{ ...me, peerNumber: Math.max(number, me.peerNumber) }, [reply]]
    const next = follow(me, source, number)
    if (next === null) return stay(me)
    const previous = me.validating?.previous ?? me.peerAt
    return [{ ...next, validating: { previous, tries: fresh } }, [reply]]
  }

  /** A server answers at its preferred address, and probes the way back (§9.6.2). */
  const answerProbe = (number: number, to: Address): Effect<QuicMessage> =>
    send<QuicMessage>({ kind: 'PATH_RESPONSE, PATH_CHALLENGE', number }, to, mine!)

  /** The client has turned to the preferred address, by a packet that answers the challenge from there. */
  const onTurn = (me: Endpoint, number: number, source: Address): Step<Endpoint, QuicMessage> => {
    const ack = send<QuicMessage>({ kind: 'ACK', number }, source, mine!)
    if (number < me.peerNumber || (number === me.peerNumber && source !== me.peerAt)) return stay(me)
    if (number === me.peerNumber) return [{ ...me, from: mine, validating: null }, [ack]]
    const next = follow(me, source, number)
    return next === null ? stay(me) : [{ ...next, from: mine, validating: null }, [ack]]
  }

  /** The way to the preferred address works: a client turns to it (§9.6.1, §9.6.3). */
  const turn = (me: Endpoint): Step<Endpoint, QuicMessage> => {
    const turned = me.peerAt === preferred
    const ids = me.ids && { ...me.ids, toPeer: me.ids.toPreferred || (turned && me.ids.toPeer), toPreferred: false }
    const next = {
      ...me,
      number: turned ? me.number : me.number + 1,
      peerAt: preferred!,
      probing: null,
      ids,
      unanswered: { tries: fresh },
    }
    return [next, [send<QuicMessage>({ kind: 'data, PATH_RESPONSE', number: next.number }, preferred!)]]
  }

  const stepOpen = (me: Endpoint, event: Event<QuicMessage, TimerName>): Step<Endpoint, QuicMessage> =>
    match(event)
      .returnType<Step<Endpoint, QuicMessage>>()
      .with({ kind: 'attached' }, ({ address }) => {
        // What a server in use at its preferred address does with its other interface is nobody's business.
        if (me.from !== null) return stay({ ...me, here: address })
        const next = withIds({
          ...me,
          here: address,
          number: me.number + 1,
          unanswered: { tries: fresh },
          // §8.2.4  The path from the old address is not validated any more: what goes out from the new one challenges as well.
          validating: null,
          // §9.6.3  From a new address, a client tries the server's preferred address besides the one it uses.
          probing: preferred !== null && me.peerAt !== preferred ? { tries: fresh } : null,
          ids: me.ids && { ...me.ids, toPeer: false, toPreferred: false },
        })
        return [next, [...announce(next), ...probe(next)]]
      })
      .with({ kind: 'data, PATH_CHALLENGE' }, ({ number, source, destination }) =>
        onData(me, number, source, destination),
      )
      .with({ kind: 'PATH_CHALLENGE' }, ({ number, source }) => [me, [answerProbe(number, source)]])
      .with({ kind: 'PATH_RESPONSE, PATH_CHALLENGE' }, ({ number, source }) =>
        number === me.number && accepts(me, source) ? turn(me) : stay(me),
      )
      .with({ kind: 'data, PATH_RESPONSE' }, ({ number, source }) => onTurn(me, number, source))
      .with({ kind: 'ACK' }, ({ number }) => stay(number === me.number ? replaced({ ...me, unanswered: null }) : me))
      .with({ kind: 'ACK, PATH_RESPONSE, PATH_CHALLENGE' }, ({ number, source }) => {
        if (!accepts(me, source)) return stay(me)
        // §8.2.2  Every challenge is answered, also one that is late.
        const response = send<QuicMessage>({ kind: 'PATH_RESPONSE', number }, source, me.from ?? undefined)
        return [number === me.number ? replaced({ ...me, unanswered: null }) : me, [response]]
      })
      .with({ kind: 'PATH_RESPONSE' }, ({ number }) =>
        stay(number === me.peerNumber ? { ...me, validating: null } : me),
      )
      .with({ kind: 'data' }, () => stay(me))
      .with({ kind: 'probe timeout' }, () => {
        const next = { ...me, unanswered: oneLess(me.unanswered!) }
        return [next, announce(next)]
      })
      .with({ kind: 'preferred address timeout' }, () => {
        const next = withIds({ ...me, probing: oneLess(me.probing!) })
        return [next, probe(next)]
      })
      .with({ kind: 'challenge timeout' }, () => [
        { ...me, validating: { ...me.validating!, ...oneLess(me.validating!) } },
        [
          send<QuicMessage>(
            { kind: 'ACK, PATH_RESPONSE, PATH_CHALLENGE', number: me.peerNumber },
            me.peerAt,
            me.from ?? undefined,
          ),
        ],
      ])
      // §9.3.2  Without a valid path it goes back to the last one.
      .with({ kind: 'path validation timeout' }, () =>
        stay({ ...me, peerAt: me.validating!.previous, validating: null }),
      )
      .with({ kind: 'idle timeout' }, () =>
        stay({
          ...me,
          closed: 'closed the connection: nothing came until the idle timeout',
          unanswered: null,
          probing: null,
          validating: null,
        }),
      )
      .exhaustive()

  return {
    start: {
      here: settings.start,
      peerAt: settings.peer,
      from: null,
      number: 0,
      peerNumber: 0,
      unanswered: null,
      probing: preferred !== null && settings.turnsToPreferred === 'at once' ? { tries: fresh } : null,
      validating: null,
      ids: limits && { unused: limits.limit - 1, toPeer: true, toPreferred: false },
      closed: null,
    },
    step: (me, event) => (me.closed === null ? stepOpen(me, event) : stay(me)),
    timers: {
      'challenge timeout': challengeTimeout,
      'preferred address timeout': preferredTimeout,
      'probe timeout': probeTimeout,
      'path validation timeout': validationTimeout,
      'idle timeout': idleTimeout,
    },
    armed: (me) => {
      const running: TimerName[] = []
      const path: TimerName[] = []
      if ((me.validating?.tries ?? 0) > 0) path.push('challenge timeout')
      if ((me.probing?.tries ?? 0) > 0 && canProbe(withIds(me))) running.push('preferred address timeout')
      if ((me.unanswered?.tries ?? 0) > 0 && canSend(me)) running.push('probe timeout')
      if (me.validating !== null) path.push('path validation timeout')
      if (me.unanswered !== null) running.push('idle timeout')
      return [...armedFor(me.number, running), ...armedFor(`${me.peerAt}, ${me.peerNumber}`, path)]
    },
    pending: (me) => {
      if (me.unanswered !== null) {
        if (forbidden(me)) return 'may not send from its new address'
        return canSend(me) ? 'waits for an ACK of what it sent from its new address' : 'has no unused connection ID'
      }
      if ((me.probing?.tries ?? 0) > 0) return "validates the path to the server's preferred address"
      return me.validating === null ? null : `validates the path to ${me.peerAt}`
    },
    sendData: (me) =>
      me.closed === null && canSend(me) && !unknown(me)
        ? [send<QuicMessage>({ kind: 'data' }, me.peerAt, me.from ?? undefined)]
        : [],
  }
}
