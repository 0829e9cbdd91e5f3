import type { Result } from '../../analysis/job.ts'

/** How reports other than the pretty one say what came out of a check. */
export const titleOf = (result: Result): string =>
  `${result.protocol}/${result.variant} · ${result.scenario} · ${result.property}`

export function outcomeOf(result: Result): string {
  const expectation = result.asExpected ? 'as expected' : `expected: ${result.expected}`
  const why =
    result.explanation ??
    result.reason ??
    (result.incompleteBecause === null ? '' : stoppedBy(result.incompleteBecause))
  return `${result.verdict} (${expectation})${why === '' ? '' : `: ${why}`}`
}

/** Why a search did not see everything. */
export const stoppedBy = (because: string): string =>
  because === 'interrupted' ? 'it was interrupted' : `it was stopped by the bound on ${because}`
