import { storyOf } from '../analysis/story.ts'
import type { Story } from '../counterexamples/index.ts'
import type { Claim, ClaimVerdict } from './claim.ts'
import type { CaseOutcome, ClaimOutcome } from './decide.ts'

/** What came out of a claim, as plain data. */
export interface ClaimReport {
  readonly id: string
  readonly paper: string
  /** Section, figure or equation. */
  readonly where: string
  readonly claim: string
  readonly expected: ClaimVerdict
  readonly verdict: ClaimVerdict
  readonly asExpected: boolean
  readonly decidedBy: 'search' | 'calculation' | 'roles' | 'several' | null
  readonly why: string
  /** What it waits for, where it cannot be decided yet. */
  readonly needs: string | null
  readonly cases: readonly { readonly given: string; readonly so: boolean | null; readonly found: string }[]
  /** The run of the first search that has one. */
  readonly story: Story | null
}

export const paperOf = (id: string): string => id.split('-')[0]!

export const reportOf = ({ claim, verdict, asExpected, cases }: ClaimOutcome): ClaimReport => ({
  id: claim.id,
  paper: paperOf(claim.id),
  where: claim.where,
  claim: claim.claim,
  expected: claim.expected,
  verdict,
  asExpected,
  decidedBy: decidedBy(claim),
  why: claim.why,
  needs: 'needsTime' in claim.decide ? claim.decide.needsTime : null,
  cases: cases.map(({ case: one, so, text }) => ({ given: one.given, so, found: text })),
  story: cases.map(storyOfCase).find((story) => story !== null) ?? null,
})

/** What decides a claim: searches, what is read off the protocols' roles, or a formula. */
function decidedBy({ decide }: Claim): ClaimReport['decidedBy'] {
  if ('needsTime' in decide) return null
  const cases = 'all' in decide ? decide.all : decide.cases
  const kinds = new Set(
    cases.map((one) => ('target' in one ? 'search' : one.fact.length === 0 ? 'calculation' : 'roles')),
  )
  return kinds.size === 1 ? [...kinds][0]! : 'several'
}

function storyOfCase({ found }: CaseOutcome): Story | null {
  if (found === null) return null
  const { protocol, variant, internet, verdict } = found
  if (verdict.kind !== 'violated' || verdict.trace === undefined) return null
  return storyOf(protocol, variant, internet, verdict.property, verdict.reason, verdict.trace)
}
