import type { Compiled } from '../checker/compile.ts'
import { explore } from '../checker/explore.ts'
import type { Control, Incomplete, Limits } from '../checker/limits.ts'
import type { Label } from '../checker/model.ts'
import type { Address } from '../spec/internet/address.ts'
import type { Internet } from '../spec/internet/compose.ts'
import { innermost, type Message } from '../spec/internet/packet.ts'
import type { Effect } from '../spec/internet/role.ts'
import type { Scenario } from '../spec/internet/scenario.ts'
import type { Node, Placed, Topology } from '../spec/internet/topology.ts'
import type { TargetVariant } from './target.ts'
import { worldOf } from './world.ts'

/** What happens somewhere in a scenario: who handled what, and which rules of the internet had a part in it. */
export interface Occurrences {
  readonly scenario: string
  readonly states: number
  /** Why the search did not see everything, so that what is missing here may happen all the same. */
  readonly incompleteBecause: Incomplete | null
  readonly nodes: readonly NodeOccurrences[]
  readonly rules: readonly RuleOccurrence[]
}

export interface NodeOccurrences {
  readonly node: string
  /** Kinds of messages that it received, and of those that were sent to an address that it may hold. */
  readonly received: readonly string[]
  readonly sentTo: readonly string[]
  readonly timers: readonly TimerOccurrence[]
  /** 'send BU', 'forward INVITE', 'tunnel data'. */
  readonly effects: readonly string[]
  /** The kinds that the text of its step names: all that can be known of a function without running it. */
  readonly named: readonly string[]
}

export interface TimerOccurrence {
  readonly timer: string
  readonly fired: boolean
  /** The scenario says that it never fires. */
  readonly held: boolean
}

export interface RuleOccurrence {
  readonly rule: string
  readonly happened: boolean
  /** Whether the scenario lets it happen at all. */
  readonly allowed: boolean
}

/**
 * Searches a scenario and says what happens in it.
 *
 * @throws InputError where the variant cannot be put together for the scenario
 * @throws SpecError where a rule throws
 */
export function occurrencesIn(
  target: TargetVariant,
  scenario: Scenario,
  limits: Limits,
  control: Control,
): Occurrences {
  const handled = new Map<string, Handled>()
  const named = new Map<string, readonly string[]>()
  const { internet } = worldOf(target, scenario, (nodes) =>
    nodes.map((n) => {
      const own: Handled = { events: new Set(), effects: [] }
      handled.set(n.name, own)
      named.set(n.name, kindsNamedIn(n.role.step))
      return listenedTo(n, own)
    }),
  )
  const outcomes = new Set<Compiled>()
  let enabled: readonly Compiled[] = []
  const graph = explore(internet.model, {
    limits,
    control,
    // Of a state that a kernel expands it is not known here what can happen in it.
    kernel: null,
    prepare: (compiled) => {
      enabled = compiled.enabled
    },
    visit: () => {
      // What can happen in a state that is visited does happen: a search follows all of it.
      for (const outcome of enabled) outcomes.add(outcome)
      return false
    },
  })
  if (graph.failure !== null) throw graph.failure
  const labels = [...outcomes].flatMap((outcome) => outcome.labels)
  return {
    scenario: scenario.name,
    states: graph.store.count,
    incompleteBecause: graph.incomplete,
    nodes: nodesOf(internet, handled, named),
    rules: RULES.map(({ rule, isOne, allows }) => ({
      rule,
      happened: labels.some(isOne),
      allowed: allows(scenario, internet.layout.topology),
    })),
  }
}

/** What a node's step was called with, and what it did. */
interface Handled {
  readonly events: Set<string>
  readonly effects: Effect<Message>[]
}

/** The same node; what goes into its step and comes out is noted. */
function listenedTo(n: Node, { events, effects }: Handled): Node {
  const role = n.role as unknown as Placed['role']
  const step: Placed['role']['step'] = (state, event) => {
    const result = role.step(state, event)
    events.add(event.kind)
    if (Array.isArray(result?.[1])) effects.push(...result[1])
    return result
  }
  return { ...n, role: { ...role, step } as unknown as Node['role'] }
}

