import { createColors } from 'picocolors'
import type { Claim, ClaimVerdict } from '../claims/claim.ts'
import { claims } from '../claims/index.ts'
import { type CaseOutcome, type ClaimOutcome, Runner } from '../claims/run.ts'
import { ladder } from '../counterexamples/index.ts'
import { errors } from './errors.ts'
import { EXIT } from './exit.ts'
import { paintFor } from './explain.ts'
import { storyOf } from './story.ts'

export interface ClaimsFlags {
  readonly json?: boolean
  readonly paper?: string
}

/** `doublejump claims`: every claim of the papers, decided now; or some of them in full. */
export function claimsCommand(ids: readonly string[], flags: ClaimsFlags): number {
  const chosen = choose(ids, flags)
  const runner = new Runner()
  const outcomes = chosen.map((claim) => runner.decide(claim))
  if (flags.json === true) {
    process.stdout.write(`${JSON.stringify({ version: 1, claims: outcomes.map(asJson) }, null, 2)}\n`)
  } else if (ids.length > 0) {
    for (const outcome of outcomes) process.stdout.write(inFull(outcome))
  } else {
    process.stdout.write(table(outcomes))
  }
  return outcomes.every(({ asExpected }) => asExpected) ? EXIT.asExpected : EXIT.expectedViolationDidNotShow
}

function choose(ids: readonly string[], { paper }: ClaimsFlags): Claim[] {
  const known = claims.map(({ id }) => id)
  for (const id of ids) if (!known.includes(id)) throw errors.noClaim(id, known)
  const papers = [...new Set(known.map((id) => id.split('-')[0]!))]
  if (paper !== undefined && !papers.includes(paper)) throw errors.noPaper(paper, papers)
  return claims.filter(
    ({ id }) => (ids.length === 0 || ids.includes(id)) && (paper === undefined || id.startsWith(`${paper}-`)),
  )
}

const asJson = ({ claim, verdict, asExpected, cases }: ClaimOutcome) => ({
  id: claim.id,
  paper: claim.id.split('-')[0],
  section: claim.where,
  claim: claim.claim,
  expected: markOf(claim, claim.expected),
  verdict: markOf(claim, verdict),
  asExpected,
  decidedBy: decidedBy(claim),
  because: claim.why,
  cases: cases.map(({ case: one, so, text }) => ({ given: one.given, so, found: text })),
})

/** What decides a claim: searches, what is read off the protocols' roles, or a formula. */
function decidedBy({ decide }: Claim): 'search' | 'calculation' | 'roles' | 'several' | null {
  if ('needsTime' in decide) return null
  const cases = 'all' in decide ? decide.all : decide.cases
  const kinds = new Set(
    cases.map((one) => ('target' in one ? 'search' : one.fact.length === 0 ? 'calculation' : 'roles')),
  )
  return kinds.size === 1 ? [...kinds][0]! : 'several'
}

/** For scripts: H holds, F fails, C conditional; OK and ERR where a formula or figure was computed. */
function markOf(claim: Claim, verdict: ClaimVerdict): 'H' | 'F' | 'C' | 'OK' | 'ERR' | 'needs time' {
  if (verdict === 'needs time') return verdict
  if (verdict === 'conditional') return 'C'
  const calculated = decidedBy(claim) === 'calculation'
  return verdict === 'holds' ? (calculated ? 'OK' : 'H') : calculated ? 'ERR' : 'F'
}

function colours() {
  return createColors(process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === '')
}

function table(outcomes: readonly ClaimOutcome[]): string {
  const paint = colours()
  const painted = (verdict: string): string => {
    const text = verdict.padEnd(11)
    if (verdict === 'holds') return paint.green(text)
    return verdict === 'fails' ? paint.red(text) : paint.yellow(text)
  }
  const lines = outcomes.map(
    ({ claim, verdict, asExpected }) =>
      `${claim.id}  ${painted(verdict)}  ${claim.claim}${asExpected ? '' : paint.red(` !! expected: ${claim.expected}`)}\n${paint.dim(`${''.padEnd(21)}${claim.where}. ${claim.why}`)}`,
  )
  const count = (verdict: string): number => outcomes.filter((outcome) => outcome.verdict === verdict).length
  const sums = ['holds', 'conditional', 'fails', 'needs time'].map((verdict) => `${count(verdict)} ${verdict}`)
  const bad = outcomes.filter(({ asExpected }) => !asExpected).length
  return [
    ...lines,
    '',
    `${outcomes.length} claims: ${sums.join(', ')}; ${bad === 0 ? 'all as expected' : `${bad} not as expected (marked !!)`}`,
    paint.dim("'doublejump claims 000-22' shows one in full, with its cases and a run"),
    '',
  ].join('\n')
}

/** One claim with its cases, and the run of the first search that has one. */
function inFull({ claim, verdict, cases }: ClaimOutcome): string {
  const paint = colours()
  const { decide } = claim
  const lines = cases.map(
    ({ case: one, so, text }) => `  ${so ? paint.green('✓') : paint.red('✗')} ${one.given}\n      ${paint.dim(text)}`,
  )
  const run = cases.map(runOf).find((text) => text !== null)
  return [
    `${paint.bold(claim.id)}  ${claim.where}`,
    claim.claim,
    '',
    `${paint.bold(verdict)}: ${claim.why}`,
    ...('needsTime' in decide ? [`  waits for time: ${decide.needsTime}`] : lines),
    '',
    ...(run === undefined ? [] : [run]),
    '',
  ].join('\n')
}

function runOf({ found }: CaseOutcome): string | null {
  if (found === null) return null
  const { protocol, variant, internet, verdict } = found
  if (verdict.kind !== 'violated' || verdict.trace === undefined) return null
  return ladder(
    storyOf(protocol, variant, internet, verdict.property, verdict.reason, verdict.trace),
    paintFor(process.stdout),
  )
}
