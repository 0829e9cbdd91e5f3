import type { Address, Network } from './address.ts'
import type { Timing } from './timing.ts'

/** How a timer is abstracted while there is no time. */
export type Patience =
  /** May fire at any moment. */
  | 'eager'
  /** May fire at any moment, or never: what somebody chooses to do (an attacker, a user). */
  | 'at will'
  /** Fires only when nothing is in flight and no shorter timer runs: longer than any round trip. */
  | 'patient'
  /** Does not fire within what is looked at. */
  | 'never'

/** Who moves how often, which faults the network may commit, and every assumption that a verdict may turn on. */
export interface Scenario {
  readonly name: string
  /** One sentence. */
  readonly title: string
  /** The networks that each mobile host visits after its first, in order. */
  readonly moves: Readonly<Record<string, readonly Stop[]>>
  /** `phased`: detach, a gap, attach. `atomic`: one step. `make-before-break`: the old address is kept for an overlap. */
  readonly movement: 'phased' | 'atomic' | 'make-before-break'
  /** How long an old address is kept: until no timer runs, until nothing is in flight, for any time, or for good. */
  readonly overlap: 'long' | 'round-trip' | 'any' | 'for-good'
  /** Whether a gap ends before a patient timer fires, or may be of any length. */
  readonly gaps: 'short' | 'any'
  /**
   * Whether a host may leave again at any time, or only when its role has nothing pending (handoffs that do not overlap). A host that keeps its old
   * address for an overlap moves on after that, or, `hurried`, during it as well: with two interfaces, it then gives up the older address at once.
   */
  readonly pace: 'any' | 'settled' | 'hurried'
  /** Whether a host that could move may also stay for good, or every move is made in the end. */
  readonly everyMove: 'may' | 'owed'
  /** Who takes a packet for an address that its holder is at, in a network whose agent would intercept it as well: a host is at home and its agent does not know. */
  readonly takesFirst: 'holder' | 'agent'
  /** When a host is to be given an address that another still has: it waits, or the other loses it and is not told. */
  readonly addressInUse: 'waits' | 'taken over'
  /** `fifo`: in order per source and destination. `bag`: in any order. */
  readonly links: 'fifo' | 'bag'
  /** Packets that the network may lose in all; `fair`: any number, but not for ever those of one kind and place. */
  readonly losses: number | 'fair'
  /** The kinds of messages that it may lose, inside of tunnels as well; without it, any. */
  readonly losable?: readonly string[]
  /** Packets that the network may deliver twice, in all. */
  readonly duplicates: number
  /** How often each node may crash; it comes back. */
  readonly crashes: Readonly<Record<string, number>>
  /** Identical packets in flight at the same time; a further one changes nothing. */
  readonly copies: number
  /** By timer name; those not named are patient. */
  readonly timers: Readonly<Record<string, Patience>>
  /** Users and applications do what they like with their hosts (a role's `actions`), at any moment or never; else they do nothing. */
  readonly users?: 'act'
  /**
   * How long everything takes. With it, `overlap`, `gaps` and the patience of timers say nothing, but for timers that never fire, or at will:
   * the clock decides. Without it, there is no time.
   */
  readonly time?: Timing
  /** Further choices that a protocol's variants read, by name; the protocol says what there is to choose (`spec/option.ts`). */
  readonly options: Readonly<Record<string, string | number | boolean>>
}

/** A network to go to, or a certain address in it (one that another host held, for example). */
export type Stop = Network | { readonly network: Network; readonly address: Address }

/** A scenario in which nothing but the moves given happens. */
export function scenario(name: string, title: string, given: Partial<Omit<Scenario, 'name' | 'title'>>): Scenario {
  return {
    name,
    title,
    moves: {},
    movement: 'phased',
    overlap: 'long',
    gaps: 'short',
    pace: 'any',
    everyMove: 'may',
    takesFirst: 'holder',
    addressInUse: 'waits',
    links: 'fifo',
    losses: 0,
    duplicates: 0,
    crashes: {},
    copies: 1,
    timers: {},
    options: {},
    ...given,
  }
}
