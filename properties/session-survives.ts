import { always, type Property } from '../checker/property.ts'
import { type Checked, predicate, somebodyMoved } from './subject.ts'

/** P5. No end ever closes the session (a dialog, an association) because of mobility. */
export function sessionSurvives(checked: Checked): Property | null {
  const { sessions } = checked.subject
  if (sessions === undefined) return null
  return {
    id: 'session-survives',
    ...always(
      predicate(checked, 'the session lives at both ends', (view) => {
        for (const [end, ended] of Object.entries(sessions(view))) if (ended !== null) return `${end}: ${ended}`
        return true
      }),
    ),
    witness: somebodyMoved(checked),
  }
}
