import { createColors } from 'picocolors'
import { ABLATIONS, type Ablation } from '../claims/ablations.ts'
import { casesOf } from '../claims/claim.ts'
import { figures } from '../claims/figures/index.ts'
import { claims as allClaims } from '../claims/list.ts'
import { pageOf } from '../claims/pages/page.ts'
import { papers } from '../claims/pages/papers.ts'
import { numbersTask } from '../claims/pages/task.ts'
import { type CaseReport, type ClaimReport, paperOf } from '../claims/report.ts'
import { type Asked, claimTask } from '../claims/task.ts'
import { ladder } from '../counterexamples/index.ts'
import { type Register, withLimits } from './command.ts'
import { errors } from './errors.ts'
import { EXIT } from './exit.ts'
import { paintFor } from './explain.ts'
import { type LimitFlags, limitsFrom, wholeNumber } from './options.ts'
import { runTask, runTasks } from './threads.ts'

export const claims: Register = (program, end) => {
  withLimits(
    program
      .command('claims')
      .summary('the claims of the papers, decided')
      .description(
        'Decides every checkable claim of the five papers by search or calculation; with ids, shows those in full.',
      )
      .argument('[id...]', 'a claim, for example 004-22')
      .option('--paper <number>', 'only those of one paper: 000, 001, 002, 003, 004')
      .option('--case <n>', 'of one claim, this case alone')
      .option(
        '--ablation <what>',
        "what a verdict is worth: decide with every role broken, by 'does-nothing' or by 'throws'; no claim may hold by a search then",
      )
      .option('--format <name>', 'text, json, or md: the page of one paper (--paper)')
      .option('--json', 'the same as --format json'),
  )
    .addHelpText(
      'after',
      '\nExamples:\n  doublejump claims --paper 000\n  doublejump claims 000-22\n  doublejump claims 000-01 --ablation does-nothing',
    )
    .action((ids: string[], flags: ClaimsFlags) => end(claimsCommand(ids, flags)))
}

interface ClaimsFlags extends LimitFlags {
  readonly json?: boolean
  readonly format?: string
  readonly paper?: string
  readonly case?: string
  readonly ablation?: string
}

const FORMATS = ['text', 'json', 'md']

/** `doublejump claims`: every claim of the papers, decided now; or some of them in full. */
async function claimsCommand(ids: readonly string[], flags: ClaimsFlags): Promise<number> {
  const format = flags.json === true ? 'json' : (flags.format ?? 'text')
  if (!FORMATS.includes(format)) throw errors.notAFormat(format, FORMATS)
  const asked = choose(ids, flags)
  const paper = papers.find(({ number }) => number === flags.paper)
  if (format === 'md' && paper === undefined) throw errors.needsPaper()
  const outcomes = await runTasks(claimTask, asked, 2, ({ id }) => id)
  const reports = outcomes.map((outcome) => {
    if (outcome.kind === 'failed') throw outcome.error
    return outcome.found
  })
  if (format === 'json') {
    process.stdout.write(`${JSON.stringify({ version: 1, claims: reports.map(asJson) }, null, 2)}\n`)
  } else if (format === 'md') {
    const numbers = await runTask(numbersTask, null)
    process.stdout.write(pageOf({ paper: paper!, claims: reports, numbers, figures, pictures: null }))
  } else if (ids.length > 0) {
    for (const report of reports) process.stdout.write(inFull(report))
  } else {
    process.stdout.write(table(reports))
  }
  const codes = reports.filter(({ asExpected }) => !asExpected).flatMap(codesOf)
  return codes.length === 0 ? EXIT.asExpected : Math.min(...codes)
}

/** Why a claim is not as expected: a case without an answer, or another answer. */
function codesOf({ cases }: ClaimReport): number[] {
  const code = { failed: EXIT.specThrew, incomplete: EXIT.incomplete, vacuous: EXIT.vacuous } as const
  const unanswered = cases.flatMap(({ because }) => (because === null ? [] : [code[because]]))
  return unanswered.length === 0 ? [EXIT.expectedViolationDidNotShow] : unanswered
}

function choose(ids: readonly string[], flags: ClaimsFlags): Asked[] {
  const { paper } = flags
  const known = allClaims.map(({ id }) => id)
  for (const id of ids) if (!known.includes(id)) throw errors.noClaim(id, known)
  const papers = [...new Set(known.map(paperOf))]
  if (paper !== undefined && !papers.includes(paper)) throw errors.noPaper(paper, papers)
  const chosen = known.filter(
    (id) => (ids.length === 0 || ids.includes(id)) && (paper === undefined || paperOf(id) === paper),
  )
  const how = { limits: limitsFrom(flags), ...ablationIn(flags) }
  if (flags.case === undefined) return chosen.map((id) => ({ id, ...how }))
  const [id] = chosen
  if (chosen.length !== 1 || id === undefined) throw errors.caseOfOneClaim(flags.case)
  const number = wholeNumber('--case', flags.case)
  const cases = casesOf(allClaims.find((claim) => claim.id === id)!)
  if (number > cases.length) throw errors.noCase(id, number, cases.length)
  return [{ id, case: number, ...how }]
}

