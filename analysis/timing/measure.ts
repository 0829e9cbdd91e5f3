import type { Look } from '../../checker/model.ts'
import {
  always,
  type Claim,
  type Formula,
  finally_,
  globally,
  infinitelyOften,
  is,
  ltl,
  negated,
  not,
  or,
  type Predicate,
  type Property,
  type StepPredicate,
} from '../../checker/property.ts'
import { isTrue } from '../../checker/timed/stopwatch.ts'
import { type Checked, movesAreOver } from '../../properties/subject.ts'
import { errors } from '../errors.ts'

/** What can be measured of a property, by name, in words. */
export const MEASURES = {
  wrong: 'how long it is not so, at a stretch',
  repair: 'from the end of the last move, until it is so for good',
  lasts: 'from the end of the last move until it fails, where it does',
} as const
export type MeasureName = keyof typeof MEASURES

/** A duration: what a stopwatch runs for, and what is looked at where it has, or has not, gone off. */
export interface Measure {
  /** The stopwatch runs while this is true. */
  readonly runs: Predicate
  /** Violated by a run that shows a duration: `counts` says of a state whether the stopwatch says what is looked for. */
  longer(isOver: (look: Look) => boolean): Claim
  shorter(isOver: (look: Look) => boolean): Claim
  /** Holds where it comes to an end in every run; nothing where only those that come to an end are measured. */
  readonly ends?: Claim
}

/**
 * A measure of a property.
 *
 * @throws InputError where that cannot be measured of such a property
 */
export function measureOf(name: MeasureName, property: Property, checked: Checked): Measure {
  const right = stateOf(property)
  if (right === null || !measuresOf(property).includes(name))
    throw errors.noMeasure(name, property.id, measuresOf(property))
  const over = movesAreOver(checked)
  const wrong = negated(right)
  switch (name) {
    case 'wrong':
      return whileRunning(wrong)
    case 'repair':
      return {
        runs: over,
        longer: (isOver) => noneSeen((look) => isOver(look) && !isTrue(right, look)),
        shorter: (isOver) => noneSeen((look) => !isOver(look) && isTrue(over, look) && isTrue(right, look)),
        ends: ltl(or(not(finally_(globally(is(over)))), finally_(globally(is(right))))),
      }
    case 'lasts': {
      const runs: Predicate = { name: `${over.name}, ${right.name}`, all: [over, right] }
      return {
        runs,
        longer: (isOver) => noEndOf(runs, isOver),
        shorter: (isOver) => noEndOf(runs, (look) => !isOver(look)),
      }
    }
  }
}

/** What can be measured of a property. */
export function measuresOf(property: Property): MeasureName[] {
  if (stateOf(property) === null) return []
  if ('stretch' in property) return ['wrong']
  return property.kind === 'safety' ? ['lasts'] : ['wrong', 'repair']
}

/** What is measured where nobody says what. */
export const usualMeasureOf = (property: Property): MeasureName =>
  'stretch' in property ? 'wrong' : property.kind === 'safety' ? 'lasts' : 'repair'

/** How long something is so, at a stretch: also where that never ends. */
export const whileRunning = (runs: Predicate): Measure => ({
  runs,
  longer: noneSeen,
  shorter: (isOver) => noEndOf(runs, (look) => !isOver(look)),
  ends: infinitelyOften(negated(runs)),
})

const noneSeen = (seen: (look: Look) => boolean): Claim =>
  always({ name: 'so long', holds: (look) => !seen(look) || 'it can be' })

/** No stretch ends of which that is true. */
const noEndOf = (runs: Predicate, seen: (look: Look) => boolean): Claim => {
  const step: StepPredicate = {
    name: 'so long',
    holds: (before, after) => !(isTrue(runs, before) && !isTrue(runs, after) && seen(before)) || 'it can be',
  }
  return { kind: 'safety', everyStep: [step] }
}

/** The state predicate that a property is about: what is always so, at last so, again and again, or at last always; null for another sort of property. */
export function stateOf(property: Property): Predicate | null {
  if ('stretch' in property) return negated(property.stretch)
  if (property.kind === 'safety') return 'always' in property ? property.always : null
  if (property.kind !== 'liveness') return null
  let { formula }: { formula: Formula } = property
  while (formula.op === 'eventually' || formula.op === 'always') formula = formula.of
  return formula.op === 'is' ? formula.predicate : null
}
