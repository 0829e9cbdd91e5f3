import { check } from '../checker/check.ts'
import type { Growth } from '../checker/growth.ts'
import { type Control, type Limits, wallClock } from '../checker/limits.ts'
import type { Property } from '../checker/property.ts'
import type { Verdict } from '../checker/verdict.ts'
import { costs, type Story, sentence } from '../counterexamples/index.ts'
import { meaningOf } from '../properties/stated.ts'
import type { Internet } from '../spec/internet/compose.ts'
import type { Scenario } from '../spec/internet/scenario.ts'
import type { Expected } from '../spec/protocol.ts'
import { assumptionsOf } from './assumptions/told.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { propertyOf } from './property.ts'
import { type Reduction, reductionsOf, searchedAsIf } from './reduction/reductions.ts'
import { searchReduced } from './reduction/search.ts'
import { storyOf } from './story.ts'
import { expectedOf, narrowed, scenarioOf, single, type Target, type TargetVariant, variantOf } from './target.ts'
import { type Given, timingWith } from './timing/parameters.ts'
import { worldOf } from './world.ts'

/** One search: a variant in a scenario, asked some properties. Plain data, so that it can go to a worker. */
export interface Job {
  readonly file: string | null
  readonly protocol: string
  readonly variant: string
  readonly scenario: string
  /** Null for all that the variant has. */
  readonly properties: readonly string[] | null
  readonly limits: Limits
  /** Least runs instead of shortest ones: for explaining. */
  readonly least?: boolean
  /** How long what is not as usual takes; without it, there is no time. */
  readonly time?: Given
  /** Fewer states or steps, for what may be asked of them. */
  readonly reduce?: readonly Reduction[]
}

/** One line of the report, as `check --json` prints it. */
export interface Result {
  readonly protocol: string
  readonly variant: string
  readonly scenario: string
  readonly property: string
  /** What the property claims, in a sentence. */
  readonly means: string
  readonly kind: 'safety' | 'liveness' | 'reachable' | 'deadlock'
  readonly verdict: Verdict['kind']
  readonly expected: Expected
  readonly asExpected: boolean
  readonly states: number
  readonly transitions: number
  readonly depth: number
  readonly seconds: number
  readonly moves: number | null
  readonly faults: number | null
  readonly steps: number | null
  readonly loopStart: number | null
  readonly reason: string | null
  readonly incompleteBecause: string | null
  /** What took most values until a bound was hit: 'a.counter took 70000 values'. */
  readonly growth: readonly string[]
  /** Timers that are armed for ever and never fire, where the verdict leans on that: 'failure of a'. No clock would have it so. Null where that was not found out in time. */
  readonly heldBack: readonly string[] | null
  /** The violation in one sentence. */
  readonly explanation: string | null
  readonly assumptions: readonly string[]
  /** Searched with fewer states or steps: which of them are left out (`--reduce`). Counts are of those that are left, runs are of the whole model. */
  readonly reduced: readonly Reduction[]
  /** Searched with time. What is expected is then what the same scenario says without. */
  readonly timed: boolean
  /** From a file of the user's own. */
  readonly own: boolean
  /** That file, as it was given, and the line in it that names the variant; null for what ships. */
  readonly file: string | null
  readonly line: number | null
  readonly story: Story | null
}

/** What a variant is asked, and how. */
export interface Question {
  /** Ids; all that the variant has where it does not say. */
  readonly properties?: readonly string[]
  readonly limits?: Limits
  /** Least runs instead of shortest ones; shortest ones all the same up to a symmetry. */
  readonly least?: boolean
  readonly control?: Control
  /** Fewer states or steps: what cannot be asked of them is `incomplete`, and says why. */
  readonly reduce?: readonly Reduction[]
  /** What searches, where it is not `check`. */
  readonly search?: typeof check
}

/**
 * From a variant and a scenario to verdicts with their stories, by one search in this thread: a result a property, in the order in which the
 * variant lists them. Every formatter of `doublejump/counterexamples` takes the `story` of a result.
 *
 * @param target `sip/direct`, or a variant of one's own by `variantOf`
 * @param scenario one of the variant's by its name, or any other
 * @throws InputError where there is none of the name, the variant is not asked a property that is named, or what has time is to be reduced
 */
export function checkVariant(
  target: string | TargetVariant,
  scenario: string | Scenario,
  {
    properties,
    limits = DEFAULT_LIMITS,
    least = false,
    control = wallClock,
    search = check,
    reduce = [],
  }: Question = {},
): Result[] {
  const asked = typeof target === 'string' ? variantOf(target) : target
  const meant = typeof scenario === 'string' ? scenarioOf(asked, scenario) : scenario
  const world = worldOf(asked, meant)
  for (const id of properties ?? []) propertyOf(world, id)
  const wanted = world.properties.filter(({ id }) => properties?.includes(id) ?? true)
  const assumptions = assumptionsOf(asked.protocol, asked.variant, meant)
  const taken = reductionsOf(reduce)
  const tell = (property: Property, verdict: Verdict, reduced = taken): Result =>
    resultOf(asked, meant, world.internet, property, verdict, assumptions, reduced)
  const options = { limits, control, least }
  if (reduce.length === 0)
    return search(world.internet.model, wanted, options).map((verdict, i) => tell(wanted[i]!, verdict))
  const found = searchReduced(reduce, world.internet, wanted, (model, fit, how) =>
    search(model, fit, { ...options, ...how }),
  )
  return found.map((each, i) =>
    'unfit' in each
      ? { ...tell(wanted[i]!, NOT_ASKED, []), reduced: taken, reason: each.unfit, incompleteBecause: 'reduction' }
      : tell(wanted[i]!, each),
  )
}