function ablationIn({ ablation }: ClaimsFlags): Pick<Asked, 'ablation'> {
  if (ablation === undefined) return {}
  if (!(ablation in ABLATIONS)) throw errors.noAblation(ablation, Object.keys(ABLATIONS))
  return { ablation: ablation as Ablation }
}

const asJson = (report: ClaimReport) => ({
  id: report.id,
  paper: report.paper,
  section: report.where,
  claim: report.claim,
  expected: markOf(report, report.expected),
  verdict: markOf(report, report.verdict),
  asExpected: report.asExpected,
  decidedBy: report.decidedBy,
  because: report.why,
  otherwise: report.otherwise,
  cases: report.cases,
})

/** For scripts: H holds, F fails, C conditional; OK and ERR where a formula or figure was computed. */
function markOf(
  { decidedBy }: ClaimReport,
  verdict: ClaimReport['verdict'],
): 'H' | 'F' | 'C' | 'OK' | 'ERR' | 'no answer' {
  if (verdict === 'no answer') return verdict
  if (verdict === 'conditional') return 'C'
  const calculated = decidedBy === 'calculation'
  return verdict === 'holds' ? (calculated ? 'OK' : 'H') : calculated ? 'ERR' : 'F'
}

function colours() {
  return createColors(process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === '')
}

function table(reports: readonly ClaimReport[]): string {
  const paint = colours()
  const painted = (verdict: string): string => {
    const text = verdict.padEnd(11)
    if (verdict === 'holds') return paint.green(text)
    return verdict === 'fails' ? paint.red(text) : paint.yellow(text)
  }
  const lines = reports.map(
    ({ id, claim, where, why, verdict, expected, asExpected, cases }) =>
      `${id}  ${painted(verdict)}  ${claim}${asExpected ? '' : paint.red(` !! expected: ${expected}`)}\n${paint.dim(`${''.padEnd(21)}${where}. ${verdict === 'no answer' ? unansweredIn(cases) : why}`)}`,
  )
  const count = (verdict: string): number => reports.filter((report) => report.verdict === verdict).length
  const sums = ['holds', 'conditional', 'fails', 'no answer']
    .filter((verdict) => verdict !== 'no answer' || count(verdict) > 0)
    .map((verdict) => `${count(verdict)} ${verdict}`)
  const bad = reports.filter(({ asExpected }) => !asExpected).length
  return [
    ...lines,
    '',
    `${reports.length} claims: ${sums.join(', ')}; ${bad === 0 ? 'all as expected' : `${bad} not as expected (marked !!)`}`,
    paint.dim("'doublejump claims 000-22' shows one in full, with its cases and a run"),
    '',
  ].join('\n')
}

/** Which case has no answer, and why. */
const unansweredIn = (cases: readonly CaseReport[]): string =>
  cases.flatMap(({ given, so, found }) => (so === null ? [`No answer where ${given}: ${found}`] : [])).join('; ')

/** One claim with its cases, and the run of the first search that has one. */
function inFull({ id, where, claim, verdict, why, otherwise, cases, story }: ClaimReport): string {
  const paint = colours()
  const mark = (so: boolean | null): string =>
    so === null ? paint.yellow('?') : so ? paint.green('✓') : paint.red('✗')
  const lines = cases.flatMap(({ given, so, found, shown, formula, asks, command }) => [
    `  ${mark(so)} ${given}`,
    ...[
      so === null ? `no answer: ${found}` : found,
      ...(formula === null ? [] : [`${asks}: ${formula}`]),
      ...(shown === null ? [] : [`it does happen that ${shown}`]),
      `again: ${command}`,
    ].map((text) => `      ${paint.dim(text)}`),
  ])
  return [
    `${paint.bold(id)}  ${where}`,
    claim,
    '',
    `${paint.bold(verdict)}: ${verdict === 'no answer' ? unansweredIn(cases) : why}`,
    ...(otherwise === null ? [] : [`one could say '${otherwise.verdict}': ${otherwise.because}`]),
    ...lines,
    '',
    ...(story === null ? [] : [ladder(story, paintFor(process.stdout))]),
    '',
  ].join('\n')
}
