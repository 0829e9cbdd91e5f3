import { check } from '../checker/check.ts'
import { type Control, wallClock } from '../checker/limits.ts'
import type { Story } from '../counterexamples/index.ts'
import type { Patience, Scenario, Stop } from '../spec/internet/scenario.ts'
import type { Variant } from '../spec/protocol.ts'
import { propertyOf } from './property.ts'
import { storyOf } from './story.ts'
import { nameOf, scenarioOf, type TargetVariant } from './target.ts'
import { worldOf } from './world.ts'

/** What it takes to break a property, and which assumptions one that holds leans on. */
export interface Breaks {
  readonly target: string
  readonly scenario: string
  readonly property: string
  /** The host that each field of a vector counts the moves of. */
  readonly hosts: Readonly<Record<string, string>>
  /** The least that breaks it: none is less than another. */
  readonly least: readonly { readonly vector: Vector; readonly story: Story | null }[]
  /** What was too big to search. */
  readonly unknown: readonly { readonly vector: Vector; readonly because: string }[]
  readonly tried: number
  /** What it is in the scenario itself; where that is not known, why. */
  readonly inScenario: Inside
  /** Null where it does not hold in the scenario: then there is nothing to lean on. */
  readonly core: readonly Dropped[] | null
}

/**
 * What the environment does: the fewer, the worse for the protocol that breaks under it. `movesOfA` is how often host a moves, and so on
 * for each host; the others are `losses`, `duplicates` and `reordering`, 0 or 1 each.
 */
export type Vector = Readonly<Record<string, number>>

export type Inside =
  | { readonly kind: 'holds' | 'vacuous' | 'violated' }
  | { readonly kind: 'not known'; readonly because: string }

export interface Dropped {
  readonly assumption: string
  /** Null where it is not known: what was left is too big, or vacuous. */
  readonly needed: boolean | null
  /** Null also where the violation has no run: that something good can happen no longer. */
  readonly story: Story | null
}

type Outcome =
  | { readonly kind: 'violated'; readonly story: Story | null }
  | { readonly kind: 'holds' | 'vacuous' }
  | { readonly kind: 'not known'; readonly because: string }

type Judge = (scenario: Scenario) => Outcome

/**
 * Finds the least moves, losses, duplicates and reordering under which a property fails; and, where it holds in the scenario, drops each of
 * its assumptions in turn.
 *
 * @param most states of each search; beyond that it is not known
 * @throws InputError where the variant has no such scenario or property
 */
export function breaksOf(
  target: TargetVariant,
  property: string,
  scenarioName = 'both-move',
  most = 300_000,
  control: Control = wallClock,
): Breaks {
  const base = scenarioOf(target, scenarioName)
  const ways = waysOf(target.variant, base)
  const judge: Judge = (scenario) => outcomeOf(target, scenario, property, most, control)
  const inside = judge(base)
  return {
    target: nameOf(target),
    scenario: scenarioName,
    property,
    hosts: Object.fromEntries(ways.map(({ field, host }) => [field, host])),
    ...leastVectors(base, ways, judge),
    inScenario: inside.kind === 'not known' ? inside : { kind: inside.kind },
    core: inside.kind === 'holds' ? coreOf(target.variant, base, ways, judge) : null,
  }
}

function outcomeOf(
  target: TargetVariant,
  scenario: Scenario,
  property: string,
  most: number,
  control: Control,
): Outcome {
  const { internet, properties } = worldOf(target, scenario)
  const asked = propertyOf(properties, property)
  const verdict = check(internet.model, [asked], { least: true, limits: { states: most }, control })[0]!
  switch (verdict.kind) {
    case 'violated':
      return {
        kind: 'violated',
        story:
          verdict.trace === undefined
            ? null
            : storyOf(target.protocol, target.variant, internet, property, verdict.reason, verdict.trace),
      }
    case 'incomplete':
      return { kind: 'not known', because: verdict.because === 'states' ? `more than ${most} states` : verdict.because }
    case 'failed':
      return { kind: 'not known', because: verdict.error.message }
    default:
      return { kind: verdict.kind }
  }
}

/** A host that roams, and where it goes: two networks, each new to it. */
interface Way {
  readonly host: string
  readonly field: string
  readonly stops: readonly Stop[]
}

const MOST_MOVES = 2

