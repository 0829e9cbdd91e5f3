import type { Case, Claim, ClaimVerdict } from './claim.ts'
import type { Found, Searches } from './searches.ts'

/** What came out of one case. */
export interface CaseOutcome {
  readonly case: Case
  /** Whether the claim is true in it. */
  readonly so: boolean
  readonly text: string
  readonly found: Found | null
}

export interface ClaimOutcome {
  readonly claim: Claim
  readonly verdict: ClaimVerdict
  readonly asExpected: boolean
  readonly cases: readonly CaseOutcome[]
}

/** What comes out of a claim, by the searches that its cases ask for. */
export function decide(claim: Claim, searches: Searches): ClaimOutcome {
  const { decide: by } = claim
  if ('needsTime' in by) {
    return { claim, verdict: 'needs time', asExpected: claim.expected === 'needs time', cases: [] }
  }
  const outcomes = ('all' in by ? by.all : by.cases).map((one) => outcomeOf(one, searches))
  const so = outcomes.filter((outcome) => outcome.so).length
  const verdict: ClaimVerdict = so === outcomes.length ? 'holds' : so === 0 || 'all' in by ? 'fails' : 'conditional'
  return { claim, verdict, asExpected: verdict === claim.expected, cases: outcomes }
}

function outcomeOf(one: Case, searches: Searches): CaseOutcome {
  if ('fact' in one) {
    const { so, text } = one.fact(searches)
    return { case: one, so, text, found: null }
  }
  const found = searches.search(one)
  const { kind } = found.verdict
  const text = `${one.target}, ${one.scenario}: ${one.property} ${kind}, ${found.verdict.statistics.states} states`
  return { case: one, so: kind === one.is, text, found }
}
