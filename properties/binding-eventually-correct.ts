import { eventuallyAlways, type Property } from '../checker/property.ts'
import { isRight, tellBelief } from '../spec/protocol.ts'
import { type Checked, predicate, somebodyMoved } from './subject.ts'

/** P1. Once the moves end, each side's binding for the other is, from some moment on and for ever, where the other is. */
export function bindingEventuallyCorrect(checked: Checked): Property {
  return {
    id: 'binding-eventually-correct',
    ...eventuallyAlways(
      predicate(checked, 'every binding is correct', (view) => {
        const wrong = checked.subject.beliefs(view).filter((belief) => !isRight(view, belief))
        return wrong.length === 0 ? true : wrong.map((belief) => tellBelief(view, belief)).join('; ')
      }),
    ),
    witness: somebodyMoved(checked),
  }
}
