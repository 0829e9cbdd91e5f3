import type { Predicate, StatePredicate } from '../../checker/property.ts'

/** A predicate with other leaves. */
export function mappedPredicate(predicate: Predicate, leaf: (one: StatePredicate) => StatePredicate): Predicate {
  const { name } = predicate
  if ('all' in predicate) return { name, all: predicate.all.map((part) => mappedPredicate(part, leaf)) }
  if ('any' in predicate) return { name, any: predicate.any.map((part) => mappedPredicate(part, leaf)) }
  return leaf(predicate)
}
