import type { Property } from '../checker/property.ts'
import { meaningOf } from '../properties/index.ts'
import type { Scenario } from '../spec/internet/scenario.ts'
import type { Means, Variant } from '../spec/protocol.ts'
import type { Target } from './target.ts'
import { type Parameter, parametersOf } from './timing/parameters.ts'
import { worldOf } from './world.ts'

/** What there is to ask of a target, as plain data. */
export interface TargetDescription {
  readonly file: string | null
  readonly protocol: string
  readonly title: string
  readonly source: string
  readonly variants: readonly VariantDescription[]
  /** Every property that some variant is asked in some scenario, in the order of reports. */
  readonly properties: readonly PropertyDescription[]
}

export interface PropertyDescription {
  readonly id: string
  readonly kind: Property['kind']
  /** What it claims, in a sentence. */
  readonly means: string
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
  /** Ids of what only a clock can say. */
  readonly needClock: readonly string[]
  /** What takes time, and how long, where it is asked with time. */
  readonly parameters: readonly Parameter[]
}

/** @throws InputError where a variant cannot be put together for one of its scenarios */
export function describe(target: Target): TargetDescription {
  const { protocol, variants, file } = target
  const properties = new Map<string, PropertyDescription>()
  const asked = (
    variant: Variant,
    scenario: Scenario,
  ): Pick<ScenarioDescription, 'properties' | 'needClock' | 'parameters'> => {
    const world = worldOf({ ...target, variant }, scenario)
    const idsOf = (among: readonly Property[]): string[] =>
      among.map((property) => {
        const { id, kind } = property
        if (!properties.has(id)) properties.set(id, { id, kind, means: meaningOf(property) })
        return id
      })
    return {
      properties: idsOf(world.properties),
      needClock: idsOf(world.needClock),
      parameters: parametersOf(world.internet),
    }
  }
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
        ...asked(variant, scenario),
      })),
    })),
    properties: [...properties.values()],
  }
}
