import { eventuallyAlways, type Property } from '../checker/property.ts'
import { REGISTRATIONS } from '../spec/property-ids.ts'
import { allRight, type Checked, somebodyMoved } from './subject.ts'

/** Every registrar and home agent knows, from some moment on and for ever, where its host is (000 §III.A). */
export function registrationsEventuallyCorrect(checked: Checked): Property | null {
  const { registrations } = checked.subject
  if (registrations === undefined) return null
  return {
    id: REGISTRATIONS,
    ...eventuallyAlways(allRight(checked, 'every registration is correct', registrations)),
    witness: somebodyMoved(checked),
  }
}
