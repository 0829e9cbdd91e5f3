import type { Result } from '../analysis/job.ts'
import { ladder } from '../counterexamples/index.ts'

/** What is said where a test does not come out as it says. */

const nameOf = ({ protocol, variant, scenario, property }: Result): string =>
  `${property} of ${protocol}/${variant} in '${scenario}'`

/** What came of a search, with what there is to see of it. */
export function told(result: Result): string {
  const { verdict, states, reason, incompleteBecause, story, assumptions } = result
  const run = story === null ? '' : `\n\n${ladder(story)}`
  switch (verdict) {
    case 'holds':
      return `${nameOf(result)} holds (${states} states).\nAssumed: ${assumptions.join(' · ')}${run}`
    case 'violated':
      return `${nameOf(result)} is violated${story === null ? `: ${reason}.` : `.${run}`}`
    case 'vacuous':
      return `${nameOf(result)} is vacuous: ${reason}. Nothing violates it, but only because what it speaks of never happens; the likeliest cause is a scenario in which too little moves.`
    case 'incomplete':
      if (incompleteBecause === 'reduction')
        return `${nameOf(result)} cannot be asked of fewer states: ${reason}. Leave out 'reduce'.`
      return `${nameOf(result)} is not known: the search ended by its limit of ${incompleteBecause}, after ${states} states. Raise it ({ limits: { ${incompleteBecause}: … } }), or take a smaller scenario.`
    case 'failed':
      return `${nameOf(result)} is not known: the spec threw. ${reason}${run}`
  }
}

const many = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`

/** What a violation takes, where something else was expected. */
export function otherCost(
  { moves, faults }: Result,
  expected: { readonly moves?: number; readonly faults?: number },
): string {
  const takes =
    moves === null || faults === null
      ? 'What cannot be reached has no run with moves or faults'
      : `The least run that violates it takes ${many(moves, 'move')} and ${many(faults, 'fault')}`
  const asked = [
    ...(expected.moves === undefined ? [] : [many(expected.moves, 'move')]),
    ...(expected.faults === undefined ? [] : [many(expected.faults, 'fault')]),
  ]
  return `${takes}; expected: ${asked.join(' and ')}.`
}
