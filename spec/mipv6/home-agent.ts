import { match, P } from 'ts-pattern'
import {
  type Address,
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
import { answerTime, bufferTime, holdTime } from './timers.ts'

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
  readonly askers: readonly Address[]
}

interface Held {
  readonly packet: Packet
  readonly home: Address
  readonly sentTo: Address
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
  /** What is left after a crash: the binding, or nothing. */
  readonly stableStorage: boolean
}

/** What 004 §IV.C has the home agent keep: the messages that a registration with the mobile node begins with. */
const CONTROL: readonly string[] = ['BU', 'HoTI', 'CoTI']

export function homeAgent(settings: HomeAgentSettings): Role<HomeAgent, Mipv6Message, TimerName> {
  const { home, peerAgent } = settings

  const onHomeUpdate = (
    ha: HomeAgent,
    bu: { readonly seq: number; readonly coa: Address; readonly source: Address },
  ): Step<HomeAgent, Mipv6Message> => {
    const ack = send<Mipv6Message>({ kind: 'BA (home)', seq: bu.seq }, bu.source)
    const { binding } = ha
    // §9.5.1  Without a binding any number is new.
    if (binding !== null && bu.seq !== binding.seq && !isNewer(bu.seq, binding.seq, 2 ** 16)) return stay(ha)
    const moved = settings.movedBy === 'address' ? bu.coa !== binding?.coa : bu.seq !== binding?.seq
    const next = { ...ha, binding: { coa: bu.coa, seq: bu.seq } }
    if (!moved) return [next, [ack]]
    return [
      next,
      [
        ack,
        // 004 §IV.C step 4: what may have been lost at the old care-of address goes to the new one.
        ...ha.buffer.map((kept) => tunnel(kept, bu.coa)),
        // 004 §IV.B step 5: whoever asked within T_p is told again.
        ...ha.askers.map((asker) => send<Mipv6Message>({ kind: 'Answer', home, coa: bu.coa }, asker)),
      ],
    ]
  }

  /** Steps 1–3: pass the message on, keep it for T_h, and ask where the peer is. */
  const onProxied = (ha: HomeAgent, inner: Packet, peerHome: Address): Step<HomeAgent, Mipv6Message> => {
    const held: Held = { packet: inner, home: peerHome, sentTo: inner.destination }
    const others = ha.held.filter((other) => orderKey(other.packet) !== orderKey(inner))
    return [
      { ...ha, held: [...others, held] },
      [forward(inner), send<Mipv6Message>({ kind: 'Query', home: peerHome }, peerAgent)],
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
      .with({ kind: 'T_b' }, () => stay({ ...ha, buffer: ha.buffer.slice(1) }))
      .with({ kind: 'T_h' }, () => stay({ ...ha, held: [] }))
      .with({ kind: 'T_p' }, () => stay({ ...ha, askers: [] }))
      .with({ kind: 'attached' }, () => stay(ha))
      .with({ destination: home }, (packetForHome) => toMobileNode(ha, packetForHome))
      .with({ kind: 'BU (home)' }, (bu) => onHomeUpdate(ha, bu))
      // §10.4.5  Reverse tunnelling: what the mobile node sends from its home address goes on from here, if it comes from where it has registered.
      .with({ kind: 'tunnel' }, ({ inner, source }) => (source === ha.binding?.coa ? [ha, [forward(inner)]] : stay(ha)))
      .with({ kind: 'proxied' }, ({ inner, home: peerHome }) => onProxied(ha, inner, peerHome))
      .with({ kind: 'Query' }, ({ source }) => [
        { ...ha, askers: [...new Set([...ha.askers, source])] },
        ha.binding === null ? [] : [send<Mipv6Message>({ kind: 'Answer', home, coa: ha.binding.coa }, source)],
      ])
      .with({ kind: 'Answer' }, ({ home: peerHome, coa }) => onAnswer(ha, peerHome, coa))
      .with({ kind: P.union('BA (home)', 'HoTI', 'CoTI', 'HoT', 'CoT', 'BU', 'BA', 'data', 'Forward') }, ({ kind }) => {
        throw new Error(`a home agent has no use for a ${kind} that is not for its mobile node`)
      })
      .exhaustive()

  const nothing: HomeAgent = { binding: null, buffer: [], held: [], askers: [] }

  return {
    start: { ...nothing, binding: { coa: settings.start, seq: 0 } },
    step,
    timers: { T_b: bufferTime, T_h: holdTime, T_p: answerTime },
    armed: (ha) => [
      // 004 §IV.C  A copy is kept for T_b and then discarded: each has its own time, and the oldest goes first.
      ...ha.buffer.map((kept) => ({ timer: 'T_b' as const, key: orderKey(kept) })),
      ...(ha.held.length > 0 ? (['T_h'] as const) : []),
      ...(ha.askers.length > 0 ? (['T_p'] as const) : []),
    ],
    // §10.4.1  On behalf of a mobile node that it has a binding of.
    intercepts: (ha, address) => address === home && ha.binding !== null,
    restart: ({ binding }) => ({ ...nothing, binding: settings.stableStorage ? binding : null }),
  }
}
