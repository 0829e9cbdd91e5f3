import type { DecidedBox } from '../analysis/timing/by-others.ts'
import type { GridBox } from '../analysis/timing/grid.ts'
import type { Linear } from '../analysis/timing/linear.ts'
import { problemOfStory } from './decided-file.ts'

/** What is wrong with a search of a box that a file says was decided; null where nothing is. @param all the whole grid */
export function problemOfBox(one: unknown, all: GridBox): string | null {
  const { box, mostStates, states, transitions, found } = (one ?? {}) as Partial<DecidedBox>
  const fits =
    Array.isArray(box) &&
    box.length === all.length &&
    all.every(([, last], i) => {
      const [from, to] = (box[i] ?? []) as unknown[]
      return (
        [from, to].every(Number.isInteger) &&
        0 <= (from as number) &&
        (from as number) <= (to as number) &&
        (to as number) <= last
      )
    })
  const isBounded = mostStates === null || (typeof mostStates === 'number' && mostStates > 0)
  if (!fits || !isBounded || typeof states !== 'number' || typeof transitions !== 'number')
    return 'a search in it does not say what it was of.'
  switch (found?.kind) {
    case 'no run':
    case 'not known':
      return null
    case 'run': {
      const { forms, story } = found
      const areForms = forms === null || (Array.isArray(forms) && forms.every((form) => isForm(form, all.length)))
      if (!areForms) return 'a run in it does not say what it takes.'
      return story === null ? null : problemOfStory(story)
    }
    default:
      return 'a search in it has no outcome.'
  }
}

function isForm(form: unknown, parameters: number): boolean {
  const { constant, coefficients } = (form ?? {}) as Partial<Linear>
  return (
    typeof constant === 'number' &&
    Array.isArray(coefficients) &&
    coefficients.length === parameters &&
    coefficients.every((one) => typeof one === 'number')
  )
}
