import { match } from 'ts-pattern'
import { type Address, type Effect, type Event, type Role, type Step, send, stay } from '../index.ts'
import { challengeTimeout, idleTimeout, probeTimeout, type QuicMessage, validationTimeout } from './messages.ts'

/**
 * One end of a QUIC connection (RFC 9000 §9). An end that may migrate sends from its new address; the other follows the
 * highest-numbered non-probing packet (§9.3) and validates the path (§8.2), or falls back to the last one that was valid (§9.3.2).
 *
 * Left out: connection identifiers, congestion control, the limit on data to an address that is not valid yet (§9.3), keys.
 */
export interface Endpoint {
  readonly peerAt: Address
  /** How often I have moved, and the same of the peer as far as I know. */
  readonly number: number
  readonly peerNumber: number
  /** My data from a new address, not acknowledged yet. */
  readonly unanswered: { readonly tries: number } | null
  /** The path being validated, whether it leads to my preferred address, and the peer's address to fall back to. */
  readonly validating: { readonly previous: Address; readonly toPreferred: boolean; readonly tries: number } | null
  readonly closed: string | null
}

type TimerName = 'challenge timeout' | 'probe timeout' | 'path validation timeout' | 'idle timeout'

export interface EndpointSettings {
  readonly peer: Address
  /** §9: 'limits migration … to new client addresses'; two ends that both may migrate are peer to peer, which is not in the RFC. */
  readonly peerMayMigrate: boolean
  /** The server's preferred address, in its transport parameters (§9.6); known to the client. */
  readonly preferred: Address | null
  /** My own preferred address, if I am a server that has one: I send from it once I have moved. */
  readonly mine: Address | null
  readonly tries: number | 'unlimited'
}

export function endpoint(settings: EndpointSettings): Role<Endpoint, QuicMessage, TimerName> {
  const { preferred } = settings
  const fresh = settings.tries === 'unlimited' ? 1 : settings.tries
  const oneLess = (left: number): number => (settings.tries === 'unlimited' ? left : left - 1)

  /** §9.6.3  From a new address, a client tries the server's preferred address besides the one it uses. */
  const announce = (me: Endpoint): Effect<QuicMessage>[] =>
    [me.peerAt, ...(preferred === null || preferred === me.peerAt ? [] : [preferred])].map((to) =>
      send<QuicMessage>({ kind: 'data, PATH_CHALLENGE', number: me.number }, to, settings.mine ?? undefined),
    )

  const accepts = (me: Endpoint, source: Address): boolean =>
    settings.peerMayMigrate || [me.peerAt, settings.peer, preferred].includes(source)

  const onData = (me: Endpoint, number: number, source: Address, destination: Address): Step<Endpoint, QuicMessage> => {
    // §9  A client discards what comes from an address of the server that it does not know.
    if (!accepts(me, source)) return stay(me)
    const reply = send<QuicMessage>({ kind: 'ACK, PATH_RESPONSE, PATH_CHALLENGE', number }, source, destination)
    // §9.3  Only the highest-numbered packet migrates the connection; an older one is answered where it came from.
    if (number <= me.peerNumber && source !== me.peerAt) return [me, [reply]]
    if (source === me.peerAt) return [{ ...me, peerNumber: Math.max(number, me.peerNumber) }, [reply]]
    const previous = me.validating?.previous ?? me.peerAt
    return [
      {
        ...me,
        peerAt: source,
        peerNumber: number,
        validating: { previous, toPreferred: destination === settings.mine, tries: fresh },
        // A new path gives what is unanswered new tries.
        unanswered: me.unanswered && { tries: fresh },
      },
      [reply],
    ]
  }

  const stepOpen = (me: Endpoint, event: Event<QuicMessage, TimerName>): Step<Endpoint, QuicMessage> =>
    match(event)
      .returnType<Step<Endpoint, QuicMessage>>()
      .with({ kind: 'attached' }, () => {
        const validating = me.validating && { ...me.validating, toPreferred: settings.mine !== null }
        const next = { ...me, number: me.number + 1, unanswered: { tries: fresh }, validating }
        return [next, announce(next)]
      })
      .with({ kind: 'data, PATH_CHALLENGE' }, ({ number, source, destination }) =>
        onData(me, number, source, destination),
      )
      .with({ kind: 'ACK, PATH_RESPONSE, PATH_CHALLENGE' }, ({ number, source }) => {
        const response = send<QuicMessage>({ kind: 'PATH_RESPONSE', number }, source)
        if (number !== me.number || !accepts(me, source)) return stay(me)
        // §9.6.3  A path to the preferred address that works is taken.
        return [{ ...me, unanswered: null, peerAt: source === preferred ? source : me.peerAt }, [response]]
      })
      .with({ kind: 'PATH_RESPONSE' }, ({ number }) =>
        stay(number === me.peerNumber ? { ...me, validating: null } : me),
      )
      .with({ kind: 'data' }, () => stay(me))
      .with({ kind: 'probe timeout' }, () => {
        const next = { ...me, unanswered: { tries: oneLess(me.unanswered!.tries) } }
        return [next, announce(next)]
      })
      .with({ kind: 'challenge timeout' }, () => [
        { ...me, validating: { ...me.validating!, tries: oneLess(me.validating!.tries) } },
        [
          send<QuicMessage>(
            { kind: 'ACK, PATH_RESPONSE, PATH_CHALLENGE', number: me.peerNumber },
            me.peerAt,
            me.validating!.toPreferred ? settings.mine! : undefined,
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
          validating: null,
        }),
      )
      .exhaustive()

  return {
    start: { peerAt: settings.peer, number: 0, peerNumber: 0, unanswered: null, validating: null, closed: null },
    step: (me, event) => (me.closed === null ? stepOpen(me, event) : stay(me)),
    timers: {
      'challenge timeout': challengeTimeout,
      'probe timeout': probeTimeout,
      'path validation timeout': validationTimeout,
      'idle timeout': idleTimeout,
    },
    armed: (me) => {
      const running: TimerName[] = []
      if ((me.validating?.tries ?? 0) > 0) running.push('challenge timeout')
      if ((me.unanswered?.tries ?? 0) > 0) running.push('probe timeout')
      if (me.validating !== null) running.push('path validation timeout')
      if (me.unanswered !== null) running.push('idle timeout')
      return running
    },
    pending: (me) => {
      if (me.unanswered !== null) return 'waits for an ACK of what it sent from its new address'
      return me.validating === null ? null : `validates the path to ${me.peerAt}`
    },
    sendData: (me) => (me.closed === null ? [send<QuicMessage>({ kind: 'data' }, me.peerAt)] : []),
  }
}
