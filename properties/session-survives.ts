import { always } from '../checker/property.ts'
import { SESSION } from '../spec/property-ids.ts'
import type { StatedProperty } from './stated.ts'
import { type Checked, predicate, somebodyMoved } from './subject.ts'

/** P5. No end ever closes the session (a dialog, an association) because of mobility. */
export function sessionSurvives(checked: Checked): StatedProperty | null {
  const { sessions } = checked.subject
  if (sessions === undefined) return null
  return {
    id: SESSION,
    means: 'Neither end ever closes the session because of the moves.',
    ...always({
      name: 'the session lives at both ends',
      all: Object.entries(sessions).map(([end, ended]) =>
        predicate(checked, `the session lives at ${end}`, (view) => {
          const why = ended(view)
          return why === null ? true : `${end} ${why}`
        }),
      ),
    }),
    witness: somebodyMoved(checked),
  }
}
