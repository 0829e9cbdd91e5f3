import { inWords } from '../../spec/internet/unusable.ts'
import { didYouMean, type Mistake, slipOf } from './mistake.ts'
import type { Shape, Type } from './shapes.ts'

/** Whether something is an object with fields, and no list. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const is: Readonly<Record<Type, (value: unknown) => boolean>> = {
  'a text': (value) => typeof value === 'string',
  'a function': (value) => typeof value === 'function',
  'a list': (value) => Array.isArray(value),
  'a list of one or more': (value) => Array.isArray(value) && value.length > 0,
  'a list of two names': (value) =>
    Array.isArray(value) &&
    value.length === 2 &&
    value.every((name) => typeof name === 'string') &&
    value[0] !== value[1],
  'a record': isRecord,
  'true or false': (value) => typeof value === 'boolean',
  anything: () => true,
}

/** What keeps an object from being looked at any further: a field that is missing, or is something else. */
export function misshapen(value: unknown, shape: Shape, where: string): Mistake[] {
  if (!isRecord(value))
    return [
      {
        where,
        fact: `it is ${inWords(value)}, which is not ${shape.what}`,
        cause: 'The likeliest cause is an import or a function call that gave nothing.',
        act: `Give ${shape.what}: { ${Object.keys(shape.required).join(', ')} }.`,
      },
    ]
  const missing = Object.entries(shape.required).filter(([field]) => value[field] === undefined)
  const wrong = Object.entries({ ...shape.required, ...shape.optional }).filter(
    ([field, type]) => value[field] !== undefined && !is[type](value[field]),
  )
  const unknown = unknownIn(value, shape)
  return [
    ...missing.map(([field]) => {
      const meant = unknown.find((name) => slipOf(name, [field]) !== undefined)
      return {
        where,
        fact: `'${field}' is missing`,
        cause: `The likeliest cause is ${meant === undefined ? 'that it was forgotten' : `a slip: it has '${meant}'`}.`,
        act: `Give ${shape.what} its '${field}'; docs/tutorial.md shows one that works.`,
      }
    }),
    ...wrong.map(([field, type]) => ({
      where,
      fact: `'${field}' is ${inWords(value[field])}, which is not ${type}`,
      cause: 'The likeliest cause is something that was left out, or that belongs to another field.',
      act: `Make it ${type}; docs/tutorial.md shows one that works.`,
    })),
  ]
}

/** Fields that nothing reads. */
export function unknownFields(value: object, shape: Shape, where: string): Mistake[] {
  const known = [...Object.keys(shape.required), ...Object.keys(shape.optional)]
  return unknownIn(value, shape).map((field) => {
    const { cause, act } = didYouMean(field, known)
    return { where, fact: `it has a field '${field}', which ${shape.what} does not have and nothing reads`, cause, act }
  })
}

function unknownIn(value: object, { required, optional, closed }: Shape): string[] {
  const known = [...Object.keys(required), ...Object.keys(optional)]
  return Object.keys(value).filter((field) => !known.includes(field) && (closed || slipOf(field, known) !== undefined))
}
