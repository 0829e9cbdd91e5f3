import { check } from '../checker/check.ts'
import type { Control, Limits } from '../checker/limits.ts'
import type { Property } from '../checker/property.ts'
import type { Verdict } from '../checker/verdict.ts'
import { costs, type Story, sentence } from '../counterexamples/index.ts'
import { propertiesOf } from '../properties/index.ts'
import { compose, type Internet } from '../spec/internet/compose.ts'
import { assumptions, type Scenario } from '../spec/internet/scenario.ts'
import type { Expected, Variant } from '../spec/protocol.ts'
import { errors } from './errors.ts'
import { storyOf } from './story.ts'
import type { Target } from './target.ts'

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
}

/** One line of the report, as `check --json` prints it. */
export interface Result {
  readonly protocol: string
  readonly variant: string
  readonly scenario: string
  readonly property: string
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
  /** The violation in one sentence. */
  readonly explanation: string | null
  readonly assumptions: readonly string[]
  /** From a file of the user's own. */
  readonly own: boolean
  readonly story: Story | null
}

export function runJob(target: Target, job: Job, control: Control): Result[] {
  const variant = target.variants.find((v) => v.name === job.variant)!
  const scenario = variant.scenarios.find((s) => s.name === job.scenario)!
  const { internet, properties } = prepare(target, variant, scenario)
  const asked = properties.filter((property) => job.properties === null || job.properties.includes(property.id))
  const verdicts = check(internet.model, asked, { limits: job.limits, control, least: job.least === true })
  return verdicts.map((verdict, i) => resultOf(target, variant, scenario, internet, asked[i]!, verdict))
}

/** A variant put together for a scenario, with the properties that it is asked. */
export function prepare(target: Target, variant: Variant, scenario: Scenario) {
  try {
    const internet = compose(variant.nodes(scenario), scenario, target.protocol.describe)
    const checked = { internet, subject: variant.subject }
    return { internet, properties: [...propertiesOf(checked), ...(target.properties?.(checked) ?? [])] }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw errors.cannotCompose(`${target.protocol.name}/${variant.name}`, scenario.name, why)
  }
}

/** A story of a spec that threw may throw as well: then there is none. */
function tell(make: () => Story): Story | null {
  try {
    return make()
  } catch {
    return null
  }
}

function resultOf(
  target: Target,
  variant: Variant,
  scenario: Scenario,
  internet: Internet,
  property: Property,
  verdict: Verdict,
): Result {
  const expected = variant.expect?.[scenario.name]?.[property.id] ?? 'holds'
  const reason = 'reason' in verdict ? verdict.reason : verdict.kind === 'failed' ? verdict.error.message : null
  const trace = verdict.kind === 'failed' ? verdict.error.trace : 'trace' in verdict ? verdict.trace : undefined
  const words = reason ?? `so it comes about that ${property.id.replaceAll('-', ' ')}`
  const story =
    trace === undefined ? null : tell(() => storyOf(target.protocol, variant, internet, property.id, words, trace))
  const cost = story === null ? null : costs(story)
  const { states, transitions, depth, seconds } = verdict.statistics
  return {
    protocol: target.protocol.name,
    variant: variant.name,
    scenario: scenario.name,
    property: property.id,
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
    explanation: story !== null && verdict.kind === 'violated' ? sentence(story) : null,
    assumptions: assumptions(scenario),
    own: target.file !== null,
    story,
  }
}
