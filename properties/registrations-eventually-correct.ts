import { eventuallyAlways, type Property } from '../checker/property.ts'
import { isRight, tellBelief } from '../spec/protocol.ts'
import { type Checked, predicate, somebodyMoved } from './subject.ts'

/** Every registrar and home agent knows, from some moment on and for ever, where its host is (000 §III.A). */
export function registrationsEventuallyCorrect(checked: Checked): Property | null {
  const { registrations } = checked.subject
  if (registrations === undefined) return null
  return {
    id: 'registrations-eventually-correct',
    ...eventuallyAlways(
      predicate(checked, 'every registration is correct', (view) => {
        const wrong = registrations(view).filter((belief) => !isRight(view, belief))
        return wrong.length === 0 ? true : wrong.map((belief) => tellBelief(view, belief)).join('; ')
      }),
    ),
    witness: somebodyMoved(checked),
  }
}
