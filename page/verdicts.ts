import type { TargetVariant } from '../analysis/target.ts'
import { worldOf } from '../analysis/world.ts'
import type { Check } from './given.ts'

/** A variant as a table of verdicts shows it: of a protocol that is here, or one that only a report speaks of. */
export interface Asked {
  readonly protocol: string
  readonly variant: string
  readonly title: string
  readonly source: string
  readonly scenarios: readonly AskedScenario[]
  /** Null where only its verdicts are here, so that nothing can be stepped through or searched. */
  readonly target: TargetVariant | null
}

export interface AskedScenario {
  readonly name: string
  readonly title: string
  readonly properties: readonly AskedProperty[]
}

export interface AskedProperty {
  readonly id: string
  /** What it claims, in a sentence, where it says so. */
  readonly means: string
}

/** What is said of a property in a scenario: by a report or search, or by the variant itself, which only expects. */
export interface Said {
  readonly verdict: string
  readonly asExpected: boolean
  readonly searched: boolean
  /** The violation in a sentence, where a report has it. */
  readonly explanation: string | null
}

export function askedOf(target: TargetVariant): Asked {
  const { protocol, variant } = target
  return {
    protocol: protocol.name,
    variant: variant.name,
    title: variant.title,
    source: variant.source,
    scenarios: variant.scenarios.map((scenario) => ({
      name: scenario.name,
      title: scenario.title,
      properties: worldOf(target, scenario).properties.map((property) => ({
        id: property.id,
        means: 'means' in property ? String(property.means) : '',
      })),
    })),
    target,
  }
}

/** What checks say was asked, a variant each, in their order. */
export function askedIn(checks: readonly Check[]): Asked[] {
  return groups(checks, ({ protocol, variant }) => `${protocol}/${variant}`).map((of) => ({
    protocol: of[0]!.protocol,
    variant: of[0]!.variant,
    title: '',
    source: '',
    scenarios: groups(of, ({ scenario }) => scenario).map((here) => ({
      name: here[0]!.scenario,
      title: '',
      properties: here.map(({ property }) => ({ id: property, means: '' })),
    })),
    target: null,
  }))
}

function groups<T>(all: readonly T[], keyOf: (one: T) => string): T[][] {
  const found = new Map<string, T[]>()
  for (const one of all) found.set(keyOf(one), [...(found.get(keyOf(one)) ?? []), one])
  return [...found.values()]
}

/** The first of the checks that is about it; where there is none, what the variant expects; null where it is not asked. */
export function said(
  { protocol, variant, target, scenarios }: Asked,
  checks: readonly Check[],
  scenario: string,
  property: string,
): Said | null {
  const check = checks.find(
    (one) =>
      one.protocol === protocol && one.variant === variant && one.scenario === scenario && one.property === property,
  )
  if (check !== undefined) return { ...check, searched: true }
  const isAsked = scenarios.find(({ name }) => name === scenario)?.properties.some(({ id }) => id === property)
  if (isAsked !== true) return null
  const verdict = target?.variant.expect?.[scenario]?.[property] ?? 'holds'
  return { verdict, asExpected: true, searched: false, explanation: null }
}
