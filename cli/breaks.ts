import { check } from '../checker/check.ts'
import type { Verdict } from '../checker/verdict.ts'
import { ladder, noPaint, type Story, sentence } from '../counterexamples/index.ts'
import type { Patience, Scenario } from '../spec/internet/scenario.ts'
import type { Variant } from '../spec/protocol.ts'
import { EAST, WEST } from '../spec/roaming.ts'
import { errors } from './errors.ts'
import { EXIT } from './exit.ts'
import { prepare } from './job.ts'
import { wholeNumber } from './options.ts'
import { storyOf } from './story.ts'
import { resolveTargets, type Target } from './target.ts'

export interface BreaksFlags {
  readonly property: string
  readonly scenario?: string
  readonly json?: boolean
  readonly maxStates?: string
}

/** What the environment does: the fewer, the worse for the protocol that breaks under it. */
interface Vector {
  readonly movesOfA: number
  readonly movesOfB: number
  readonly losses: number
  readonly duplicates: number
  readonly reordering: number
}

type Outcome =
  | { readonly kind: 'violated'; readonly story: Story }
  | { readonly kind: 'holds' }
  | { readonly kind: 'not known'; readonly because: string }

/** `doublejump breaks`: what it takes to break a property, and which assumptions one that holds leans on. */
export async function breaksCommand(name: string, flags: BreaksFlags): Promise<number> {
  const [target] = await resolveTargets([name])
  if (target!.variants.length !== 1)
    throw errors.needsVariant(
      name,
      target!.variants.map((v) => v.name),
    )
  const variant = target!.variants[0]!
  const base = variant.scenarios.find((s) => s.name === (flags.scenario ?? 'both-move'))
  if (base === undefined)
    throw errors.noScenario(
      flags.scenario ?? 'both-move',
      variant.scenarios.map((s) => s.name),
    )
  const most = wholeNumber('--max-states', flags.maxStates ?? '300000')
  const judge = (scenario: Scenario): Outcome => outcomeOf(target!, variant, scenario, flags.property, most)
  const frontier = leastVectors(base, judge)
  const core = coreOf(variant, base, judge)
  if (flags.json === true) {
    process.stdout.write(
      `${JSON.stringify({ version: 1, target: name, scenario: base.name, property: flags.property, ...frontier, core }, null, 2)}\n`,
    )
  } else process.stdout.write(told(name, base.name, flags.property, frontier, core))
  return EXIT.asExpected
}

function outcomeOf(target: Target, variant: Variant, scenario: Scenario, property: string, most: number): Outcome {
  const { internet, properties } = prepare(target, variant, scenario)
  const asked = properties.filter(({ id }) => id === property)
  if (asked.length === 0)
    throw errors.noProperty(
      property,
      properties.map(({ id }) => id),
    )
  const [verdict] = check(internet.model, asked, { least: true, limits: { states: most } }) as [Verdict]
  if (verdict.kind === 'violated' && verdict.trace !== undefined) {
    return {
      kind: 'violated',
      story: storyOf(target.protocol, variant, internet, property, verdict.reason, verdict.trace),
    }
  }
  if (verdict.kind === 'holds' || verdict.kind === 'vacuous') return { kind: 'holds' }
  return { kind: 'not known', because: verdict.kind === 'incomplete' ? `more than ${most} states` : verdict.kind }
}

const scenarioOf = (base: Scenario, v: Vector): Scenario => ({
  ...base,
  moves: { a: WEST.slice(0, v.movesOfA), b: EAST.slice(0, v.movesOfB) },
  losses: v.losses,
  duplicates: v.duplicates,
  links: v.reordering === 1 ? 'bag' : 'fifo',
})

const FIELDS = ['movesOfA', 'movesOfB', 'losses', 'duplicates', 'reordering'] as const
const dominates = (less: Vector, more: Vector): boolean => FIELDS.every((field) => less[field] <= more[field])

