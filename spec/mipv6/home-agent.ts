import { match, P } from 'ts-pattern'
import {
  type Address,
  type Armed,
  type Arrival,
  type Effect,
  type Event,
  forward,
  isNewer,
  orderKey,
  type Packet,
  packetOf,
  type Role,
  type Step,
  send,
  stay,
  tunnel,
} from '../index.ts'
import { addOnce } from './kept.ts'
import type { Mipv6Message } from './messages.ts'
import { answerTime, bufferTime, holdTime, lateAnswerTime } from './timers.ts'

/**
 * A home agent (RFC 6275 §10): it intercepts what comes for the home address and tunnels it to the registered care-of address;
 * what the mobile node tunnels back, it forwards. Stationary. With the two extensions of 004 where a variant asks for them.
 *
 * A crash loses what it keeps of messages and of who asked; the binding too, unless it is on stable storage, of which the RFC says nothing.
 *
 * Left out: duplicate address detection, prefix discovery, several mobile nodes of one agent, the end of a home binding (its mobile node renews it).
 */
export interface HomeAgent {
  /** Null after a crash without stable storage, until its mobile node registers again: then it intercepts nothing. */
  readonly binding: { readonly coa: Address; readonly seq: number } | null
  /** Smart re-forwarding (004 §IV.C): control messages that were tunnelled to the mobile node not long ago. */
  readonly buffer: readonly Packet[]
  /** As the update proxy of its mobile node (004 §IV.B): messages it has passed on, for whom, and where it sent them. */
  readonly held: readonly Held[]
  /** As the location proxy of its mobile node: who asked not long ago. */
  readonly askers: readonly Asker[]
}

/** Kept for T_h. */
interface Held extends Turn {
  readonly packet: Packet
  readonly home: Address
  readonly sentTo: Address
}

/** Kept for T_p. */
interface Asker extends Turn {
  readonly asker: Address
}

/** What comes again is kept anew: its time begins afresh. */
interface Turn {
  readonly turn: 0 | 1
}

type TimerName = 'T_b' | 'T_h' | 'T_p'

export interface HomeAgentSettings {
  readonly home: Address
  readonly start: Address
  /** The home agent of the peer, which is asked where the peer is (stationary proxies only). */
  readonly peerAgent: Address
  /** 004 §IV.C. */
  readonly reForwards: boolean
  /**
   * How a home registration shows that its node has moved. `registration`: it is a newer one. `address`: its care-of address is another,
   * as 004 §IV.B and §IV.C say: a node that is back before its first registration arrives has then not moved.
   */
  readonly movedBy: 'registration' | 'address'
  /**
   * 004 §IV.B has the location proxy send 'the latest address it has' and wait for T_p. `at once`: now, and again when the mobile node registers
   * within T_p. `late`: once, when it does or at the end of T_p, as the reason given for T_h > T_p has it.
   */
  readonly answers: 'at once' | 'late'
  /**
   * Whether what is kept has a time of its own each, that begins afresh when it comes again; or all of it one, as is enough where there is no clock: which goes first
   * then makes many states and no difference.
   */
  readonly timesEach: boolean
  /** What is left after a crash: the binding, or nothing. */
  readonly stableStorage: boolean
}

/** What 004 §IV.C has the home agent keep: the messages that a registration with the mobile node begins with. */
const CONTROL: readonly string[] = ['BU', 'HoTI', 'CoTI']

