import { storyOf } from '../analysis/story.ts'
import type { Trace } from '../checker/verdict.ts'
import type { Story } from '../counterexamples/index.ts'
import type { Ablation } from './ablations.ts'
import { type Case, type Claim, type ClaimVerdict, casesOf } from './claim.ts'
import type { CaseOutcome, ClaimOutcome } from './decide.ts'
import { formulaOf } from './formula.ts'
import type { Because } from './no-answer.ts'
import type { Found } from './searches.ts'

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
  readonly decidedBy: 'search' | 'calculation' | 'roles' | 'several'
  readonly why: string
  /** What a reader may expect instead, and why it is not what comes out. */
  readonly otherwise: { readonly verdict: string; readonly because: string } | null
  readonly cases: readonly CaseReport[]
  /** A violation, of a case that is not so if there is one; where nothing is violated, the first run that shows what holds. */
  readonly story: Story | null
}

/** One case, and how to come by it again. */
export interface CaseReport {
  readonly given: string
  /** Null: no answer; `because` then says of what kind. */
  readonly so: boolean | null
  readonly because: Because | null
  readonly found: string
  /** What happened in some run, or the verdict would say nothing. */
  readonly shown: string | null
  /** What was asked of a search, or what was computed. */
  readonly formula: string | null
  readonly asks: 'asked' | 'computed'
  /** The command that decides this case alone. */
  readonly command: string
}

export const paperOf = (id: string): string => id.split('-')[0]!

export const reportOf = ({ claim, verdict, asExpected, cases }: ClaimOutcome, ablation?: Ablation): ClaimReport => ({
  id: claim.id,
  paper: paperOf(claim.id),
  where: claim.where,
  claim: claim.claim,
  expected: claim.expected,
  verdict,
  asExpected,
  decidedBy: decidedBy(claim),
  why: claim.why,
  otherwise: claim.otherwise ?? null,
  cases: cases.map((one) => caseReport(claim, one, ablation)),
  story: storyIn(cases),
})

/** What goes wrong says more than what goes well, and most where a claim is not so. */
function storyIn(cases: readonly CaseOutcome[]): Story | null {
  const notSo = cases.filter(({ so }) => so === false)
  const stories = [...notSo.map(violation), ...cases.map(violation), ...cases.map(witness)]
  return stories.find((story) => story !== null) ?? null
}

function caseReport(
  claim: Claim,
  { case: one, so, because, text, found }: CaseOutcome,
  ablation: Ablation | undefined,
): CaseReport {
  const asked = found === null ? null : formulaOf(found.property)
  return {
    given: one.given,
    so,
    because,
    found: text,
    shown: found?.evidence?.name ?? null,
    formula: ('fact' in one ? one.formula : undefined) ?? asked,
    asks: asked === null ? 'computed' : 'asked',
    command: commandFor(claim, one, ablation),
  }
}

/** What ships is checked by `check`; what a claim changes, asks or computes by itself, by the claim. */
function commandFor(claim: Claim, one: Case, ablation: Ablation | undefined): string {
  const alone = `doublejump claims ${claim.id} --case ${casesOf(claim).indexOf(one) + 1}`
  if (ablation !== undefined) return `${alone} --ablation ${ablation}`
  if ('target' in one && one.but === undefined && one.change === undefined && one.own === undefined) {
    return `doublejump check ${one.target} --scenario ${one.scenario} --property ${one.property}`
  }
  return alone
}

/** What decides a claim: searches, what is read off the protocols' roles, or a formula. */
function decidedBy(claim: Claim): ClaimReport['decidedBy'] {
  const kinds = new Set(
    casesOf(claim).map((one) => ('target' in one ? 'search' : one.fact.length === 0 ? 'calculation' : 'roles')),
  )
  return kinds.size === 1 ? [...kinds][0]! : 'several'
}

const tell = ({ protocol, variant, internet, verdict }: Found, reason: string, trace: Trace): Story =>
  storyOf(protocol, variant, internet, verdict.property, reason, trace)

function violation({ found }: CaseOutcome): Story | null {
  if (found?.verdict.kind !== 'violated' || found.verdict.trace === undefined) return null
  return tell(found, found.verdict.reason, found.verdict.trace)
}

/** A run in which what was asked for is reached; else one that shows that a verdict is about something that happens. */
function witness({ found }: CaseOutcome): Story | null {
  if (found === null) return null
  const { verdict, evidence } = found
  if (verdict.kind === 'holds' && verdict.trace !== undefined) return tell(found, 'a run that shows it', verdict.trace)
  if (evidence === null || evidence.trace === null) return null
  return tell(found, `it ${verdict.kind}; a run in which ${evidence.name}`, evidence.trace)
}