/** Of a property that is not asked with a reduction: nothing is taken for granted then. */
const NOT_ASKED: Verdict = {
  kind: 'incomplete',
  because: 'states',
  property: '',
  statistics: { states: 0, transitions: 0, depth: 0, seconds: 0, memory: 0 },
}

/** Runs a search, in this thread. */
export function runJob(target: Target, job: Job, control: Control, search = check): Result[] {
  const { properties, limits, least = false, time, reduce } = job
  const variant = single(narrowed(target, job.variant), `${job.protocol}/${job.variant}`)
  const scenario = scenarioOf(variant, job.scenario)
  return checkVariant(variant, time === undefined ? scenario : { ...scenario, time: timingWith(time) }, {
    ...(properties === null ? {} : { properties }),
    // A plan may come from another version.
    ...(reduce === undefined ? {} : { reduce: reductionsOf(reduce) }),
    limits,
    least,
    control,
    search,
  })
}

/** Whether the same comes out the next time. A count of states is the same; a moment is not, nor is what is left of a machine's memory. */
export const isFinal = (results: readonly Result[]): boolean =>
  results.every(
    ({ verdict, incompleteBecause, heldBack }) =>
      verdict !== 'failed' &&
      (verdict !== 'incomplete' || ['states', 'reduction'].includes(incompleteBecause!)) &&
      heldBack !== null,
  )

/** What is reported of a search that broke off: its thread looped, exited, or ran out of memory. */
export const failedResults = (job: Job, error: Error): Result[] =>
  resultsWithout(job, { verdict: 'failed', reason: error.message, incompleteBecause: null })

/** What is reported of a search that was not made before the run was interrupted. */
export const interruptedResults = (job: Job, reason: string): Result[] =>
  resultsWithout(job, { verdict: 'incomplete', reason, incompleteBecause: 'interrupted' })

function resultsWithout(job: Job, what: Pick<Result, 'verdict' | 'reason' | 'incompleteBecause'>): Result[] {
  const nothing = { states: 0, transitions: 0, depth: 0, seconds: 0 }
  const noRun = { moves: null, faults: null, steps: null, loopStart: null, explanation: null, story: null }
  return (job.properties ?? ['everything']).map((property) => ({
    protocol: job.protocol,
    variant: job.variant,
    scenario: job.scenario,
    property,
    means: '',
    kind: 'safety',
    expected: 'holds',
    asExpected: false,
    ...nothing,
    ...noRun,
    ...what,
    growth: [],
    heldBack: [],
    assumptions: [],
    reduced: job.reduce ?? [],
    timed: job.time !== undefined,
    own: job.file !== null,
    file: job.file,
    line: null,
  }))
}

const tellGrowth = ({ cell, path, values }: Growth): string => `${cell}${path} took ${values} values`

/** Where time or memory did not last. */
const NOT_FOUND_OUT = 'no timer is held back for ever by shorter ones (time or memory did not last to find it out)'

/** What no clock would have so is assumed as well. */
const heldBackInWords = (timer: string): string =>
  `${timer} never fires in some run though it is armed all the time, behind shorter timers that begin anew (ask again with --timed)`

/** A story of a spec that threw may throw as well: then there is none. */
function tell(make: () => Story): Story | null {
  try {
    return make()
  } catch {
    return null
  }
}

function resultOf(
  { protocol, variant, file }: TargetVariant,
  scenario: Scenario,
  internet: Internet,
  property: Property,
  verdict: Verdict,
  assumed: readonly string[],
  reduced: readonly Reduction[],
): Result {
  const expected = expectedOf(variant, scenario.name, property.id)
  const reason = 'reason' in verdict ? verdict.reason : verdict.kind === 'failed' ? verdict.error.message : null
  const trace = verdict.kind === 'failed' ? verdict.error.trace : 'trace' in verdict ? verdict.trace : undefined
  const words = reason ?? `so it comes about that ${property.id.replaceAll('-', ' ')}`
  const leaning = verdict.heldBack === null ? [NOT_FOUND_OUT] : (verdict.heldBack ?? []).map(heldBackInWords)
  const assumptions = [...assumed, ...leaning, ...reduced.map(searchedAsIf)]
  const story =
    trace === undefined
      ? null
      : tell(() => ({ file, ...storyOf(protocol, variant, internet, property.id, words, trace), assumptions }))
  const cost = story === null ? null : costs(story)
  const { states, transitions, depth, seconds } = verdict.statistics
  return {
    protocol: protocol.name,
    variant: variant.name,
    scenario: scenario.name,
    property: property.id,
    means: meaningOf(property),
    kind: property.kind,
    verdict: verdict.kind,
    expected,
    asExpected: verdict.kind === expected,
    states,
    transitions,
    depth,
    seconds: Math.round(seconds * 1000) / 1000,
    moves: cost?.moves ?? null,
    faults: cost?.faults ?? null,
    steps: story?.steps.length ?? null,
    loopStart: story?.loopStart ?? null,
    reason,
    incompleteBecause: verdict.kind === 'incomplete' ? verdict.because : null,
    growth: verdict.kind === 'incomplete' ? (verdict.growth ?? []).map(tellGrowth) : [],
    heldBack: verdict.heldBack === undefined ? [] : verdict.heldBack,
    explanation: story !== null && verdict.kind === 'violated' ? sentence(story) : null,
    assumptions,
    reduced,
    timed: scenario.time !== undefined,
    own: file !== null,
    file,
    line: null,
    story,
  }
}