export function homeAgent(settings: HomeAgentSettings): Role<HomeAgent, Mipv6Message, TimerName> {
  const { home, peerAgent, timesEach } = settings
  const isLate = settings.answers === 'late'
  const turnAfter = (before: Turn | undefined): 0 | 1 => (timesEach && before?.turn === 0 ? 1 : 0)
  /** What is left of a list when a time has run out. */
  const left = <T>(kept: readonly T[]): readonly T[] => (timesEach ? kept.slice(1) : [])
  const armedOf = <T>(timer: TimerName, kept: readonly T[], keyOf: (one: T) => string): Armed<TimerName>[] =>
    timesEach ? kept.map((one) => ({ timer, key: keyOf(one) })) : kept.length > 0 ? [timer] : []

  const onHomeUpdate = (
    ha: HomeAgent,
    bu: { readonly seq: number; readonly coa: Address; readonly source: Address },
  ): Step<HomeAgent, Mipv6Message> => {
    const ack = send<Mipv6Message>({ kind: 'BA (home)', seq: bu.seq }, bu.source)
    const { binding } = ha
    // §9.5.1  Without a binding any number is new.
    if (binding !== null && bu.seq !== binding.seq && !isNewer(bu.seq, binding.seq, 2 ** 16)) return stay(ha)
    const moved = settings.movedBy === 'address' ? bu.coa !== binding?.coa : bu.seq !== binding?.seq
    const next = { ...ha, binding: { coa: bu.coa, seq: bu.seq }, askers: moved && isLate ? [] : ha.askers }
    if (!moved) return [next, [ack]]
    return [
      next,
      [
        ack,
        // 004 §IV.C step 4: what may have been lost at the old care-of address goes to the new one.
        ...ha.buffer.map((kept) => tunnel(kept, bu.coa)),
        // 004 §IV.B step 5: whoever asked within T_p is told again.
        ...answersTo(ha.askers, bu.coa),
      ],
    ]
  }

  /** Steps 1–3: pass the message on, keep it for T_h, and ask where the peer is. */
  const onProxied = (ha: HomeAgent, inner: Packet, peerHome: Address): Step<HomeAgent, Mipv6Message> => {
    const before = ha.held.find((other) => orderKey(other.packet) === orderKey(inner))
    const held: Held = { packet: inner, home: peerHome, sentTo: inner.destination, turn: turnAfter(before) }
    const others = ha.held.filter((other) => other !== before)
    return [
      { ...ha, held: [...others, held] },
      [forward(inner), send<Mipv6Message>({ kind: 'Query', home: peerHome }, peerAgent)],
    ]
  }

  const answersTo = (askers: readonly Asker[], coa: Address): Effect<Mipv6Message>[] =>
    askers.map(({ asker }) => send<Mipv6Message>({ kind: 'Answer', home, coa }, asker))

  /** The end of T_p: a late answer is given then. */
  const onEndOfWaiting = (ha: HomeAgent): Step<HomeAgent, Mipv6Message> => {
    const askers = left(ha.askers)
    const due = ha.askers.filter((one) => !askers.includes(one))
    return [{ ...ha, askers }, isLate && ha.binding !== null ? answersTo(due, ha.binding.coa) : []]
  }

  /** Step 4: the answer now, and again if the mobile node registers within T_p. */
  const onQuery = (ha: HomeAgent, source: Address): Step<HomeAgent, Mipv6Message> => {
    const before = ha.askers.find(({ asker }) => asker === source)
    const others = ha.askers.filter((other) => other !== before)
    return [
      { ...ha, askers: [...others, { asker: source, turn: turnAfter(before) }] },
      isLate || ha.binding === null ? [] : [send<Mipv6Message>({ kind: 'Answer', home, coa: ha.binding.coa }, source)],
    ]
  }

  /** Step 6: where the answer differs from where a held message went, it is sent again. */
  const onAnswer = (ha: HomeAgent, peerHome: Address, coa: Address): Step<HomeAgent, Mipv6Message> => {
    const sent: Effect<Mipv6Message>[] = []
    const held = ha.held.map((one) => {
      if (one.home !== peerHome || one.sentTo === coa) return one
      sent.push(forward(one.packet, coa))
      return { ...one, sentTo: coa }
    })
    return [{ ...ha, held }, sent]
  }

  /** §10.4.1  For the home address: tunnelled to where the mobile node has registered. */
  const toMobileNode = (ha: HomeAgent, event: Arrival<Mipv6Message>): Step<HomeAgent, Mipv6Message> => {
    const intercepted = packetOf(event)
    const keep = settings.reForwards && CONTROL.includes(event.kind)
    const buffer = keep ? addOnce(ha.buffer, intercepted) : ha.buffer
    return [{ ...ha, buffer }, [tunnel(intercepted, ha.binding!.coa)]]
  }

  const step = (ha: HomeAgent, event: Event<Mipv6Message, TimerName>): Step<HomeAgent, Mipv6Message> =>
    match(event)
      .returnType<Step<HomeAgent, Mipv6Message>>()
      .with({ kind: 'T_b' }, () => stay({ ...ha, buffer: left(ha.buffer) }))
      .with({ kind: 'T_h' }, () => stay({ ...ha, held: left(ha.held) }))
      .with({ kind: 'T_p' }, () => onEndOfWaiting(ha))
      .with({ kind: 'attached' }, () => stay(ha))
      .with({ destination: home }, (packetForHome) => toMobileNode(ha, packetForHome))
      .with({ kind: 'BU (home)' }, (bu) => onHomeUpdate(ha, bu))
      // §10.4.5  Reverse tunnelling: what the mobile node sends from its home address goes on from here, if it comes from where it has registered.
      .with({ kind: 'tunnel' }, ({ inner, source }) => (source === ha.binding?.coa ? [ha, [forward(inner)]] : stay(ha)))
      .with({ kind: 'proxied' }, ({ inner, home: peerHome }) => onProxied(ha, inner, peerHome))
      .with({ kind: 'Query' }, ({ source }) => onQuery(ha, source))
      .with({ kind: 'Answer' }, ({ home: peerHome, coa }) => onAnswer(ha, peerHome, coa))
      .with({ kind: P.union('BA (home)', 'HoTI', 'CoTI', 'HoT', 'CoT', 'BU', 'BA', 'data', 'Forward') }, ({ kind }) => {
        throw new Error(`a home agent has no use for a ${kind} that is not for its mobile node`)
      })
      .exhaustive()

  const nothing: HomeAgent = { binding: null, buffer: [], held: [], askers: [] }

  return {
    start: { ...nothing, binding: { coa: settings.start, seq: 0 } },
    step,
    timers: { T_b: bufferTime, T_h: holdTime, T_p: isLate ? lateAnswerTime : answerTime },
    armed: (ha) => [
      // 004 §IV.B, §IV.C  The oldest goes first.
      ...armedOf('T_b', ha.buffer, orderKey),
      ...armedOf('T_h', ha.held, ({ packet, turn }) => `${orderKey(packet)}, ${turn}`),
      ...armedOf('T_p', ha.askers, ({ asker, turn }) => `${asker}, ${turn}`),
    ],
    // §10.4.1  On behalf of a mobile node that it has a binding of.
    intercepts: (ha, address) => address === home && ha.binding !== null,
    restart: ({ binding }) => ({ ...nothing, binding: settings.stableStorage ? binding : null }),
  }
}
