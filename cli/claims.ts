import { createColors } from 'picocolors'
import { claims as allClaims } from '../claims/index.ts'
import { type ClaimReport, paperOf } from '../claims/report.ts'
import { claimsTask } from '../claims/task.ts'
import { ladder } from '../counterexamples/index.ts'
import type { Register } from './command.ts'
import { errors } from './errors.ts'
import { EXIT } from './exit.ts'
import { paintFor } from './explain.ts'
import { runTask } from './threads.ts'

export const claims: Register = (program, end) => {
  program
    .command('claims')
    .summary('the claims of the papers, decided')
    .description(
      'Decides every checkable claim of the five papers by search or calculation; with ids, shows those in full.',
    )
    .argument('[id...]', 'a claim, for example 004-22')
    .option('--paper <number>', 'only those of one paper: 000, 001, 002, 003, 004')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExamples:\n  doublejump claims --paper 000\n  doublejump claims 000-22')
    .action((ids: string[], flags: ClaimsFlags) => end(claimsCommand(ids, flags)))
}

interface ClaimsFlags {
  readonly json?: boolean
  readonly paper?: string
}

/** `doublejump claims`: every claim of the papers, decided now; or some of them in full. */
async function claimsCommand(ids: readonly string[], flags: ClaimsFlags): Promise<number> {
  const reports = await runTask(claimsTask, choose(ids, flags))
  if (flags.json === true) {
    process.stdout.write(`${JSON.stringify({ version: 1, claims: reports.map(asJson) }, null, 2)}\n`)
  } else if (ids.length > 0) {
    for (const report of reports) process.stdout.write(inFull(report))
  } else {
    process.stdout.write(table(reports))
  }
  return reports.every(({ asExpected }) => asExpected) ? EXIT.asExpected : EXIT.expectedViolationDidNotShow
}

function choose(ids: readonly string[], { paper }: ClaimsFlags): string[] {
  const known = allClaims.map(({ id }) => id)
  for (const id of ids) if (!known.includes(id)) throw errors.noClaim(id, known)
  const papers = [...new Set(known.map(paperOf))]
  if (paper !== undefined && !papers.includes(paper)) throw errors.noPaper(paper, papers)
  return known.filter((id) => (ids.length === 0 || ids.includes(id)) && (paper === undefined || paperOf(id) === paper))
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
  cases: report.cases,
})

/** For scripts: H holds, F fails, C conditional; OK and ERR where a formula or figure was computed. */
function markOf(
  { decidedBy }: ClaimReport,
  verdict: ClaimReport['verdict'],
): 'H' | 'F' | 'C' | 'OK' | 'ERR' | 'needs time' {
  if (verdict === 'needs time') return verdict
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
    ({ id, claim, where, why, verdict, expected, asExpected }) =>
      `${id}  ${painted(verdict)}  ${claim}${asExpected ? '' : paint.red(` !! expected: ${expected}`)}\n${paint.dim(`${''.padEnd(21)}${where}. ${why}`)}`,
  )
  const count = (verdict: string): number => reports.filter((report) => report.verdict === verdict).length
  const sums = ['holds', 'conditional', 'fails', 'needs time'].map((verdict) => `${count(verdict)} ${verdict}`)
  const bad = reports.filter(({ asExpected }) => !asExpected).length
  return [
    ...lines,
    '',
    `${reports.length} claims: ${sums.join(', ')}; ${bad === 0 ? 'all as expected' : `${bad} not as expected (marked !!)`}`,
    paint.dim("'doublejump claims 000-22' shows one in full, with its cases and a run"),
    '',
  ].join('\n')
}

/** One claim with its cases, and the run of the first search that has one. */
function inFull({ id, where, claim, verdict, why, needs, cases, story }: ClaimReport): string {
  const paint = colours()
  const lines = cases.map(
    ({ given, so, found }) => `  ${so ? paint.green('✓') : paint.red('✗')} ${given}\n      ${paint.dim(found)}`,
  )
  return [
    `${paint.bold(id)}  ${where}`,
    claim,
    '',
    `${paint.bold(verdict)}: ${why}`,
    ...(needs === null ? lines : [`  waits for time: ${needs}`]),
    '',
    ...(story === null ? [] : [ladder(story, paintFor(process.stdout))]),
    '',
  ].join('\n')
}
