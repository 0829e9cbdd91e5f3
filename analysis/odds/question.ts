import { PredicateTables } from '../../checker/predicates.ts'
import type { Predicate, Property } from '../../checker/property.ts'
import type { Checked } from '../../properties/subject.ts'
import { movesAreOver } from '../../properties/subject.ts'
import { errors } from '../errors.ts'
import type { State, Walker } from '../runs/walker.ts'
import { stateOf } from '../timing/measure.ts'

/** What is asked of each run. */
export type Asks =
  /** From some moment on it is so for good. */
  | 'in the end'
  /** It is so in every state. */
  | 'always'
  /** It is so in some state. */
  | 'ever'

/** A property, as a question about states. */
export interface Question {
  readonly asks: Asks
  isSo(state: State): boolean
  /** All moves have been made. */
  isOver(state: State): boolean
}

/** @throws InputError for a property that is not about states */
export function questionOf(property: Property, checked: Checked, { compiled }: Walker): Question {
  const [asks, predicate] = askedOf(property)
  const tables = new PredicateTables(compiled)
  const over = movesAreOver(checked)
  const says = (one: Predicate) => (state: State) => tables.of(one).holds(state)
  return { asks, isSo: says(predicate), isOver: says(over) }
}

function askedOf(property: Property): readonly [Asks, Predicate] {
  if (property.kind === 'reachable') return ['ever', property.some]
  const state = 'stretch' in property ? null : stateOf(property)
  if (state === null) throw errors.noOdds(property.id)
  return [property.kind === 'safety' ? 'always' : 'in the end', state]
}
