import { shippedVariant, worldOf } from '../../analysis/world.ts'
import type { Model } from '../../checker/model.ts'
import {
  eventually,
  eventuallyAlways,
  infinitelyOften,
  leadsTo,
  type Predicate,
  type Property,
} from '../../checker/property.ts'
import { ours } from '../../generate/other-checkers.ts'
import { randomModel } from '../laws/random-model.ts'

/** A shipped variant in one of its scenarios, as others are given it, and what we find. */
export function exported(name: string, scenario: string): ReturnType<typeof ours> {
  const target = shippedVariant(name)
  const { internet, properties } = worldOf(target, target.variant.scenarios.find((one) => one.name === scenario)!)
  return ours(internet.model, properties)
}

export const cellIs = (cell: number, value: number): Predicate => ({
  name: `cell ${cell} is ${value}`,
  holds: (look) => look(cell) === value || 'it is not',
})
export const [p, q] = [cellIs(0, 0), cellIs(1, 1)]

/** What other checkers are asked of runs of random models. */
export const claimsOfRuns: readonly Property[] = [
  { id: 'in the end', ...eventuallyAlways(p) },
  { id: 'once', ...eventually(q) },
  { id: 'again and again', ...infinitelyOften(q) },
  { id: 'one leads to the other', ...leadsTo(p, q) },
]

/** With one initial state and two cells at least; owed steps that change nothing are among them. */
export const modelsToExport = randomModel(3, 4)
  .filter(({ cells }) => cells.length > 1)
  .map((model): Model => ({ ...model, initial: model.initial.slice(0, 1) }))
