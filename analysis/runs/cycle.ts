import type { Fairness } from '../../checker/model.ts'
import type { Formula, Predicate } from '../../checker/property.ts'

/**
 * A class of steps that a cycle owes, so that no run may go round it for ever; null where one may. By the definition that the search has
 * (`checker/fairness.ts`): a weak class that each of its states enables is taken in it, and so is a strong class that any of them enables.
 *
 * @param taken the classes of its steps; −1 is none
 * @param enabled for each of its states, the classes of what can happen there
 */
export function owedBy(
  fairness: readonly Fairness[],
  taken: ReadonlySet<number>,
  enabled: readonly ReadonlySet<number>[],
): Fairness | null {
  for (const number of new Set(enabled.flatMap((classes) => [...classes]))) {
    if (number < 0 || taken.has(number)) continue
    if (fairness[number]!.strength === 'strong' || enabled.every((classes) => classes.has(number)))
      return fairness[number]!
  }
  return null
}

/**
 * Whether a formula is true of the run that goes through positions 0 … length − 1 and then from `loopStart` on again, for ever. The run decides
 * each part of the formula at each position: there is nothing to search.
 */
export function isTrueOf(
  formula: Formula,
  length: number,
  loopStart: number,
  holds: (predicate: Predicate, position: number) => boolean,
): boolean {
  const next = (position: number): number => (position + 1 < length ? position + 1 : loopStart)
  const everywhere = (truth: (position: number) => boolean): boolean[] => Array.from({ length }, (_, i) => truth(i))
  /** A fixed point, from the end backwards: the second time round the cycle is settled. */
  const settled = (start: boolean, step: (position: number, then: boolean) => boolean): boolean[] => {
    const truth = everywhere(() => start)
    for (let round = 0; round < 2; round++) for (let i = length - 1; i >= 0; i--) truth[i] = step(i, truth[next(i)]!)
    return truth
  }
  const truthOf = (f: Formula): boolean[] => {
    switch (f.op) {
      case 'constant':
        return everywhere(() => f.value)
      case 'is':
        return everywhere((i) => holds(f.predicate, i))
      case 'not':
        return truthOf(f.of).map((truth) => !truth)
      case 'next': {
        const of = truthOf(f.of)
        return everywhere((i) => of[next(i)]!)
      }
      case 'always': {
        const of = truthOf(f.of)
        return settled(true, (i, then) => of[i]! && then)
      }
      case 'eventually': {
        const of = truthOf(f.of)
        return settled(false, (i, then) => of[i]! || then)
      }
      case 'and':
      case 'or':
      case 'until':
      case 'release': {
        const [left, right] = [truthOf(f.left), truthOf(f.right)]
        if (f.op === 'and') return everywhere((i) => left[i]! && right[i]!)
        if (f.op === 'or') return everywhere((i) => left[i]! || right[i]!)
        return f.op === 'until'
          ? settled(false, (i, then) => right[i]! || (left[i]! && then))
          : settled(true, (i, then) => right[i]! && (left[i]! || then))
      }
    }
  }
  return truthOf(formula)[0]!
}

/** The predicate p of a formula 'eventually always p', of which a cycle alone decides; null for any other formula. */
export function alwaysInTheEnd(formula: Formula): Predicate | null {
  return formula.op === 'eventually' && formula.of.op === 'always' && formula.of.of.op === 'is'
    ? formula.of.of.predicate
    : null
}

/** The predicates of a formula, in the order in which they are written. */
export function predicatesOf(formula: Formula): Predicate[] {
  switch (formula.op) {
    case 'constant':
      return []
    case 'is':
      return [formula.predicate]
    case 'not':
    case 'next':
    case 'always':
    case 'eventually':
      return predicatesOf(formula.of)
    default:
      return [...new Set([...predicatesOf(formula.left), ...predicatesOf(formula.right)])]
  }
}
