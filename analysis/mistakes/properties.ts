import type { Property } from '../../checker/property.ts'
import { type Checked, propertiesOf } from '../../properties/index.ts'
import { inWords } from '../../spec/internet/unusable.ts'
import type { Variant } from '../../spec/protocol.ts'
import { didYouMean, type Mistake, within } from './mistake.ts'
import { notAName, twice } from './names.ts'
import { unknown } from './references.ts'
import { isRecord, misshapen } from './shape.ts'
import { PROPERTY } from './shapes.ts'

/** For each kind of property, the fields of which it has one. */
const CLAIMS: Readonly<Record<Property['kind'], readonly string[]>> = {
  safety: ['always', 'everyStep', 'stretch'],
  reachable: ['some'],
  liveness: ['formula'],
  deadlock: ['finished'],
}

/**
 * What a variant is asked in a scenario: properties of one id, or of no kind, and expectations of what nobody asks.
 *
 * @param own what a file exports as `properties`
 */
export function mistakesOfProperties(
  checked: Checked,
  variant: Variant,
  own: ((checked: Checked) => unknown) | undefined,
  where: string,
): Mistake[] {
  const asked = propertiesOf(checked)
  const given = own === undefined ? [] : givenBy(own, checked)
  if (!Array.isArray(given)) return within(where, [given as Mistake])
  const broken = given.flatMap((property, i) => brokenProperty(property, i))
  if (broken.length > 0) return within(where, broken)
  const ids = [...asked, ...(given as Property[])].map(({ id }) => id)
  const { name } = checked.internet.layout.scenario
  return within(where, [
    ...ids.flatMap((id) => notAName(id, 'property', '')),
    ...twice(ids, 'properties', ''),
    ...unknown(Object.keys(variant.expect?.[name] ?? {}), ids, `'expect' of '${name}' names`, 'property', ''),
  ])
}

function givenBy(own: (checked: Checked) => unknown, checked: Checked): unknown[] | Mistake {
  const where = "the export 'properties'"
  try {
    const given = own(checked)
    if (Array.isArray(given)) return given
    return {
      where,
      fact: `it gave ${inWords(given)}, which is no list`,
      cause: 'The likeliest cause is one property without its brackets, or a function without a return.',
      act: 'Give a list of properties: [{ id, ...always(predicate(checked, name, holds)) }].',
    }
  } catch (error) {
    return {
      where,
      fact: `it threw: ${error instanceof Error ? error.message : String(error)}`,
      cause: 'The likeliest cause is something that this variant or scenario does not have.',
      act: 'Look at what it takes out of what is checked; it may give [] where there is nothing to ask.',
    }
  }
}

function brokenProperty(property: unknown, i: number): Mistake[] {
  const where = `${isRecord(property) && typeof property.id === 'string' ? `property '${property.id}'` : `property ${i + 1}`} of the export 'properties'`
  const broken = misshapen(property, PROPERTY, where)
  if (broken.length > 0) return broken
  const { kind, ...claim } = property as Property & { kind: string }
  const fields = CLAIMS[kind as Property['kind']]
  if (fields === undefined)
    return [
      {
        where,
        fact: `its kind is '${kind}'`,
        cause: didYouMean(kind, Object.keys(CLAIMS)).cause,
        act: `Make its claim by 'always', 'everyStep', 'reachable', 'eventually' and the like: { id, ...always(…) }.`,
      },
    ]
  if (fields.some((field) => field in claim)) return []
  return [
    {
      where,
      fact: `its kind is '${kind}', and it has no ${fields.map((field) => `'${field}'`).join(' or ')}`,
      cause: 'The likeliest cause is a claim that is written out.',
      act: `Make its claim by 'always', 'everyStep', 'reachable', 'eventually' and the like: { id, ...always(…) }.`,
    },
  ]
}