function nodesOf(
  { layout }: Internet,
  handled: ReadonlyMap<string, Handled>,
  named: ReadonlyMap<string, readonly string[]>,
): NodeOccurrences[] {
  const { nodes } = layout.topology
  const sent = new Map(nodes.map((n) => [n.name, new Set<string>()]))
  for (const { effects } of handled.values()) {
    for (const effect of effects)
      for (const n of layout.candidatesFor(destinationOf(effect))) sent.get(n.name)!.add(kindOf(effect))
  }
  return nodes.map(({ name, role }) => {
    const { events, effects } = handled.get(name)!
    const timers = Object.keys(role.timers ?? {})
    return {
      node: name,
      received: [...events].filter((kind) => kind !== 'attached' && !timers.includes(kind)).sort(),
      sentTo: [...sent.get(name)!].sort(),
      timers: timers.map((timer) => ({
        timer,
        fired: events.has(timer),
        held: layout.scenario.timers[timer] === 'never',
      })),
      effects: [...new Set(effects.map((effect) => `${effect.do} ${kindOf(effect)}`))].sort(),
      named: named.get(name)!,
    }
  })
}

const kindOf = (effect: Effect<Message>): string =>
  effect.do === 'send' ? effect.message.kind : innermost(effect.packet).message.kind

const destinationOf = (effect: Effect<Message>): Address =>
  effect.do === 'forward' ? (effect.to ?? effect.packet.destination) : effect.to

/** `kind: 'INVITE'` in the text of a function: in a pattern, in a comparison, or in what it sends. */
const KIND = /\bkind\b\s*(?::|===?|!==?)\s*(['"`])((?:(?!\1).)+)\1/g

const kindsNamedIn = (step: (...given: never) => unknown): string[] =>
  [...new Set([...String(step).matchAll(KIND)].map(([, , kind]) => kind!))].sort()

interface InternetRule {
  readonly rule: string
  readonly isOne: (label: Label) => boolean
  readonly allows: (scenario: Scenario, topology: Topology) => boolean
}

const kind =
  (...kinds: readonly string[]) =>
  (label: Label): boolean =>
    kinds.includes(label.kind)
const somebodyMoves = ({ moves }: Scenario): boolean => Object.values(moves).some((stops) => stops.length > 0)
const movesBy = (movement: Scenario['movement']) => (scenario: Scenario) =>
  scenario.movement === movement && somebodyMoves(scenario)
const somebodyCrashes = ({ crashes }: Scenario): boolean => Object.values(crashes).some((times) => times > 0)

/** What the mobile internet can do, by the labels that its rules give. */
const RULES: readonly InternetRule[] = [
  { rule: 'a packet arrives', isOne: kind('deliver'), allows: () => true },
  {
    rule: 'an agent intercepts a packet',
    isOne: ({ text }) => text.includes(', intercepted for '),
    allows: (_, { nodes }) => nodes.some(({ agentOf }) => agentOf.length > 0),
  },
  { rule: 'a packet goes to an address that nobody holds', isOne: kind('lost'), allows: () => true },
  { rule: 'the network loses a packet', isOne: kind('fault'), allows: ({ losses }) => losses === 'fair' || losses > 0 },
  {
    rule: 'the network delivers a packet twice',
    isOne: kind('duplicate'),
    allows: ({ duplicates }) => duplicates > 0,
  },
  {
    rule: 'a timer fires',
    isOne: kind('timer'),
    allows: ({ timers }, { nodes }) =>
      nodes.some(({ role }) => Object.keys(role.timers ?? {}).some((timer) => timers[timer] !== 'never')),
  },
  { rule: 'a host moves, with a gap', isOne: kind('detach'), allows: movesBy('phased') },
  { rule: 'a host moves in one step', isOne: kind('move'), allows: movesBy('atomic') },
  {
    rule: 'a host holds its old address and its new one',
    isOne: kind('overlap'),
    allows: movesBy('make-before-break'),
  },
  {
    rule: 'a host gives up its old address after an overlap',
    isOne: kind('release'),
    allows: (scenario) => movesBy('make-before-break')(scenario) && scenario.overlap !== 'for-good',
  },
  { rule: 'a node crashes', isOne: kind('crash'), allows: somebodyCrashes },
  { rule: 'a node comes back after a crash', isOne: kind('restart'), allows: somebodyCrashes },
  {
    rule: 'somebody overhears a packet',
    isOne: kind('overhear'),
    allows: (_, { nodes }) => nodes.some(({ hears }) => hears.length > 0),
  },
]
