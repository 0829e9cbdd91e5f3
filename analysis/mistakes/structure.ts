import { inWords } from '../../spec/internet/unusable.ts'
import type { Mistake } from './mistake.ts'
import { isRecord, misshapen, unknownFields } from './shape.ts'
import { BELIEF, DEMAND, PROTOCOL, SCENARIO, type Shape, SIGHTING, SUBJECT, VARIANT } from './shapes.ts'

/** What a file gave, before anything is known of it. */
export interface Given {
  readonly protocol: unknown
  readonly properties?: unknown
}

/**
 * Whether what was given has the structure of a protocol, down to its beliefs and scenarios: what is missing or is something else. Where there is
 * nothing of this sort, the rest can be looked at as what its type says.
 */
export function brokenStructure({ protocol, properties }: Given): Mistake[] {
  const ofProperties = brokenExport(properties)
  if (protocol === undefined || protocol === null)
    return [
      {
        where: '',
        fact: 'it has no default export',
        cause: 'The likeliest cause is a protocol that is not exported, or by a name.',
        act: 'Its default export must be a Protocol, as in docs/tutorial.md.',
      },
      ...ofProperties,
    ]
  return [...eachPart(protocol, misshapen, true), ...ofProperties]
}

/** Fields that nothing reads, in a protocol whose structure is whole. */
export const strayFields = ({ protocol }: Given): Mistake[] =>
  eachPart(protocol, (value, shape, where) => unknownFields(value as object, shape, where), false)

type Look = (value: unknown, shape: Shape, where: string) => Mistake[]

/** Looks at every part; where something is found in one and `stop` is asked for, not at what is in it. */
function eachPart(protocol: unknown, look: Look, stop: boolean): Mistake[] {
  const at = (value: unknown, shape: Shape, where: string, inside: (value: never) => Mistake[]): Mistake[] => {
    const found = look(value, shape, where)
    return found.length > 0 && stop ? found : [...found, ...inside(value as never)]
  }
  const named = (value: unknown): string =>
    isRecord(value) && typeof value.name === 'string' ? `'${value.name}'` : 'without a name'
  const nothing = (): Mistake[] => []
  const inSubject =
    (where: string) => (subject: Readonly<Record<string, Readonly<Record<string, unknown>> & unknown[]>>) => [
      ...['beliefs', 'registrations'].flatMap((field) =>
        (subject[field] ?? []).flatMap((belief, i) => at(belief, BELIEF, `${field}[${i}] of ${where}`, nothing)),
      ),
      ...Object.entries(subject.sightings ?? {}).flatMap(([id, sighting]) =>
        at(sighting, SIGHTING, `sighting '${id}' of ${where}`, nothing),
      ),
      ...[...Object.entries(subject.always ?? {}), ...Object.entries(subject.finally ?? {})].flatMap(([id, demand]) =>
        at(demand, DEMAND, `demand '${id}' of ${where}`, nothing),
      ),
      ...(stop ? endsOf(subject.ends!, where) : []),
    ]
  const inVariant =
    (where: string) => (variant: { readonly scenarios: readonly unknown[]; readonly subject: unknown }) => [
      ...(stop ? notEmpty(variant.scenarios, 'scenarios', where) : []),
      ...variant.scenarios.flatMap((scenario) =>
        at(scenario, SCENARIO, `scenario ${named(scenario)} of ${where}`, nothing),
      ),
      ...at(variant.subject, SUBJECT, `the subject of ${where}`, inSubject(`the subject of ${where}`)),
    ]
  return at(
    protocol,
    PROTOCOL,
    `protocol ${named(protocol)}`,
    ({ variants }: { readonly variants: readonly unknown[] }) => [
      ...(stop ? notEmpty(variants, 'variants', `protocol ${named(protocol)}`) : []),
      ...variants.flatMap((variant) =>
        at(variant, VARIANT, `variant ${named(variant)}`, inVariant(`variant ${named(variant)}`)),
      ),
    ],
  )
}

const notEmpty = (list: readonly unknown[], field: string, where: string): Mistake[] =>
  list.length > 0
    ? []
    : [
        {
          where,
          fact: `'${field}' is empty`,
          cause: 'The likeliest cause is that they are made somewhere else, and not listed here.',
          act: 'List one at least: without it there is nothing to check.',
        },
      ]

const endsOf = (ends: readonly unknown[], where: string): Mistake[] =>
  ends.length === 2 && ends.every((end) => typeof end === 'string') && ends[0] !== ends[1]
    ? []
    : [
        {
          where,
          fact: `'ends' is ${inWords(ends)}`,
          cause: 'The likeliest cause is one end too many, too few, or the same twice.',
          act: 'Name the two nodes between which the session is.',
        },
      ]

const brokenExport = (properties: unknown): Mistake[] =>
  properties === undefined || typeof properties === 'function'
    ? []
    : [
        {
          where: "the export 'properties'",
          fact: `it is ${inWords(properties)}, which is not a function`,
          cause: 'The likeliest cause is a list of properties, where what makes them is due.',
          act: 'Export a function that gets what is checked and gives a list: export const properties = (checked) => [ … ].',
        },
      ]
