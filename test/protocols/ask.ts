import { variantOf } from '../../analysis/target.ts'
import { worldOf } from '../../analysis/world.ts'
import { check } from '../../checker/check.ts'
import type { Property } from '../../checker/property.ts'
import type { Verdict } from '../../checker/verdict.ts'
import type { Checked } from '../../properties/index.ts'
import type { Node, Scenario } from '../../spec/index.ts'

export const find = variantOf

/** The verdicts of a variant in a scenario, by property; `change` makes a mutant of the nodes. */
export function ask(
  target: string,
  scenarioName: string,
  options: {
    change?: (nodes: readonly Node[]) => readonly Node[]
    more?: (checked: Checked) => Property[]
    scenario?: Partial<Scenario>
  } = {},
): Record<string, Verdict> {
  const asked = variantOf(target)
  const scenario = { ...asked.variant.scenarios.find((s) => s.name === scenarioName)!, ...options.scenario }
  const { internet, properties, checked } = worldOf(asked, scenario, options.change)
  const verdicts = check(internet.model, [...properties, ...(options.more?.(checked) ?? [])])
  return Object.fromEntries(verdicts.map((verdict) => [verdict.property, verdict]))
}

export const kindsOf = (verdicts: Record<string, Verdict>): Record<string, Verdict['kind']> =>
  Object.fromEntries(Object.entries(verdicts).map(([id, { kind }]) => [id, kind]))

/** The trace in words. */
export const told = (verdict: Verdict): string[] =>
  'trace' in verdict ? (verdict.trace?.steps.map((step) => step.text) ?? []) : []
