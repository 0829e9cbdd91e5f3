import type { Result } from '../analysis/job.ts'

/** Exit codes, after TLC's. Several at once: the smallest that is not 0. */
export const EXIT = {
  asExpected: 0,
  badInput: 10,
  deadlock: 11,
  safety: 12,
  liveness: 13,
  expectedViolationDidNotShow: 14,
  vacuous: 15,
  incomplete: 16,
  unsupported: 17,
  specThrew: 75,
  internal: 255,
} as const

/** What of a result its exit code depends on. */
type Judged = Pick<Result, 'asExpected' | 'verdict' | 'kind' | 'own'>

export function exitCodeOf(results: readonly Judged[]): number {
  const codes = results.map(codeOf).filter((code) => code !== 0)
  return codes.length === 0 ? EXIT.asExpected : Math.min(...codes)
}

function codeOf(result: Judged): number {
  if (result.asExpected) return EXIT.asExpected
  switch (result.verdict) {
    // A spec that the user wrote is input; one that ships and throws is our fault.
    case 'failed':
      return result.own ? EXIT.badInput : EXIT.specThrew
    case 'incomplete':
      return EXIT.incomplete
    case 'vacuous':
      return EXIT.vacuous
    case 'holds':
      return EXIT.expectedViolationDidNotShow
    case 'violated':
      return { deadlock: EXIT.deadlock, safety: EXIT.safety, reachable: EXIT.safety, liveness: EXIT.liveness }[
        result.kind
      ]
  }
}
