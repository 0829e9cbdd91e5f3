import { distance } from 'fastest-levenshtein'
import type { RoleError } from '../../spec/internet/role-error.ts'
import type { Unusable } from '../../spec/internet/unusable.ts'
import { nearest } from '../nearest.ts'

/** A mistake in a protocol, found without a search. */
export interface Mistake {
  /** "node 'a', scenario 'both-move' of variant 'direct'", the nearest first. */
  readonly where: string
  /** What is so: a sentence without its full stop. */
  readonly fact: string
  /** The likeliest cause: a sentence. */
  readonly cause: string
  /** What to do next: a sentence. */
  readonly act: string
}

/** The same mistakes seen from further out: "node 'a'" becomes "node 'a', variant 'direct'". */
export const within = (where: string, mistakes: readonly Mistake[]): Mistake[] =>
  mistakes.map((mistake) => ({ ...mistake, where: mistake.where === '' ? where : `${mistake.where}, ${where}` }))

/** What somebody gave that cannot be used, as a mistake; null for an error of another sort. */
export function mistakeFrom(error: unknown, where = ''): Mistake | null {
  if (isA<RoleError>(error, 'RoleError')) return mistakeFrom(error.cause, `node '${error.node}' on '${error.on}'`)
  return isA<Unusable>(error, 'Unusable') ? { where, fact: error.fact, cause: error.why, act: error.act } : null
}

/** By name: a file of one's own may have loaded the class a second time. */
export const isA = <E extends Error>(error: unknown, name: E['name']): error is E =>
  error instanceof Error && error.name === name

/** A slip of the finger leaves most of a name as it was. */
function isSlip(name: string, meant: string): boolean {
  const far = distance(name, meant)
  return far <= Math.ceil(meant.length / 3) && far < meant.length
}

/** For a name that is not among those that are known. */
export function didYouMean(name: string, known: readonly string[]): Pick<Mistake, 'cause' | 'act'> {
  const [meant] = nearest(name, known)
  if (meant === undefined)
    return {
      cause: 'The likeliest cause is that it was never declared: there is none at all.',
      act: 'Leave it out, or declare one.',
    }
  return {
    cause: isSlip(name, meant)
      ? `The likeliest cause is a slip: did you mean '${meant}'?`
      : 'The likeliest cause is that it has another name now, or was never declared.',
    act: `There ${new Set(known).size === 1 ? 'is' : 'are'}: ${[...new Set(known)].join(', ')}.`,
  }
}

/** The known name that one which is not known is a slip of; undefined where it is none. */
export const slipOf = (name: string, known: readonly string[]): string | undefined =>
  nearest(name, known).find((meant) => isSlip(name, meant))

/** Mistakes that differ only in where they are, and in what there is instead, are one, which says in how many more places it is. */
export function onceEach(mistakes: readonly Mistake[]): Mistake[] {
  const groups = new Map<string, Mistake[]>()
  for (const mistake of mistakes) {
    const key = JSON.stringify([mistake.fact, mistake.cause])
    groups.set(key, [...(groups.get(key) ?? []), mistake])
  }
  return [...groups.values()].map((same) => {
    const [first, ...more] = new Set(same.map(({ where }) => where))
    return { ...same[0]!, where: more.length === 0 ? first! : `${first} (and in ${more.length} more)` }
  })
}
