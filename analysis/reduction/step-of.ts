import { costOf } from '../../checker/cost.ts'
import type { Label, Model, Value } from '../../checker/model.ts'
import { after, enabledOutcomes } from '../../checker/reference.ts'

export type State = readonly Value[]

export interface Step {
  readonly label: Label
  readonly state: State
}

/**
 * The cheapest of the steps of the whole model that are wanted, for a run that was found in a reduced one.
 *
 * @param what is to happen, in words
 * @throws Error where there is none: then the reduction is wrong
 */
export function stepOf(model: Model, from: State, what: string, isWanted: (step: Step) => boolean): Step {
  const steps = enabledOutcomes(model, from)
    .map((outcome) => ({ label: outcome.label, state: after(model, from, outcome) }))
    .filter(isWanted)
    .sort((one, other) => costOf(one.label) - costOf(other.label))
  if (steps[0] === undefined)
    throw new Error(`A step of the reduced model is none of the whole one: ${what}. This is a bug: please report it.`)
  return steps[0]
}
