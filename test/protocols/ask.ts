import { check } from '../../checker/check.ts'
import type { Property } from '../../checker/property.ts'
import type { Verdict } from '../../checker/verdict.ts'
import { type Checked, propertiesOf } from '../../properties/index.ts'
import type { Node, Scenario } from '../../spec/index.ts'
import { compose } from '../../spec/internet/compose.ts'
import type { Protocol, Variant } from '../../spec/protocol.ts'
import { protocols } from '../../spec/protocols.ts'

export function find(target: string): { protocol: Protocol; variant: Variant } {
  const [name, variantName] = target.split('/')
  const protocol = protocols.find((p) => p.name === name)!
  return { protocol, variant: protocol.variants.find((v) => v.name === variantName)! }
}

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
  const { protocol, variant } = find(target)
  const scenario = { ...variant.scenarios.find((s) => s.name === scenarioName)!, ...options.scenario }
  const nodes = variant.nodes(scenario)
  const internet = compose(options.change?.(nodes) ?? nodes, scenario, protocol.describe)
  const checked = { internet, subject: variant.subject }
  const verdicts = check(internet.model, [...propertiesOf(checked), ...(options.more?.(checked) ?? [])])
  return Object.fromEntries(verdicts.map((verdict) => [verdict.property, verdict]))
}

export const kindsOf = (verdicts: Record<string, Verdict>): Record<string, Verdict['kind']> =>
  Object.fromEntries(Object.entries(verdicts).map(([id, { kind }]) => [id, kind]))

/** The trace in words. */
export const told = (verdict: Verdict): string[] =>
  'trace' in verdict ? (verdict.trace?.steps.map((step) => step.text) ?? []) : []
