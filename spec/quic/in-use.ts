import { match } from 'ts-pattern'
import { type Address, type Arrival, type Effect, type Event, type Role, type Step, send, stay } from '../index.ts'
import type { EndpointSettings } from './endpoint.ts'
import type { FrameMessage, Turn } from './messages.ts'

/**
 * One end of a QUIC connection that somebody uses, from the confirmed handshake on: data either way, probes and the end of it at any moment. What is held against logs of real programs (a scenario's
 * `users`); `endpoint.ts` is what is left of it where users do nothing. Here a packet is one message for each of its frames that a path turns on: PATH_CHALLENGE, PATH_RESPONSE,
 * CONNECTION_CLOSE, and all other frames that are not probing (§9.1), ACK included, as data.
 *
 * It must answer each challenge where that came from (§8.2.2), send to where the newest non-probing packet came from (§9.3), challenge that address
 * unless it is valid, and be silent once it has closed (§10.2). All else is at will.
 *
 * Left out: how many connection IDs there are, congestion control and anti-amplification, the idle timeout, how long a validation takes.
 */
export interface EndpointInUse {
  readonly here: Address
  /** What it sends from: where its host is, or, where that keeps addresses, was. */
  readonly source: Address
  readonly peerAt: Address
  /** The last valid address of the peer, to fall back to (§9.3.2). */
  readonly previous: Address
  /** Where the peer has last probed from, whether it is there or not. */
  readonly probedFrom: Address
  /** How often what I send from, or to, has changed by my doing, and the greatest such number that I have received: packet numbers, as far as they matter. */
  readonly order: number
  readonly greatest: number
  /** Addresses of the peer that are valid, and those that I have challenged. */
  readonly valid: readonly Address[]
  readonly challenged: readonly Address[]
  /** Of my next challenge. */
  readonly turn: Turn
  /** Of a server with a preferred address: whether the client has sent there, and turned to it; whether the way from there is valid (§9.6.2). */
  readonly preferred: { readonly asked: boolean; readonly turned: boolean; readonly valid: boolean }
  readonly closed: string | null
}

type ActionName =
  | 'sends data'
  | 'uses its new address'
  | 'challenges its peer'
  | 'challenges where its peer was'
  | 'challenges where its peer probes from'
  | 'falls back'
  | 'probes the preferred address'
  | 'probes from its preferred address'
  | 'turns to the preferred address'
  | 'closes the connection'
  | 'says again that it has closed'

interface Settings
  extends Pick<EndpointSettings, 'start' | 'peer' | 'peerMayMigrate' | 'preferred' | 'mine' | 'migrationDisabled'> {
  readonly is: 'client' | 'server'
  /** Whether its host may hold an address that it has left for a while, so that it may send from there. */
  readonly keepsAddresses: boolean
}

const CLOSED = 'closed the connection'
const TOLD = 'was told that the connection is closed'
const DRAINING = 'drains a closed connection'

const withOne = (some: readonly Address[], one: Address): readonly Address[] =>
  some.includes(one) ? some : [...some, one].sort()

