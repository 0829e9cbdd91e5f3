import { type Control, wallClock } from '../checker/limits.ts'
import type { Story } from '../counterexamples/index.ts'
import type { Scenario } from '../spec/internet/scenario.ts'
import type { Node } from '../spec/internet/topology.ts'
import { MOST_MOVES, type Way, waysOf } from './assumptions/itineraries.ts'
import { type LeansOn, leansOn } from './assumptions/leans-on.ts'
import type { Judged } from './assumptions/minimal-sets.ts'
import { type Decided, Searches } from './assumptions/searches.ts'
import { errors } from './errors.ts'
import { nameOf, scenarioOf, type TargetVariant } from './target.ts'

/** What it takes to break a property, and which assumptions its verdict leans on. */
export interface Breaks {
  readonly target: string
  readonly scenario: string
  readonly property: string
  /** What it is in the scenario itself; where that is not known, why. */
  readonly inScenario: Inside
  /** Null where it is not known in the scenario, or vacuous: then there is nothing to lean on. */
  readonly leansOn: LeansOn | null
  /** The host that each field of a vector counts the moves of. */
  readonly hosts: Readonly<Record<string, string>>
  /** The least that breaks it: none is less than another. */
  readonly least: readonly { readonly vector: Vector; readonly story: Story | null }[]
  /** What was too big to search. */
  readonly unknown: readonly { readonly vector: Vector; readonly because: string }[]
  /** For which there was no time. */
  readonly notTried: readonly Vector[]
  readonly tried: number
  /** Whether there was time for everything. */
  readonly complete: boolean
}

/**
 * What the environment does: the fewer, the worse for the protocol that breaks under it. `movesOfA` is how often host a moves, and so on
 * for each host; the others are `losses`, `duplicates` and `reordering`, 0 or 1 each.
 */
export type Vector = Readonly<Record<string, number>>

export type Inside =
  | { readonly kind: 'holds' | 'vacuous' | 'violated' }
  | { readonly kind: 'not known'; readonly because: string }

export interface BreaksOptions {
  /** Without it the double jump. */
  readonly scenario?: string
  /** States of each search; beyond that it is not known. */
  readonly states?: number
  /** Of all searches together. */
  readonly seconds?: number
  /** Assumptions that are weakened, or strengthened, at once. */
  readonly mostAtOnce?: number
  readonly control?: Control
  /** What an earlier run decided. */
  readonly decided?: readonly Decided[]
}

export const MOST_STATES = 300_000
export const MOST_AT_ONCE = 2

/**
 * Finds the minimal sets of assumptions of a scenario that turn a verdict round: those without which a property that holds fails, and those which
 * save one that fails; and the least moves, losses, duplicates and reordering under which it fails.
 *
 * @throws InputError where the variant has no such scenario or property, and where what was decided is not of it
 */
export function breaksOf(target: TargetVariant, property: string, options: BreaksOptions = {}): Breaks {
  return breaksAndDecided(target, property, options).breaks
}

/** The same, with all that was decided, to go on from. */
export function breaksAndDecided(
  target: TargetVariant,
  property: string,
  options: BreaksOptions = {},
): { readonly breaks: Breaks; readonly decided: readonly Decided[] } {
  const { scenario = 'both-move', states = MOST_STATES, mostAtOnce = MOST_AT_ONCE, control = wallClock } = options
  const base = scenarioOf(target, scenario)
  const nodes = target.variant.nodes(base)
  const ways = fieldsOf(nodes, waysOf(target.variant, nodes, base))
  const spending = { states, control, ...(options.seconds === undefined ? {} : { seconds: options.seconds }) }
  const searches = new Searches(target, base, [property], spending, options.decided)
  if (options.decided !== undefined) sameScenario(searches, base, options.decided, nameOf(target))
  const inside = searches.judge(base)
  const turned = inside.kind === 'holds' ? 'violated' : inside.kind === 'violated' ? 'holds' : null
  const lattice = turned === null ? null : leansOn(target, base, turned, mostAtOnce, searches)
  const vectors = leastVectors(base, ways, (one) => searches.judge(one))
  const breaks: Breaks = {
    target: nameOf(target),
    scenario,
    property,
    inScenario: insideFrom(inside),
    leansOn: lattice,
    hosts: Object.fromEntries(ways.map(({ field, host }) => [field, host])),
    ...vectors,
    complete: inside.kind !== 'cut' && vectors.notTried.length === 0 && (lattice?.notTried.length ?? 0) === 0,
  }
  return { breaks, decided: searches.decided }
}

const insideFrom = (inside: Judged<unknown>): Inside =>
  inside.kind === 'cut'
    ? { kind: 'not known', because: 'there was no time to search it' }
    : inside.kind === 'not known'
      ? inside
      : { kind: inside.kind }

/**
 * What an earlier run decided is of today's model only if the scenario itself comes out as it did then, state by state: that is always searched again.
 *
 * @throws InputError where it does not
 */
function sameScenario(searches: Searches, base: Scenario, decided: readonly Decided[], target: string): void {
  const then = decided.find(({ at }) => at === '')
  const now = searches.search(base)
  if (then === undefined || now === null) return
  const same =
    then.judged.kind === now.judged.kind && then.states === now.states && then.transitions === now.transitions
  if (!same) throw errors.decidedOfAnotherModel(target, base.name, then, now)
}

interface NamedWay extends Way {
  readonly field: string
}

function fieldsOf(nodes: readonly Node[], ways: readonly Way[]): NamedWay[] {
  const capital = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`
  // Two names may differ in their first letter's case alone: then each is told as it is.
  const fieldOf = (name: string): string =>
    nodes.filter((n) => capital(n.name) === capital(name)).length > 1 ? `movesOf '${name}'` : `movesOf${capital(name)}`
  return ways.map((way) => ({ ...way, field: fieldOf(way.host) }))
}

const scenarioUnder = (base: Scenario, ways: readonly NamedWay[], vector: Vector): Scenario => ({
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
function leastVectors(
  base: Scenario,
  ways: readonly NamedWay[],
  judge: (scenario: Scenario) => Judged<Story | null>,
): Pick<Breaks, 'least' | 'unknown' | 'notTried' | 'tried'> {
  const all = vectorsUpTo([
    ...ways.map(({ field }) => [field, MOST_MOVES] as const),
    ['losses', 1],
    ['duplicates', 1],
    ['reordering', 1],
  ])
  const size = (vector: Vector): number => Object.values(vector).reduce((sum, n) => sum + n, 0)
  const least: { vector: Vector; story: Story | null }[] = []
  const unknown: { vector: Vector; because: string }[] = []
  const notTried: Vector[] = []
  let tried = 0
  // What is not fair loss or a crash is given by the vector; a host that never moves says nothing.
  for (const vector of all.sort((one, other) => size(one) - size(other))) {
    if (ways.every(({ field }) => vector[field] === 0)) continue
    if (least.some((known) => dominates(known.vector, vector))) continue
    // Above what is too big to search everything is.
    if (unknown.some((known) => dominates(known.vector, vector))) continue
    const judged = judge(scenarioUnder(base, ways, vector))
    if (judged.kind === 'cut') notTried.push(vector)
    else tried += 1
    if (judged.kind === 'violated') least.push({ vector, story: judged.shown })
    else if (judged.kind === 'not known') unknown.push({ vector, because: judged.because })
  }
  return { least, unknown, notTried, tried }
}
