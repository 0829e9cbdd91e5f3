import { eventuallyAlways } from '../checker/property.ts'
import { REGISTRATIONS } from '../spec/property-ids.ts'
import type { StatedProperty } from './stated.ts'
import { allRight, type Checked, somebodyMoved } from './subject.ts'

/** Every registrar and home agent knows, from some moment on and for ever, where its host is (000 §III.A). */
export function registrationsEventuallyCorrect(checked: Checked): StatedProperty | null {
  const { registrations } = checked.subject
  if (registrations === undefined) return null
  return {
    id: REGISTRATIONS,
    means: 'From some moment on, and for ever, each registrar and home agent knows where its host is.',
    ...eventuallyAlways(allRight(checked, 'every registration is correct', registrations)),
    witness: somebodyMoved(checked),
  }
}
