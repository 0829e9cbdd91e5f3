import { type Case, type Claim, type ClaimVerdict, casesOf } from './claim.ts'
import { type Because, NoAnswer } from './no-answer.ts'
import type { Found, Searches } from './searches.ts'

/** What came out of one case. */
export interface CaseOutcome {
  readonly case: Case
  /** Whether the claim is true in it; null where there is no answer. */
  readonly so: boolean | null
  readonly text: string
  /** Why there is no answer. */
  readonly because: Because | null
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
  const outcomes = casesOf(claim).map((one) => outcomeOf(one, searches))
  const verdict = verdictOf(outcomes, 'all' in by)
  return { claim, verdict, asExpected: verdict === claim.expected, cases: outcomes }
}

/** One case of it alone (from 1): the verdict is that of the case, and any answer is as expected. */
export function decideCase(claim: Claim, number: number, searches: Searches): ClaimOutcome {
  const outcome = outcomeOf(casesOf(claim)[number - 1]!, searches)
  return { claim, verdict: verdictOf([outcome], true), asExpected: outcome.so !== null, cases: [outcome] }
}

/**
 * The one rule. A case without an answer leaves the claim without one. Else it holds where it is so in every case, and fails where it is so in
 * none; in between, parts make it fail, and conditions make it conditional.
 */
export function verdictOf(cases: readonly Pick<CaseOutcome, 'so'>[], areParts: boolean): ClaimVerdict {
  if (cases.some(({ so }) => so === null)) return 'no answer'
  if (cases.every(({ so }) => so)) return 'holds'
  return areParts || !cases.some(({ so }) => so) ? 'fails' : 'conditional'
}

function outcomeOf(one: Case, searches: Searches): CaseOutcome {
  try {
    if ('fact' in one) {
      const { so, text, found = null } = one.fact(searches)
      return { case: one, so, text, because: so === null ? 'vacuous' : null, found }
    }
    const found = searches.search(one)
    const { kind, statistics } = found.verdict
    const text = `${one.target}, ${one.scenario}: ${one.property} ${kind}, ${statistics.states} states`
    return { case: one, so: kind === one.is, text, because: null, found }
  } catch (error) {
    // What a role or a calculation throws is no answer either.
    const text = error instanceof Error ? error.message : String(error)
    return { case: one, so: null, text, because: error instanceof NoAnswer ? error.because : 'failed', found: null }
  }
}
