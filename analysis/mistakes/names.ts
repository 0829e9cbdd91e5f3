import { inWords } from '../../spec/internet/unusable.ts'
import type { Protocol } from '../../spec/protocol.ts'
import type { Mistake } from './mistake.ts'

/** Names by which files are called and arguments given: of the protocol, its variants, their scenarios. */
export const badNames = (protocol: Protocol): Mistake[] => [
  ...notAName(protocol.name, 'protocol', ''),
  ...protocol.variants.flatMap((variant) => [
    ...notAName(variant.name, 'variant', `protocol '${protocol.name}'`),
    ...variant.scenarios.flatMap(({ name }) => notAName(name, 'scenario', `variant '${variant.name}'`)),
  ]),
]

/** Two of one name: one of them would be meant by it, and the other never looked at. */
export const sameNames = (protocol: Protocol): Mistake[] => [
  ...twice(
    protocol.variants.map(({ name }) => name),
    'variants',
    `protocol '${protocol.name}'`,
  ),
  ...protocol.variants.flatMap((variant) =>
    twice(
      variant.scenarios.map(({ name }) => name),
      'scenarios',
      `variant '${variant.name}'`,
    ),
  ),
]

/** @param things what has the names, in the plural */
export function twice(names: readonly string[], things: string, where: string): Mistake[] {
  const again = names.filter((name, i) => names.indexOf(name) !== i)
  return [...new Set(again)].map((name) => ({
    where,
    fact: `${names.filter((other) => other === name).length} ${things} have the name '${name}'`,
    cause: 'The likeliest cause is a copy of which the name was not changed.',
    act: 'Give each a name of its own: by it they are asked for, expected, and reported.',
  }))
}

/** Why a name cannot be one; null where it can. */
function whyNot(name: string): string | null {
  if (name === '') return 'it is empty'
  if (/[/\\]/.test(name)) return 'it has a slash in it'
  if (name.includes('..')) return "it has '..' in it"
  if (/\p{Cc}/u.test(name)) return 'it has a control character in it'
  if (name.startsWith('-')) return "it begins with '-', as an option does"
  if (name.trim() !== name) return 'it begins or ends with a space'
  if (name in {}) return 'every object has a field of that name'
  return null
}

/** A name by which a file is to be called, and that is to be given as an argument. */
export function notAName(name: string, thing: string, where: string): Mistake[] {
  const why = whyNot(name)
  if (why === null) return []
  return [
    {
      where,
      fact: `${inWords(name)} cannot be the name of a ${thing}: ${why}`,
      cause: 'The likeliest cause is a title, or a path, in the place of a name.',
      act: 'Give it a name of letters, digits and hyphens: reports and files are called by it.',
    },
  ]
}
