import type { Patience, Scenario } from '../../spec/internet/scenario.ts'
import { inWords } from '../../spec/internet/unusable.ts'
import type { Expected, Means, Variant } from '../../spec/protocol.ts'
import { type Mistake, slipOf } from './mistake.ts'
import { isRecord } from './shape.ts'

/** The values of a set that the compiler knows, so that none is forgotten here. */
const allOf = <T extends string>(values: Readonly<Record<T, true>>): readonly string[] => Object.keys(values)

const SETS = {
  movement: allOf<Scenario['movement']>({ phased: true, atomic: true, 'make-before-break': true }),
  overlap: allOf<Scenario['overlap']>({ long: true, 'round-trip': true, any: true, 'for-good': true }),
  gaps: allOf<Scenario['gaps']>({ short: true, any: true }),
  pace: allOf<Scenario['pace']>({ any: true, settled: true, hurried: true }),
  everyMove: allOf<Scenario['everyMove']>({ may: true, owed: true }),
  takesFirst: allOf<Scenario['takesFirst']>({ holder: true, agent: true }),
  addressInUse: allOf<Scenario['addressInUse']>({ waits: true, 'taken over': true }),
  links: allOf<Scenario['links']>({ fifo: true, bag: true }),
} satisfies Partial<Record<keyof Scenario, readonly string[]>>

const PATIENCE = allOf<Patience>({ eager: true, 'at will': true, patient: true, never: true })
const EXPECTED = allOf<Expected>({ holds: true, violated: true, vacuous: true })
const MEANS = allOf<Means>({ anchor: true, rendezvous: true, forwarder: true, overlap: true })

/** Values of a scenario that are outside of what they may be. */
export function wrongValues(scenario: Scenario, where: string): Mistake[] {
  const sets = Object.entries(SETS) as [keyof typeof SETS, readonly string[]][]
  return [
    ...sets.flatMap(([field, known]) => notAmong(scenario[field], known, `'${field}'`, where)),
    ...(scenario.users === undefined ? [] : notAmong(scenario.users, ['act'], "'users'", where)),
    ...(scenario.losses === 'fair' ? [] : notACount(scenario.losses, 0, "'losses'", where, ['fair'])),
    ...notACount(scenario.duplicates, 0, "'duplicates'", where),
    ...notACount(scenario.copies, 1, "'copies'", where),
    ...Object.entries(scenario.crashes).flatMap(([node, times]) => notACount(times, 0, `crashes.${node}`, where)),
    ...Object.entries(scenario.timers).flatMap(([timer, patience]) =>
      notAmong(patience, PATIENCE, `timers['${timer}']`, where),
    ),
  ]
}

/** Values of a variant, outside of its scenarios, that are outside of what they may be. */
export function wrongValuesOfVariant(variant: Variant, where: string): Mistake[] {
  const expected = Object.entries(variant.expect ?? {}).flatMap(([scenario, given]) =>
    isRecord(given)
      ? Object.entries(given).flatMap(([property, value]) =>
          notAmong(value, EXPECTED, `expect['${scenario}']['${property}']`, where),
        )
      : [
          {
            where,
            fact: `expect['${scenario}'] is ${inWords(given)}`,
            cause: 'The likeliest cause is a verdict for a whole scenario.',
            act: "Say it of each property: { 'both-move': { 'binding-eventually-correct': 'violated' } }.",
          },
        ],
  )
  return [
    ...expected,
    ...(variant.survivesBy ?? []).flatMap((means) => notAmong(means, MEANS, "'survivesBy'", where)),
    ...Object.entries(variant.subject.within ?? {}).flatMap(([scenario, steps]) =>
      notACount(steps, 0, `within['${scenario}']`, where),
    ),
  ]
}

function notAmong(value: unknown, known: readonly string[], what: string, where: string): Mistake[] {
  if (typeof value === 'string' && known.includes(value)) return []
  if (value === undefined)
    return [
      {
        where,
        fact: `${what} is undefined`,
        cause: 'The likeliest cause is an object that is written out, or that leaves a field undefined.',
        act: `Make scenarios by scenario(name, title, { … }), which fills in what is not given. It is one of ${known.join(', ')}.`,
      },
    ]
  return [
    {
      where,
      fact: `${what} is ${inWords(value)}`,
      cause: whyValue(value, known),
      act: `It is one of ${known.join(', ')}.`,
    },
  ]
}

function whyValue(value: unknown, known: readonly string[]): string {
  const meant = slipOf(String(value), known)
  return meant === undefined
    ? 'The likeliest cause is a value of another field, or of another tool.'
    : `The likeliest cause is a slip: did you mean '${meant}'?`
}

function notACount(
  value: unknown,
  least: number,
  what: string,
  where: string,
  also: readonly string[] = [],
): Mistake[] {
  if (Number.isSafeInteger(value) && (value as number) >= least) return []
  const words = typeof value === 'number' ? String(value) : inWords(value)
  const or = also.map((one) => `, or '${one}'`).join('')
  return [
    {
      where,
      fact: `${what} is ${words}`,
      cause:
        typeof value === 'string'
          ? whyValue(value, also)
          : 'The likeliest cause is a number that was calculated, or a field that was left undefined.',
      act: `It is a whole number, ${least} or more${or}.`,
    },
  ]
}
