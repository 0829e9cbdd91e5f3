import { globally, is, ltl, not, or, withinSteps } from '../checker/property.ts'
import { IN_TIME } from '../spec/property-ids.ts'
import type { StatedProperty } from './stated.ts'
import { bindingsRight, type Checked, movesAreOver, somebodyMoved } from './subject.ts'

/** P2. Every binding is right so many steps after the last move at the latest. Steps stand for time until there is some. */
export function bindingCorrectInTime(checked: Checked): StatedProperty | null {
  const { subject, internet } = checked
  const steps = subject.within?.[internet.layout.scenario.name]
  if (steps === undefined) return null
  const right = is(bindingsRight(checked))
  return {
    id: IN_TIME,
    means: 'After the last move every binding is right within the number of steps that the variant gives it.',
    ...ltl(globally(or(not(is(movesAreOver(checked))), withinSteps(steps, right)))),
    witness: somebodyMoved(checked),
  }
}
