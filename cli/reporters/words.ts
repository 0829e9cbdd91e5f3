import type { Result } from '../../analysis/job.ts'

/** How reports other than the pretty one say what came out of a check. */
export const titleOf = (result: Result): string =>
  `${result.protocol}/${result.variant} · ${scenarioOf(result)} · ${result.property}`

/** With a clock, or with fewer states or steps, that is said. */
export const scenarioOf = ({ scenario, timed, reduced }: Result): string =>
  `${scenario}${timed ? ', timed' : ''}${reduced.length > 0 ? `, reduced by ${reduced.join(' and ')}` : ''}`

export function outcomeOf(result: Result): string {
  const expected = `expected${result.timed ? ' without a clock' : ''}`
  const expectation = result.asExpected ? `as ${expected}` : `${expected}: ${result.expected}`
  const why = result.verdict === 'incomplete' ? whyIncomplete(result) : (result.explanation ?? result.reason ?? '')
  const leaning = leaningOf(result)
  return `${result.verdict} (${expectation})${why === '' ? '' : `: ${why}`}${leaning === null ? '' : `; ${leaning}`}`
}

/** What a verdict leans on that no clock would have so; null where there is nothing of the sort. */
export function leaningOf({ heldBack }: Result): string | null {
  if (heldBack === null)
    return 'whether a timer is armed for ever in a run and never fires was not found out: time or memory did not last'
  if (heldBack.length === 0) return null
  const [are, fire] = heldBack.length === 1 ? ['is', 'fires'] : ['are', 'fire']
  return `it leans on this: ${heldBack.join(', ')} ${are} armed for ever in a run and never ${fire}, behind shorter timers; ask again with --timed`
}

/** Why a search did not see everything, or was not made. */
export function whyIncomplete({ incompleteBecause: because, reason, reduced }: Result): string {
  if (because === 'reduction')
    return `it was not asked, since with --reduce ${reduced.join(' and ')} it cannot be: ${reason}`
  return because === 'interrupted' ? 'it was interrupted' : `it was stopped by the bound on ${because}`
}
