import type { Means } from '../spec/protocol.ts'
import type { Target } from './target.ts'
import { worldOf } from './world.ts'

/** What there is to ask of a target, as plain data. */
export interface TargetDescription {
  readonly file: string | null
  readonly protocol: string
  readonly title: string
  readonly source: string
  readonly variants: readonly VariantDescription[]
}

export interface VariantDescription {
  readonly name: string
  readonly title: string
  readonly source: string
  readonly repairs: boolean
  readonly survivesBy: readonly Means[]
  readonly scenarios: readonly ScenarioDescription[]
}

export interface ScenarioDescription {
  readonly name: string
  readonly title: string
  /** Only checked when asked for. */
  readonly large: boolean
  /** Ids, in the order of reports. */
  readonly properties: readonly string[]
}

/** @throws InputError where a variant cannot be put together for one of its scenarios */
export function describe(target: Target): TargetDescription {
  const { protocol, variants, file } = target
  return {
    file,
    protocol: protocol.name,
    title: protocol.title,
    source: protocol.source,
    variants: variants.map((variant) => ({
      name: variant.name,
      title: variant.title,
      source: variant.source,
      repairs: variant.repairs,
      survivesBy: variant.survivesBy ?? [],
      scenarios: variant.scenarios.map((scenario) => ({
        name: scenario.name,
        title: scenario.title,
        large: variant.large?.includes(scenario.name) === true,
        properties: worldOf({ ...target, variant }, scenario).properties.map(({ id }) => id),
      })),
    })),
  }
}
