import type { BackOff } from '../../checker/model.ts'
import type { Address } from './address.ts'
import type { Message, Packet } from './packet.ts'
import type { Interval } from './timing.ts'

/**
 * What a node does: a pure function of its own state and one event. An author writes `step` with immer and ts-pattern, total
 * by `.exhaustive()`, and never sees cells, tables or other nodes.
 *
 * @typeParam State plain immutable data
 * @typeParam M the messages that it may receive and send
 * @typeParam T the names of its timers
 * @typeParam A the names of what its user may do
 */
export interface Role<State, M extends Message, T extends string = never, A extends string = never> {
  readonly start: State
  step(state: State, event: Event<M, T | A>): Step<State, M>
  /** The timers that run in a state. A timer is a function of the state: it cannot be forgotten, nor left behind. */
  armed?(state: State): readonly Armed<T>[]
  readonly timers?: { readonly [name in T]: Timer }
  /** What a user or an application may do in a state: only where a scenario lets them (`users`), and then at will. */
  may?(state: State): readonly A[]
  readonly actions?: { readonly [name in A]: Action }
  /** Takes packets for this address off the network that it is an agent of, while nobody holds the address. */
  intercepts?(state: State, address: Address, packet: Packet): boolean
  /** Accepts packets for this address out of a tunnel, besides those that it holds (a home address). */
  accepts?(state: State, address: Address): boolean
  /** What is left in mind of a packet that passes by, which it does not take: for an attacker (`Node.hears`). */
  overhears?(state: State, packet: Packet): State
  /** What the node still waits for, in words; null when it has nothing left to do. */
  pending?(state: State): string | null
  /** How a packet of user data for a peer leaves the node: what the data probe follows. */
  sendData?(state: State, peer: string): readonly Effect<M>[]
  /** What is left of the state after a crash (stable storage); without it, `start`. */
  restart?(state: State): State
}

/**
 * A timer that runs, and which one: with the same key it runs on from state to state, with another one it begins afresh. Untimed, only its
 * name counts.
 */
export type Armed<T extends string> = T extends string ? T | ArmedByKey<T> : never

interface ArmedByKey<T extends string> {
  readonly timer: T
  readonly key: string | number
}

/** These timers, all of one thing: of another one they are others. */
export const armedFor = <T extends string>(key: string | number, timers: readonly T[]): Armed<T>[] =>
  timers.map((timer) => ({ timer, key })) as Armed<T>[]

export type Step<State, M extends Message> = readonly [State, readonly Effect<M>[]]

/** What can happen to a node. One flat discriminant: the message's kind, `attached`, or the name of the timer or action. */
export type Event<M extends Message, T extends string = never> = Arrival<M> | Attached | Fired<T>

/** A message arrives, with what its packet said. */
export type Arrival<M extends Message> = M extends Message ? M & Envelope : never

export interface Envelope {
  readonly source: Address
  readonly destination: Address
  readonly hops: number
}

/** The node holds a new address, and knows it. */
export interface Attached {
  readonly kind: 'attached'
  readonly address: Address
}

export type Fired<T extends string> = T extends string ? { readonly kind: T } : never

/** A timer as its standard names it. Untimed, only the order of the durations counts. */
export interface Timer {
  readonly milliseconds: number
  /** Untimed: it comes in the order of durations where one of so many milliseconds does. Of two that are as long as each other, it says which is due first. */
  readonly rankedAs?: number
  /** The earliest that its standard lets it fire, where that is an interval, or says nothing; else it is the same. Held against logs with times. */
  readonly earliest?: number
  /** The latest that its standard lets it fire, where that is held against logs with times: one timer that stands for several is not. */
  readonly latest?: number
  /** In a scenario with time: how long it lasts, where that is not just `milliseconds`. */
  readonly lasts?: Interval
  /** In a scenario with time: how much longer it lasts each time that the same one, by its key, starts again because it has fired. */
  readonly backsOff?: BackOff
  /** Paper or RFC section. */
  readonly source: string
}

/** Something that whoever uses a node does with it, which no standard times: 'hangs up'. */
export interface Action {
  /** What it does, after the node's name: 'hangs up'. */
  readonly words: string
  /** Paper or RFC section of what the node then does. */
  readonly source: string
}

export type Effect<M extends Message> =
  | { readonly do: 'send'; readonly message: M; readonly to: Address; readonly from?: Address }
  /** Puts a packet on the network as it is, its hop limit one lower; `to` readdresses it. */
  | { readonly do: 'forward'; readonly packet: Packet; readonly to?: Address }
  /** Puts a packet into a packet; as forwarding, it costs the inner one a hop. */
  | { readonly do: 'tunnel'; readonly packet: Packet; readonly to: Address }

/** The back-off of most standards. */
export const doubledUpTo = (milliseconds: number): BackOff => ({ factor: 2, most: milliseconds })

/** Sends a message. Its source is the node's newest address, unless `from` says another (a home address). */
export const send = <M extends Message>(message: M, to: Address, from?: Address): Effect<M> =>
  from === undefined ? { do: 'send', message, to } : { do: 'send', message, to, from }

export const forward = (packet: Packet, to?: Address): Effect<never> =>
  to === undefined ? { do: 'forward', packet } : { do: 'forward', packet, to }

export const tunnel = (packet: Packet, to: Address): Effect<never> => ({ do: 'tunnel', packet, to })

/** The packet that an arriving message came in, for those who pass it on. */
export function packetOf<M extends Message>(arrival: Arrival<M>): Packet<M> {
  const { source, destination, hops, ...message } = arrival as Envelope & Message
  return { source, destination, hops, message: message as unknown as M }
}

/** A packet made by hand, for tunnelling what one would otherwise send. */
export const packet = <M extends Message>(message: M, from: Address, to: Address): Packet<M> => ({
  source: from,
  destination: to,
  hops: DEFAULT_HOP_LIMIT,
  message,
})

/** Small, because a model's forwarding chains are short; a loop shows as well at 8 hops as at 64. */
export const DEFAULT_HOP_LIMIT = 8

/** Nothing happens. */
export const stay = <State>(state: State): Step<State, never> => [state, []]
