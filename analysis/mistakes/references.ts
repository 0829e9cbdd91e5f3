import type { Protocol, Variant } from '../../spec/protocol.ts'
import { didYouMean, type Mistake } from './mistake.ts'

/** Scenarios that a variant, its expectations and its subject name, and that do not exist. */
export function unknownScenarios(protocol: Protocol, variant: Variant): Mistake[] {
  const { subject } = variant
  const where = `variant '${variant.name}'`
  const own = variant.scenarios.map(({ name }) => name)
  // A subject may be shared by variants that have different scenarios.
  const anywhere = protocol.variants.flatMap(({ scenarios }) => scenarios.map(({ name }) => name))
  const demands = [...Object.entries(subject.always ?? {}), ...Object.entries(subject.finally ?? {})]
  return [
    ...unknown(Object.keys(variant.expect ?? {}), own, "'expect' names", 'scenario', where),
    ...unknown(variant.large ?? [], own, "'large' names", 'scenario', where),
    ...unknown(Object.keys(subject.within ?? {}), anywhere, "'within' names", 'scenario', `the subject of ${where}`),
    ...Object.entries(subject.sightings ?? {}).flatMap(([id, sighting]) =>
      unknown(sighting.in, anywhere, `'in' of sighting '${id}' names`, 'scenario', `the subject of ${where}`),
    ),
    ...demands.flatMap(([id, demand]) =>
      unknown(demand.in ?? [], anywhere, `'in' of demand '${id}' names`, 'scenario', `the subject of ${where}`),
    ),
  ]
}

/**
 * Names that are not among those that are known.
 *
 * @param does who names it: "'large' names"
 * @param thing what it is not: 'scenario'
 */
export const unknown = (
  names: readonly string[],
  known: readonly string[],
  does: string,
  thing: string,
  where: string,
): Mistake[] =>
  names
    .filter((name) => !known.includes(name))
    .map((name) => ({
      where,
      fact: `${does} ${thing} '${name}', and there is none`,
      ...didYouMean(String(name), known),
    }))
