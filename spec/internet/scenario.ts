import type { Address, Network } from './address.ts'
import { type Timing, timingInWords } from './timing.ts'

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
  /** `fifo`: in order per source and destination. `bag`: in any order. */
  readonly links: 'fifo' | 'bag'
  /** Packets that the network may lose in all; `fair`: any number, but not for ever those of one kind and place. */
  readonly losses: number | 'fair'
  /** Packets that the network may deliver twice, in all. */
  readonly duplicates: number
  /** How often each node may crash; it comes back. */
  readonly crashes: Readonly<Record<string, number>>
  /** Identical packets in flight at the same time; a further one changes nothing. */
  readonly copies: number
  /** By timer name; those not named are patient. */
  readonly timers: Readonly<Record<string, Patience>>
  /**
   * How long everything takes. With it, `overlap`, `gaps` and the patience of timers say nothing, but for timers that never fire, or at will:
   * the clock decides. Without it, there is no time.
   */
  readonly time?: Timing
  /** Further choices that a protocol's variants read, by name, each with what it means in the protocol's README. */
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

/** Every assumption of a scenario, a phrase each, as printed with a verdict. */
export function assumptions(s: Scenario): string[] {
  const list = [
    {
      phased: 'moves in phases (detach, gap, attach)',
      atomic: 'atomic moves',
      'make-before-break': 'make before break',
    }[s.movement],
  ]
  const untimed = s.time === undefined
  if (s.movement === 'make-before-break' && untimed) {
    list.push(
      {
        long: 'overlap until no timer runs',
        'round-trip': 'overlap until nothing is in flight',
        any: 'overlap of any length',
        'for-good': 'old addresses are kept for good',
      }[s.overlap],
    )
  }
  if (s.movement === 'phased' && untimed)
    list.push(s.gaps === 'short' ? 'gaps shorter than patient timers' : 'gaps of any length')
  if (s.pace === 'settled') list.push('a host leaves only when its last handoff is over')
  if (s.pace === 'hurried') list.push('a host may move on during an overlap, which ends it')
  list.push(s.links === 'fifo' ? 'in order per source and destination' : 'packets reordered')
  list.push(
    s.losses === 'fair' ? 'fair loss' : s.losses === 0 ? 'no loss but at dead addresses' : `losses ≤ ${s.losses}`,
  )
  if (s.duplicates > 0) list.push(`duplicates ≤ ${s.duplicates}`)
  for (const [node, times] of Object.entries(s.crashes)) list.push(`${node} crashes ≤ ${times}`)
  if (untimed) list.push(`identical packets in flight ≤ ${s.copies}`, 'timers patient')
  else list.push(...timingInWords(s.time, Object.keys(s.moves), s.movement))
  for (const [timer, patience] of Object.entries(s.timers)) {
    if (untimed || patience === 'never' || patience === 'at will') list.push(`${timer} ${patience}`)
  }
  for (const [option, value] of Object.entries(s.options)) list.push(`${option} = ${value}`)
  return list
}
