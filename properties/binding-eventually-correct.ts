import { eventuallyAlways } from '../checker/property.ts'
import { BINDING } from '../spec/property-ids.ts'
import type { StatedProperty } from './stated.ts'
import { bindingsRight, type Checked, somebodyMoved } from './subject.ts'

/** P1. Once the moves end, each side's binding for the other is, from some moment on and for ever, where the other is. */
export function bindingEventuallyCorrect(checked: Checked): StatedProperty {
  return {
    id: BINDING,
    means: 'From some moment on, and for ever, each side has the address at which the other is.',
    ...eventuallyAlways(bindingsRight(checked)),
    witness: somebodyMoved(checked),
  }
}