/** The Pareto-minimal vectors: by growing size, leaving out what is above one that breaks it already. */
function leastVectors(base: Scenario, judge: (scenario: Scenario) => Outcome) {
  const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i)
  const all = range(3).flatMap((movesOfA) =>
    range(3).flatMap((movesOfB) =>
      range(2).flatMap((losses) =>
        range(2).flatMap((duplicates) =>
          range(2).map((reordering) => ({ movesOfA, movesOfB, losses, duplicates, reordering })),
        ),
      ),
    ),
  )
  const size = (v: Vector): number => FIELDS.reduce((sum, field) => sum + v[field], 0)
  const least: { vector: Vector; story: Story }[] = []
  const unknown: { vector: Vector; because: string }[] = []
  let tried = 0
  // What is not fair loss or a crash is given by the vector; a host that never moves says nothing.
  for (const vector of all.sort((one, other) => size(one) - size(other))) {
    if (vector.movesOfA + vector.movesOfB === 0 || least.some((known) => dominates(known.vector, vector))) continue
    // Above what is too big to search everything is.
    if (unknown.some((known) => dominates(known.vector, vector))) continue
    tried += 1
    const outcome = judge(scenarioOf(base, vector))
    if (outcome.kind === 'violated') least.push({ vector, story: outcome.story })
    else if (outcome.kind === 'not known') unknown.push({ vector, because: outcome.because })
  }
  return { least, unknown, tried }
}

interface Dropped {
  readonly assumption: string
  readonly needed: boolean | null
  readonly story: Story | null
}

/** A property that holds leans on those assumptions without which it fails: each is dropped in turn. */
function coreOf(variant: Variant, base: Scenario, judge: (scenario: Scenario) => Outcome): Dropped[] | null {
  if (judge(base).kind !== 'holds') return null
  return weaker(variant, base).map(([assumption, scenario]) => {
    const outcome = judge(scenario)
    return {
      assumption,
      needed: outcome.kind === 'not known' ? null : outcome.kind === 'violated',
      story: outcome.kind === 'violated' ? outcome.story : null,
    }
  })
}

function weaker(variant: Variant, base: Scenario): [string, Scenario][] {
  const names = [...new Set(variant.nodes(base).flatMap((n) => Object.keys((n.role.timers ?? {}) as object)))]
  const timers = names
    .filter((name) => (base.timers[name] ?? 'patient') === 'patient')
    .flatMap((name): [string, Scenario][] => {
      const as = (patience: Patience): Scenario => ({ ...base, timers: { ...base.timers, [name]: patience } })
      return [
        [`${name} is patient (it may fire at any moment)`, as('eager')],
        [`${name} fires at all (it never does)`, as('never')],
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
    ['each host moves once', { ...base, moves: { a: [...WEST], b: [...EAST] }, movement: 'atomic', pace: 'settled' }],
    ...timers,
  ]
}

function told(
  name: string,
  scenario: string,
  property: string,
  { least, unknown, tried }: ReturnType<typeof leastVectors>,
  core: readonly Dropped[] | null,
): string {
  const words = (v: Vector): string =>
    [
      `a moves ${v.movesOfA}×`,
      `b moves ${v.movesOfB}×`,
      ...(v.losses > 0 ? ['one packet lost'] : []),
      ...(v.duplicates > 0 ? ['one delivered twice'] : []),
      ...(v.reordering > 0 ? ['packets reordered'] : []),
    ].join(', ')
  const frontier =
    least.length === 0
      ? [
          `Nothing that was tried breaks it (up to two moves each, one loss, one duplicate, reordering; ${tried} combinations).`,
        ]
      : [
          'The least that breaks it:',
          ...least.map(({ vector, story }) => `  ✗ ${words(vector)}\n      ${sentence(story)}`),
        ]
  const open = unknown.map(
    ({ vector, because }) => `  ? ${words(vector)}, and whatever is more: not known (${because})`,
  )
  const needed = core?.filter((one) => one.needed === true) ?? []
  const free = core?.filter((one) => one.needed === false) ?? []
  const undecided = core?.filter((one) => one.needed === null) ?? []
  const first = needed[0]?.story ?? least[0]?.story
  return [
    `${name} · ${property}`,
    '',
    ...frontier,
    ...open,
    '',
    ...(core === null
      ? [`In '${scenario}' it fails, so that there are no assumptions to lean on.`]
      : [
          `In '${scenario}' it holds, and leans on these assumptions:`,
          ...(needed.length === 0 ? ['  none of those that were dropped'] : []),
          ...needed.map(({ assumption, story }) => `  ✗ without '${assumption}': ${sentence(story!)}`),
          `It does not need: ${free.map(({ assumption }) => assumption).join('; ') || 'none'}.`,
          ...undecided.map(({ assumption }) => `  ? ${assumption}: not known`),
        ]),
    '',
    ...(first === undefined ? [] : [ladder(first, noPaint)]),
  ].join('\n')
}