export function endpointInUse(settings: Settings): Role<EndpointInUse, FrameMessage, never, ActionName> {
  const { preferred, mine } = settings
  const packet = ({ order }: EndpointInUse) =>
    ({ order, by: settings.is, number: 'new', cid: 'supplied by its receiver' }) as const
  const says = (me: EndpointInUse, kind: 'data' | 'CONNECTION_CLOSE'): Effect<FrameMessage> =>
    send<FrameMessage>({ kind, ...packet(me) }, me.peerAt, me.source)
  const challenge = (me: EndpointInUse, to: Address, from: Address): Step<EndpointInUse, FrameMessage> => [
    { ...me, challenged: withOne(me.challenged, to), turn: me.turn === 0 ? 1 : 0 },
    [send<FrameMessage>({ kind: 'PATH_CHALLENGE', ...packet(me), challenge: 'new', turn: me.turn }, to, from)],
  ]
  /** §8.2.2  To where the challenge came from, from where it came to. */
  const answer = (me: EndpointInUse, turn: Turn, to: Address, from: Address): Effect<FrameMessage> =>
    send<FrameMessage>({ kind: 'PATH_RESPONSE', ...packet(me), echoes: 'a challenge', turn }, to, from)

  /** §9  A client discards what comes from an address of the server that it does not know. */
  const knows = (me: EndpointInUse, address: Address): boolean =>
    settings.peerMayMigrate ||
    address === settings.peer ||
    address === me.peerAt ||
    (address === preferred && me.challenged.includes(address))

  /** §9.3  A non-probing packet that is newer than all before it. */
  const follow = (me: EndpointInUse, packet: Arrival<FrameMessage>): Step<EndpointInUse, FrameMessage> => {
    const { order, source, destination } = packet
    const turned = me.preferred.turned || (mine !== null && destination === mine)
    const next = used({ ...me, preferred: { ...me.preferred, asked: me.preferred.asked || turned, turned } })
    if (!settings.peerMayMigrate || order < me.greatest) return stay(next)
    const newest = { ...next, greatest: order }
    if (source === me.peerAt) return stay(newest)
    const previous = me.valid.includes(me.peerAt) ? me.peerAt : me.previous
    const moved = { ...newest, peerAt: source, previous }
    return me.valid.includes(source) || me.challenged.includes(source)
      ? stay(moved)
      : challenge(moved, source, destination)
  }

  /** §9.6.2  A server sends from its preferred address once the client has turned to it, on a path that is valid. */
  const used = (me: EndpointInUse): EndpointInUse =>
    mine !== null && me.preferred.turned && me.preferred.valid ? { ...me, source: mine } : me

  const fromHere = (me: EndpointInUse): EndpointInUse => ({ ...me, source: me.here, order: me.order + 1 })

  const stepOpen = (me: EndpointInUse, event: Event<FrameMessage, ActionName>): Step<EndpointInUse, FrameMessage> =>
    match(event)
      .returnType<Step<EndpointInUse, FrameMessage>>()
      .with({ kind: 'attached' }, ({ address }) => {
        const next = { ...me, here: address }
        return stay(settings.keepsAddresses || me.source === mine ? next : fromHere(next))
      })
      .with({ kind: 'data' }, (packet) => (knows(me, packet.source) ? follow(me, packet) : stay(me)))
      .with({ kind: 'PATH_CHALLENGE' }, ({ turn, source, destination }) => {
        if (!knows(me, source) || isForbidden(me, destination)) return stay(me)
        const asked = me.preferred.asked || destination === mine
        const next = { ...me, probedFrom: source, preferred: { ...me.preferred, asked } }
        return [next, [answer(next, turn, source, destination)]]
      })
      .with({ kind: 'PATH_RESPONSE' }, ({ source, destination }) => {
        if (!me.challenged.includes(source)) return stay(me)
        const valid = me.preferred.valid || destination === mine
        return stay(used({ ...me, valid: withOne(me.valid, source), preferred: { ...me.preferred, valid } }))
      })
      .with({ kind: 'CONNECTION_CLOSE' }, ({ source }) =>
        stay(knows(me, source) ? { ...me, peerAt: settings.peerMayMigrate ? source : me.peerAt, closed: TOLD } : me),
      )
      .with({ kind: 'sends data' }, () => [me, [says(me, 'data')]])
      .with({ kind: 'uses its new address' }, () => stay(fromHere(me)))
      .with({ kind: 'challenges its peer' }, () => challenge(me, me.peerAt, me.source === mine ? mine : me.here))
      .with({ kind: 'challenges where its peer was' }, () => challenge(me, me.previous, me.source))
      .with({ kind: 'challenges where its peer probes from' }, () => challenge(me, me.probedFrom, me.source))
      .with({ kind: 'falls back' }, () => stay({ ...me, peerAt: me.previous }))
      .with({ kind: 'probes the preferred address' }, () => challenge(me, preferred!, me.here))
      .with({ kind: 'probes from its preferred address' }, () => challenge(me, me.peerAt, mine!))
      .with({ kind: 'turns to the preferred address' }, () => stay(fromHere({ ...me, peerAt: preferred! })))
      .with({ kind: 'closes the connection' }, () => [{ ...me, closed: CLOSED }, [says(me, 'CONNECTION_CLOSE')]])
      .with({ kind: 'says again that it has closed' }, ({ kind }) => {
        throw new Error(`an open end never ${kind}`)
      })
      .exhaustive()

  /** §10.2  Nothing but CONNECTION_CLOSE: again and again by the end that has closed, at most once by the other. */
  const stepClosed = (me: EndpointInUse, event: Event<FrameMessage, ActionName>): Step<EndpointInUse, FrameMessage> => {
    if (event.kind !== 'says again that it has closed') return stay(me)
    return [me.closed === TOLD ? { ...me, closed: DRAINING } : me, [says(me, 'CONNECTION_CLOSE')]]
  }

  /** §9  Nothing from another address than that of the handshake, where the peer has forbidden it and is not at its preferred address. */
  const isForbidden = (me: EndpointInUse, from: Address): boolean =>
    settings.migrationDisabled && me.peerAt === settings.peer && from !== settings.start

  return {
    start: {
      here: settings.start,
      source: settings.start,
      peerAt: settings.peer,
      previous: settings.peer,
      probedFrom: settings.peer,
      order: 0,
      greatest: 0,
      valid: [settings.peer],
      challenged: [],
      turn: 0,
      preferred: { asked: false, turned: false, valid: false },
      closed: null,
    },
    step: (me, event) => (me.closed === null ? stepOpen(me, event) : stepClosed(me, event)),
    actions: {
      'sends data': { words: 'has something to send', source: 'RFC 9000 §9.2' },
      'uses its new address': { words: 'sends from its new address', source: 'RFC 9000 §9.2' },
      'challenges its peer': { words: 'validates a path', source: 'RFC 9000 §8.2.1, §9.1' },
      'challenges where its peer was': { words: 'validates the path before', source: 'RFC 9000 §9.3.3' },
      'challenges where its peer probes from': {
        words: 'validates the path that is probed',
        source: 'RFC 9000 §8.2, §9.1',
      },
      'falls back': { words: 'goes back to the last valid address of its peer', source: 'RFC 9000 §9.3.2' },
      'probes the preferred address': {
        words: "validates the way to the server's preferred address",
        source: 'RFC 9000 §9.6.1',
      },
      'probes from its preferred address': {
        words: 'validates the way from its preferred address',
        source: 'RFC 9000 §9.6.2',
      },
      'turns to the preferred address': { words: "turns to the server's preferred address", source: 'RFC 9000 §9.6.1' },
      'closes the connection': { words: 'closes the connection', source: 'RFC 9000 §10.2' },
      'says again that it has closed': {
        words: 'says again that the connection is closed',
        source: 'RFC 9000 §10.2.1, §10.2.2',
      },
    },
    may: (me) => {
      if (me.closed === DRAINING) return []
      if (me.closed !== null) return ['says again that it has closed']
      return [
        ...(isForbidden(me, me.source) ? [] : (['sends data', 'closes the connection'] as const)),
        ...(isForbidden(me, me.here) ? [] : (['challenges its peer'] as const)),
        ...(me.source === me.here || me.source === mine || isForbidden(me, me.here)
          ? []
          : (['uses its new address'] as const)),
        ...(me.previous === me.peerAt ? [] : (['challenges where its peer was'] as const)),
        ...(me.probedFrom === me.peerAt || me.probedFrom === me.previous
          ? []
          : (['challenges where its peer probes from'] as const)),
        ...(me.previous === me.peerAt || me.valid.includes(me.peerAt) ? [] : (['falls back'] as const)),
        ...(preferred === null || me.peerAt === preferred ? [] : (['probes the preferred address'] as const)),
        ...(preferred !== null && me.peerAt !== preferred && me.valid.includes(preferred)
          ? (['turns to the preferred address'] as const)
          : []),
        ...(mine !== null && me.preferred.asked ? (['probes from its preferred address'] as const) : []),
      ]
    },
    pending: () => null,
    sendData: (me) => (me.closed === null ? [says(me, 'data')] : []),
  }
}
