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
export const brokenStructure = ({ protocol, properties }: Given): Mistake[] => [
  ...(protocol === undefined || protocol === null
    ? [nothingExported]
    : partsOf(protocol).flatMap(({ value, shape, where }) => misshapen(value, shape, where))),
  ...(properties === undefined || typeof properties === 'function' ? [] : [noFunction(properties)]),
]

/** Fields that nothing reads, in a protocol whose structure is whole. */
export const strayFields = ({ protocol }: Given): Mistake[] =>
  partsOf(protocol).flatMap(({ value, shape, where }) => unknownFields(value as object, shape, where))

/** One of the objects that a protocol is made of. */
interface Part {
  readonly value: unknown
  readonly shape: Shape
  readonly where: string
}

/** Every part of a protocol: first itself, then what is in it. What is not whole is not looked into. */
const partsOf = (protocol: unknown): Part[] =>
  inside({ value: protocol, shape: PROTOCOL, where: `protocol ${nameOf(protocol)}` }, ({ variants }) =>
    listed(variants).flatMap((variant) =>
      inside(
        { value: variant, shape: VARIANT, where: `variant ${nameOf(variant)}` },
        ({ scenarios, subject }, where) => [
          ...listed(scenarios).map((scenario) => ({
            value: scenario,
            shape: SCENARIO,
            where: `scenario ${nameOf(scenario)} of ${where}`,
          })),
          ...inside({ value: subject, shape: SUBJECT, where: `the subject of ${where}` }, partsOfSubject),
        ],
      ),
    ),
  )

const partsOfSubject = (subject: Fields, where: string): Part[] => [
  ...['beliefs', 'registrations'].flatMap((field) =>
    listed(subject[field]).map((belief, i) => ({ value: belief, shape: BELIEF, where: `${field}[${i}] of ${where}` })),
  ),
  ...Object.entries(subject.sightings ?? {}).map(([id, sighting]) => ({
    value: sighting,
    shape: SIGHTING,
    where: `sighting '${id}' of ${where}`,
  })),
  ...['always', 'finally'].flatMap((field) =>
    Object.entries(subject[field] ?? {}).map(([id, demand]) => ({
      value: demand,
      shape: DEMAND,
      where: `demand '${id}' of ${where}`,
    })),
  ),
]

type Fields = Readonly<Record<string, unknown>>

/** A part, and what is in it where it is whole. */
function inside(part: Part, parts: (value: Fields, where: string) => readonly Part[]): Part[] {
  const { value, shape, where } = part
  return misshapen(value, shape, where).length > 0 ? [part] : [part, ...parts(value as Fields, where)]
}

const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const nameOf = (value: unknown): string =>
  isRecord(value) && typeof value.name === 'string' ? `'${value.name}'` : 'without a name'

const nothingExported: Mistake = {
  where: '',
  fact: 'it has no default export',
  cause: 'The likeliest cause is a protocol that is not exported, or by a name.',
  act: 'Its default export must be a Protocol, as in docs/tutorial.md.',
}

const noFunction = (properties: unknown): Mistake => ({
  where: "the export 'properties'",
  fact: `it is ${inWords(properties)}, which is not a function`,
  cause: 'The likeliest cause is a list of properties, where what makes them is due.',
  act: 'Export a function that gets what is checked and gives a list: export const properties = (checked) => [ … ].',
})
