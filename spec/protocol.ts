import { type Address, isAddress } from './internet/address.ts'
import type { Describe } from './internet/layout.ts'
import type { Scenario } from './internet/scenario.ts'
import type { Node } from './internet/topology.ts'
import { inWords, Unusable } from './internet/unusable.ts'
import type { View } from './internet/view.ts'
import type { Options } from './option.ts'

/** A protocol as the checker's users meet it: what it says, in which variants, checked in which scenarios. */
export interface Protocol {
  readonly name: string
  /** One line. */
  readonly title: string
  /** Paper, RFC and section. */
  readonly source: string
  readonly variants: readonly Variant[]
  readonly describe: Describe
  /** The options of scenarios that its variants read, by name. */
  readonly options?: Options
  /** Which section says what a role does with an event, by the event's kind; timers have sources of their own. */
  readonly sections?: Readonly<Record<string, string>>
}

/**
 * What lets a session survive a double jump: a stationary anchor that is always told where its host is and passes on what is
 * for it; a rendezvous that is asked after the peer has registered (again and again, or it tells by itself); a forwarder in
 * the place that was left; addresses that overlap.
 */
export type Means = 'anchor' | 'rendezvous' | 'forwarder' | 'overlap'

/** One way to run a protocol: unpatched, or with a fix. */
export interface Variant {
  readonly name: string
  readonly title: string
  readonly source: string
  /** Whether it is a proposed repair of the simultaneous mobility problem. */
  readonly repairs: boolean
  nodes(scenario: Scenario): readonly Node[]
  readonly subject: Subject
  /** What it has that should let it survive a double jump (`spec/law.ts`). */
  readonly survivesBy?: readonly Means[]
  readonly scenarios: readonly Scenario[]
  /** Names of scenarios that are only checked when asked for: they take minutes or gigabytes. */
  readonly large?: readonly string[]
  /**
   * What is expected to come out, by scenario and property id; what is not listed is expected to hold. It is compared with
   * the search and never replaces it.
   */
  readonly expect: Expectations
}

/** What a table of variants says of each: the rest is made of it. */
export interface VariantDesign
  extends Pick<Variant, 'name' | 'title' | 'source' | 'repairs' | 'scenarios' | 'large'>,
    Required<Pick<Variant, 'survivesBy'>> {}

export type Expected = 'holds' | 'violated' | 'vacuous'
export type Expectations = Readonly<Record<string, Readonly<Record<string, Expected>>>>

/** What properties ask of a variant: how to read beliefs and sessions off its states. */
export interface Subject {
  /** The two ends of the session. */
  readonly ends: readonly [string, string]
  /** Who thinks that whom is where: what has to become right for the session to go on. */
  readonly beliefs: readonly Belief[]
  /** The same of registrars, home agents and other servers, where there are any. */
  readonly registrations?: readonly Belief[]
  /** For each end, null while its session lives, or why it does not. */
  readonly sessions?: Readonly<Record<string, (view: View) => string | null>>
  /** States worth asking for, by property id, and the scenarios in which it is asked whether one is reachable. */
  readonly sightings?: Readonly<Record<string, Sighting>>
  /** What else must be so in every state, by property id. */
  readonly always?: Readonly<Record<string, Demand>>
  /** What else must be so from some moment on and for ever. */
  readonly finally?: Readonly<Record<string, Demand>>
  /** By scenario: within how many steps after the last move every binding must be right. */
  readonly within?: Readonly<Record<string, number>>
  /** Nodes that data of the session must never reach: an attacker, whoever holds an address next. */
  readonly strangers?: readonly string[]
  /** Whether user data can be followed by a probe (roles have `sendData`). */
  readonly carriesData?: boolean
  /** Whether some node forwards packets, so that a forwarding loop is conceivable. */
  readonly forwards?: boolean
}

/** True, or the reason why not; undefined `in` means in every scenario. */
export interface Demand {
  readonly in?: readonly string[]
  /** What is demanded, in a sentence, where its id does not say enough. */
  readonly means?: string
  holds(view: View): true | string
}

/** A state worth asking for: in which scenarios, and whether a state is one (or the reason why not). */
export interface Sighting {
  readonly in: readonly string[]
  /** What is seen, in a sentence, where its id does not say enough. */
  readonly means?: string
  sees(view: View): true | string
}

/** What one node thinks of another: null when it knows of no address, which is never right. */
export interface Belief {
  readonly holder: string
  readonly about: string
  believes(view: View): Address | null
}

/**
 * The address that a belief holds in a state; null when it knows of none.
 *
 * @throws Unusable where it gave something else: that could never become right
 */
export function believed(view: View, belief: Belief): Address | null {
  const { holder, about } = belief
  const address: unknown = belief.believes(view)
  if (address === null || isAddress(address)) return address
  throw new Unusable(
    `'believes' of the belief of '${holder}' about '${about}' gave ${inWords(address)}`,
    'The likeliest cause is a field that the state does not have, or a network or a host alone.',
    'Give an address, written network/interface, or null where none is known.',
  )
}

/** Whether a belief is right now: the address is one at which that node is reachable. */
export function isRight(view: View, belief: Belief): boolean {
  const believes = believed(view, belief)
  return believes !== null && view.held(belief.about).includes(believes)
}

/** 'a thinks that b is at east-1/b, but b is at east-2/b'. */
export function tellBelief(view: View, belief: Belief): string {
  const { holder, about } = belief
  const believes = believed(view, belief)
  const held = view.held(about)
  const thinks =
    believes === null ? `${holder} does not know where ${about} is` : `${holder} thinks that ${about} is at ${believes}`
  return `${thinks}, but ${about} ${held.length === 0 ? 'is nowhere' : `is at ${held.join(' and ')}`}`
}

/** For expectations: these properties fail. */
export const violated = (...ids: readonly string[]): Record<string, Expected> =>
  Object.fromEntries(ids.map((id) => [id, 'violated']))

/** What a variant says of itself, whatever its protocol. */
export interface Design extends Pick<Variant, 'name' | 'title' | 'source' | 'scenarios'> {
  readonly survivesBy: readonly Means[]
}

/** The part of a variant that its design says: one that survives by something is a repair. */
export const described = ({ name, title, source, survivesBy, scenarios }: Design) =>
  ({ name, title, source, survivesBy, scenarios, repairs: survivesBy.length > 0 }) satisfies Partial<Variant>
