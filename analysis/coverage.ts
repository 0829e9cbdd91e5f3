import type { Occurrences } from './occurrences.ts'

/**
 * What never happened in any scenario of a variant. What could happen is not known: a step is a function. Taken for it are the timers that roles declare,
 * the messages that are sent to an address that a node may hold, the kinds that the text of a step names, what a node of the same name does in another
 * variant of the protocol, and the rules of the internet.
 */
export interface Coverage {
  readonly protocol: string
  readonly variant: string
  readonly scenarios: readonly Pick<Occurrences, 'scenario' | 'states' | 'incompleteBecause'>[]
  readonly nodes: readonly NodeCoverage[]
  readonly rules: readonly Case[]
}

export interface NodeCoverage {
  readonly node: string
  readonly received: readonly Case[]
  readonly timers: readonly Case[]
  readonly effects: readonly Case[]
  /** Kinds that its step names, and that it neither received nor sent. */
  readonly named: readonly string[]
}

/** Something that happened, in these scenarios; or that did not, though there is reason to think that it could. */
export interface Case {
  readonly name: string
  readonly in: readonly string[]
  /** Where it never happened: why it is listed, or why it cannot have happened. */
  readonly because: string | null
}

/** A variant, with what happened in its scenarios. */
export interface Searched {
  readonly protocol: string
  readonly variant: string
  readonly occurrences: readonly Occurrences[]
}

/**
 * @param searched variants of one protocol: what one of them does is what is asked of a node of the same name in another
 */
export function coverageOf(searched: readonly Searched[]): Coverage[] {
  return searched.map((one) => {
    const others = searched.filter((other) => other !== one)
    const names = [...new Set(one.occurrences.flatMap(({ nodes }) => nodes.map(({ node }) => node)))]
    return {
      protocol: one.protocol,
      variant: one.variant,
      scenarios: one.occurrences.map(({ scenario, states, incompleteBecause }) => ({
        scenario,
        states,
        incompleteBecause,
      })),
      nodes: names.map((name) => nodeCoverage(name, one, others)),
      rules: rulesOf(one.occurrences),
    }
  })
}

type List = 'received' | 'effects'

function nodeCoverage(name: string, one: Searched, others: readonly Searched[]): NodeCoverage {
  const mine = ofNode(one, name)
  /** In which scenarios it did each of a list; what a node of its name does elsewhere is listed too. */
  const cases = (list: List, expected: ReadonlyMap<string, string>): Case[] => {
    const done = inWhich(mine.map(({ scenario, node }) => [scenario, node[list]]))
    const elsewhere = new Map(
      others.flatMap((other) =>
        ofNode(other, name).flatMap(({ node }) => node[list].map((what) => [what, other.variant] as const)),
      ),
    )
    const missing = new Map([
      ...[...elsewhere].map(([what, variant]) => [what, `it does in ${variant}`] as const),
      ...expected,
    ])
    return [
      ...[...done].map(([what, scenarios]) => ({ name: what, in: scenarios, because: null })),
      ...[...missing].flatMap(([what, because]) => (done.has(what) ? [] : [{ name: what, in: [], because }])),
    ]
  }
  const sentTo = new Set(mine.flatMap(({ node }) => node.sentTo))
  const received = cases('received', new Map([...sentTo].map((what) => [what, 'it is sent to an address of its own'])))
  const effects = cases('effects', new Map())
  const known = new Set([...received.map((one) => one.name), ...effects.map((one) => one.name.replace(/^\w+ /, ''))])
  const timers = timersOf(mine)
  return {
    node: name,
    received,
    timers,
    effects,
    named: [...new Set(mine.flatMap(({ node }) => node.named))].filter(
      (what) => what !== 'attached' && !known.has(what) && !timers.some((timer) => timer.name === what),
    ),
  }
}

type OfNode = { readonly scenario: string; readonly node: Occurrences['nodes'][number] }

const ofNode = ({ occurrences }: Searched, name: string): OfNode[] =>
  occurrences.flatMap(({ scenario, nodes }) =>
    nodes.flatMap((node) => (node.node === name ? [{ scenario, node }] : [])),
  )

function timersOf(mine: readonly OfNode[]): Case[] {
  const declared = [...new Set(mine.flatMap(({ node }) => node.timers.map(({ timer }) => timer)))]
  const fired = inWhich(
    mine.map(({ scenario, node }) => [scenario, node.timers.flatMap(({ timer, fired }) => (fired ? [timer] : []))]),
  )
  const held = (timer: string): boolean =>
    mine.every(({ node }) => node.timers.find((one) => one.timer === timer)?.held ?? true)
  return declared.map((timer) => {
    const scenarios = fired.get(timer) ?? []
    const because = held(timer) ? 'no scenario lets it fire' : 'it is declared'
    return { name: timer, in: scenarios, because: scenarios.length > 0 ? null : because }
  })
}

function rulesOf(occurrences: readonly Occurrences[]): Case[] {
  const all = [...new Set(occurrences.flatMap(({ rules }) => rules.map(({ rule }) => rule)))]
  const which = (field: 'happened' | 'allowed') =>
    inWhich(
      occurrences.map(({ scenario, rules }) => [scenario, rules.flatMap((one) => (one[field] ? [one.rule] : []))]),
    )
  const [happened, allowed] = [which('happened'), which('allowed')]
  return all.map((rule) => {
    const scenarios = happened.get(rule) ?? []
    const could = (allowed.get(rule) ?? []).length
    const because =
      could === 0 ? 'no scenario lets it happen' : `${could} of ${occurrences.length} scenarios let it happen`
    return { name: rule, in: scenarios, because: scenarios.length > 0 ? null : because }
  })
}

/** By what happened: the scenarios in which it did. */
function inWhich(lists: readonly (readonly [string, readonly string[]])[]): Map<string, string[]> {
  const which = new Map<string, string[]>()
  for (const [scenario, list] of lists) {
    for (const what of list) {
      const known = which.get(what)
      if (known === undefined) which.set(what, [scenario])
      else known.push(scenario)
    }
  }
  return which
}

/** Something that no variant's node of that name ever did; of the internet, where `node` is null. */
export interface Never {
  readonly node: string | null
  readonly what: 'receives' | 'fires' | 'does' | 'names' | 'rule'
  readonly name: string
}

/** What is listed for some variants of a protocol and happened in none of them. */
export function neverInAny(coverages: readonly Coverage[]): Never[] {
  const listed = new Map<string, Never & { happened: boolean }>()
  const note = (never: Never, happened: boolean): void => {
    const key = JSON.stringify(never)
    listed.set(key, { ...never, happened: happened || listed.get(key)?.happened === true })
  }
  for (const { nodes, rules } of coverages) {
    for (const { node, received, timers, effects, named } of nodes) {
      for (const { name, in: where } of received) note({ node, what: 'receives', name }, where.length > 0)
      for (const { name, in: where } of timers) note({ node, what: 'fires', name }, where.length > 0)
      for (const { name, in: where } of effects) note({ node, what: 'does', name }, where.length > 0)
      for (const name of named) note({ node, what: 'names', name }, false)
    }
    for (const { name, in: where } of rules) note({ node: null, what: 'rule', name }, where.length > 0)
  }
  return [...listed.values()].filter(({ happened }) => !happened).map(({ happened: _, ...never }) => never)
}
