import { canonical } from '../../checker/canonical.ts'
import { check } from '../../checker/check.ts'
import type { Control, Limits } from '../../checker/limits.ts'
import type { Value } from '../../checker/model.ts'
import type { Verdict } from '../../checker/verdict.ts'
import type { Story } from '../../counterexamples/index.ts'
import type { Scenario } from '../../spec/internet/scenario.ts'
import { InputError } from '../errors.ts'
import { DEFAULT_LIMITS } from '../limits.ts'
import { propertyOf } from '../property.ts'
import { storyOf } from '../story.ts'
import type { TargetVariant } from '../target.ts'
import { worldOf } from '../world.ts'
import type { Judged } from './minimal-sets.ts'

/** What a scenario like another, but for some of its fields, came out as: plain data, for a file. */
export interface Decided {
  /** The fields that differ, canonically: '' for the scenario itself. */
  readonly at: string
  readonly states: number
  readonly transitions: number
  /** `shown`: the least run; null where there is none to show. */
  readonly judged: Exclude<Judged<Story | null>, { readonly kind: 'cut' }>
}

/** What all searches together may spend, and each of them. */
export interface Spending {
  /** Of each search; beyond that it is not known. */
  readonly states: number
  /** Of all of them. */
  readonly seconds?: number
  readonly control: Control
  /** Shortest runs will do, which are found sooner. */
  readonly shortest?: boolean
}

/** Asks a property, or several at once, of scenarios that differ from a base in what they assume; each scenario once. */
export class Searches {
  readonly #target: TargetVariant
  readonly #base: Scenario
  readonly #properties: readonly string[]
  readonly #spending: Spending
  readonly #until: number
  readonly #decided = new Map<string, Decided>()

  /**
   * @param properties of which all have to hold
   * @param decided what an earlier run decided, which is not searched again
   */
  constructor(
    target: TargetVariant,
    base: Scenario,
    properties: readonly string[],
    spending: Spending,
    decided: readonly Decided[] = [],
  ) {
    this.#target = target
    this.#base = base
    this.#properties = properties
    this.#spending = spending
    this.#until = spending.control.now() + (spending.seconds ?? Number.POSITIVE_INFINITY)
    for (const one of decided) this.#decided.set(one.at, one)
  }

  /** All that is decided by now. */
  get decided(): Decided[] {
    return [...this.#decided.values()]
  }

  judge(scenario: Scenario): Judged<Story | null> {
    const at = differenceOf(this.#base, scenario)
    const known = this.#decided.get(at)
    if (known !== undefined) return known.judged
    const found = this.search(scenario)
    if (found === null) return { kind: 'cut' }
    this.#decided.set(at, found)
    return found.judged
  }

  /** The same without looking at what is decided; null where there is no time for it. */
  search(scenario: Scenario): Decided | null {
    const { states, control, shortest } = this.#spending
    const seconds = this.#until - control.now()
    if (seconds <= 0 || control.interrupted?.() === true) return null
    const limits: Limits = { ...DEFAULT_LIMITS, states, ...(Number.isFinite(seconds) ? { seconds } : {}) }
    const at = differenceOf(this.#base, scenario)
    try {
      const world = worldOf(this.#target, scenario)
      const { internet } = world
      const asked = this.#properties.map((id) => propertyOf(world, id))
      const verdicts = check(internet.model, asked, { least: shortest !== true, limits, control })
      const verdict = worstOf(verdicts)
      const judged = judgedFrom(verdict, states, (reason, trace) =>
        storyOf(this.#target.protocol, this.#target.variant, internet, verdict.property, reason, trace),
      )
      if (judged.kind === 'cut') return null
      const { statistics } = verdict
      return { at, states: statistics.states, transitions: statistics.transitions, judged }
    } catch (error) {
      // The scenario itself has to be one; another one that the variant cannot be put into is not known.
      if (at === '' || !(error instanceof InputError)) throw error
      return { at, states: 0, transitions: 0, judged: { kind: 'not known', because: error.message } }
    }
  }
}

/** Of several the one that decides: one that is violated, else one that is not known, else one that is vacuous. */
const worstOf = (verdicts: readonly Verdict[]): Verdict =>
  (['violated', 'failed', 'incomplete', 'vacuous'] as const)
    .map((kind) => verdicts.find((verdict) => verdict.kind === kind))
    .find((verdict) => verdict !== undefined) ?? verdicts[0]!

function judgedFrom(
  verdict: Verdict,
  states: number,
  tell: (reason: string, trace: NonNullable<Extract<Verdict, { kind: 'violated' }>['trace']>) => Story,
): Judged<Story | null> {
  switch (verdict.kind) {
    case 'violated':
      return {
        kind: 'violated',
        shown: verdict.trace === undefined ? null : tell(verdict.reason, verdict.trace),
      }
    case 'incomplete':
      if (verdict.because === 'seconds' || verdict.because === 'interrupted') return { kind: 'cut' }
      return {
        kind: 'not known',
        because: verdict.because === 'states' ? `more than ${states} states` : verdict.because,
      }
    case 'failed':
      return { kind: 'not known', because: verdict.error.message }
    default:
      return { kind: verdict.kind }
  }
}

/** The fields of a scenario that are not as in another, by their names. */
function differenceOf(base: Scenario, scenario: Scenario): string {
  const fields = (Object.keys(scenario) as (keyof Scenario)[]).filter((field) => {
    const [one, other] = [base[field], scenario[field]]
    return canonical(one as unknown as Value) !== canonical(other as unknown as Value)
  })
  if (fields.length === 0) return ''
  return canonical(Object.fromEntries(fields.map((field) => [field, scenario[field]])) as unknown as Value)
}
