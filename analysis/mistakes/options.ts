import { inWords } from '../../spec/internet/unusable.ts'
import { mayBe, type Options } from '../../spec/option.ts'
import type { Protocol, Variant } from '../../spec/protocol.ts'
import { optionsRead } from '../assumptions/options-read.ts'
import { type Mistake, slipOf } from './mistake.ts'
import type { Placement } from './placements.ts'
import { unknown } from './references.ts'
import { isRecord } from './shape.ts'

/** Options of scenarios that the protocol does not declare, and choices that it does not offer. */
export function unknownOptions({ options = {} }: Protocol, variant: Variant): Mistake[] {
  return variant.scenarios.flatMap((scenario) => {
    const where = `scenario '${scenario.name}' of variant '${variant.name}'`
    const known = Object.keys(options)
    return [
      ...unknown(Object.keys(scenario.options), known, "'options' names", 'option', where),
      ...Object.entries(scenario.options).flatMap(([name, choice]) => notOffered(options, name, choice, where)),
    ]
  })
}

function notOffered(options: Options, name: string, choice: unknown, where: string): Mistake[] {
  const option = options[name]
  if (option === undefined || mayBe(option, choice)) return []
  const known = option.values.map(({ value }) => String(value))
  const meant = slipOf(String(choice), known)
  return [
    {
      where,
      fact: `options.${name} is ${inWords(choice)}`,
      cause:
        meant === undefined
          ? 'The likeliest cause is a choice that was never declared.'
          : `The likeliest cause is a slip: did you mean '${meant}'?`,
      act: `It is one of ${known.join(', ')}${option.counts === true ? ', or a whole number' : ''}.`,
    },
  ]
}

/** Options that are declared and are no choice among known ones. */
export function brokenOptions({ options = {} }: Protocol): Mistake[] {
  return Object.entries(options).flatMap(([name, option]) => {
    const where = `option '${name}'`
    const whole =
      isRecord(option) &&
      typeof option.means === 'string' &&
      Array.isArray(option.values) &&
      option.values.every((one) => isRecord(one) && typeof one.means === 'string' && 'value' in one)
    if (!whole)
      return [
        {
          where,
          fact: `it is ${inWords(option)}`,
          cause: 'The likeliest cause is a default alone.',
          act: "Write { means: 'an answer is', default: 'kept', values: [{ value: 'lost', means: 'lost' }, { value: 'kept', means: 'kept' }] }.",
        },
      ]
    if (mayBe(option, option.default)) return []
    return [
      {
        where,
        fact: `its default is ${inWords(option.default)}, which is none of its values`,
        cause: 'The likeliest cause is a default that stands for what a scenario leaves out.',
        act: 'List it among the values, with what it means.',
      },
    ]
  })
}

/** Options that the nodes of a variant read, and that the protocol does not declare: nobody could be told of them. */
export const undeclaredOptions = ({ options = {} }: Protocol, { variant, scenario, where }: Placement): Mistake[] =>
  optionsRead(variant, scenario)
    .filter((name) => options[name] === undefined)
    .map((name) => ({
      where,
      fact: `'nodes' reads option '${name}', which the protocol does not declare`,
      cause: "The likeliest cause is a protocol without 'options', or a slip in the name.",
      act: `Declare it: options: { '${name}': { means, default, values } }, so that it is printed with each verdict.`,
    }))