/** The longest way of each host in any scenario of the variant that does not come back to where it was, made up to two stops. */
function waysOf({ nodes, scenarios }: Variant, base: Scenario): Way[] {
  const networkOf = (stop: Stop): string => (typeof stop === 'string' ? stop : stop.network)
  const listed = nodes(base)
  const capital = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`
  // Two names may differ in their first letter's case alone: then each is told as it is.
  const fieldOf = (name: string): string =>
    listed.filter((n) => capital(n.name) === capital(name)).length > 1 ? `movesOf '${name}'` : `movesOf${capital(name)}`
  return listed.flatMap(({ name, from }): Way[] => {
    if (from === undefined) return []
    const known = [base, ...scenarios]
      .map(({ moves }) => moves[name] ?? [])
      .filter((stops) => new Set([from, ...stops].map(networkOf)).size === stops.length + 1)
      .reduce((longest, stops) => (stops.length > longest.length ? stops : longest), [])
    const further = Array.from({ length: MOST_MOVES }, (_, i) => `elsewhere-${i + 1}-${name}`)
    return [{ host: name, field: fieldOf(name), stops: [...known, ...further].slice(0, MOST_MOVES) }]
  })
}

const scenarioUnder = (base: Scenario, ways: readonly Way[], vector: Vector): Scenario => ({
  ...base,
  moves: Object.fromEntries(ways.map(({ host, field, stops }) => [host, stops.slice(0, vector[field])])),
  losses: vector.losses!,
  duplicates: vector.duplicates!,
  links: vector.reordering === 1 ? 'bag' : 'fifo',
})

const dominates = (less: Vector, more: Vector): boolean =>
  Object.keys(less).every((field) => less[field]! <= more[field]!)

/** Every vector up to these bounds, field by field. */
function vectorsUpTo(bounds: readonly (readonly [string, number])[]): Vector[] {
  return bounds.reduce<Vector[]>(
    (vectors, [field, most]) =>
      vectors.flatMap((vector) => Array.from({ length: most + 1 }, (_, n) => ({ ...vector, [field]: n }))),
    [{}],
  )
}

/** The Pareto-minimal vectors: by growing size, leaving out what is above one that breaks it already. */
function leastVectors(base: Scenario, ways: readonly Way[], judge: Judge): Pick<Breaks, 'least' | 'unknown' | 'tried'> {
  const all = vectorsUpTo([
    ...ways.map(({ field }) => [field, MOST_MOVES] as const),
    ['losses', 1],
    ['duplicates', 1],
    ['reordering', 1],
  ])
  const size = (vector: Vector): number => Object.values(vector).reduce((sum, n) => sum + n, 0)
  const least: { vector: Vector; story: Story | null }[] = []
  const unknown: { vector: Vector; because: string }[] = []
  let tried = 0
  // What is not fair loss or a crash is given by the vector; a host that never moves says nothing.
  for (const vector of all.sort((one, other) => size(one) - size(other))) {
    if (ways.every(({ field }) => vector[field] === 0)) continue
    if (least.some((known) => dominates(known.vector, vector))) continue
    // Above what is too big to search everything is.
    if (unknown.some((known) => dominates(known.vector, vector))) continue
    tried += 1
    const outcome = judge(scenarioUnder(base, ways, vector))
    if (outcome.kind === 'violated') least.push({ vector, story: outcome.story })
    else if (outcome.kind === 'not known') unknown.push({ vector, because: outcome.because })
  }
  return { least, unknown, tried }
}

/** A property that holds leans on those assumptions without which it fails: each is dropped in turn. */
function coreOf(variant: Variant, base: Scenario, ways: readonly Way[], judge: Judge): Dropped[] {
  return weaker(variant, base, ways).map(([assumption, scenario]) => {
    const outcome = judge(scenario)
    return {
      assumption,
      needed: outcome.kind === 'violated' ? true : outcome.kind === 'holds' ? false : null,
      story: outcome.kind === 'violated' ? outcome.story : null,
    }
  })
}

function weaker(variant: Variant, base: Scenario, ways: readonly Way[]): [string, Scenario][] {
  const twice = Object.fromEntries(ways.map(({ host, stops }) => [host, stops]))
  const names = [...new Set(variant.nodes(base).flatMap((n) => Object.keys((n.role.timers ?? {}) as object)))]
  const timers = names
    .filter((name) => (base.timers[name] ?? 'patient') === 'patient')
    .flatMap((name): [string, Scenario][] => {
      const as = (patience: Patience): Scenario => ({ ...base, timers: { ...base.timers, [name]: patience } })
      return [
        [`timer '${name}' is patient (it may fire at any moment)`, as('eager')],
        [`timer '${name}' fires at all (it never does)`, as('never')],
      ]
    })
  return [
    ['packets keep their order', { ...base, links: 'bag' }],
    ['no packet is lost', { ...base, losses: 1 }],
    ['no packet is delivered twice', { ...base, duplicates: 1 }],
    ['gaps are shorter than patient timers', { ...base, gaps: 'any' }],
    ...(base.pace === 'settled'
      ? [['handoffs of one host do not overlap', { ...base, pace: 'any' }] as [string, Scenario]]
      : []),
    ['each host moves once', { ...base, moves: twice, movement: 'atomic', pace: 'settled' }],
    ...timers,
  ]
}
