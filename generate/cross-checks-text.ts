import { runRumur } from '../analysis/export/murphi.ts'
import { runSpin } from '../analysis/export/promela.ts'
import { runSpinFair } from '../analysis/export/promela-runs.ts'
import { RUN_TLC } from '../analysis/export/tla-config.ts'
import { type OfRuns, SECONDS_OF_RUNS } from './other-checkers.ts'

/** What is compared, of each variant that has it. */
export const SCENARIOS = ['both-move', 'one-moves']

/** What came of one model, given to other checkers. */
export interface CrossRow {
  readonly target: string
  readonly scenario: string
  /** What we found. */
  readonly states: number
  readonly transitions: number
  /** Properties that are not about whole runs: all of them were compared. */
  readonly claims: number
  /** 'agrees', or in what they differ. */
  readonly spin: string
  /** The same. */
  readonly rumur: string
  /** Of claims of runs. */
  readonly runs: OfRuns
}

/** How many claims of runs SPIN agrees on, and the others by name. */
export function runsText({ agree, weaker, open, differ }: OfRuns): string {
  const all = agree.length + weaker.length + open.length + differ.length
  if (all === 0) return ''
  const others = [...open.map((id) => `${id} open`), ...differ.map((id) => `${id} differs`)]
  const violated = weaker.length === 0 ? '' : `, ${weaker.length} violated there too`
  return [`${agree.length} of ${all}${violated}`, ...others].join(', ')
}

export function crossChecksText(rows: readonly CrossRow[]): string {
  const of = (checker: 'spin' | 'rumur', said: string): number => rows.filter((row) => row[checker] === said).length
  const total = rows.reduce((all, { states }) => all + states, 0)
  const claims = rows.reduce((all, row) => all + row.claims, 0)
  const ofRuns = (how: keyof OfRuns): number => rows.reduce((all, { runs }) => all + runs[how].length, 0)
  const [agreed, weaker, open, differ] = [ofRuns('agree'), ofRuns('weaker'), ofRuns('open'), ofRuns('differ')]
  return [
    '# Other checkers',
    '',
    'Made by `npm run crosscheck` (SPIN, gcc and Rumur from Debian). Each variant is exported (`doublejump export`) as guarded commands: what its rules say of all that can be',
    'reached, with ranks, patience and what becomes of a parcel told as they are. The other checker enumerates the states by itself. Compared are the number of states, the number of',
    'transitions, and each verdict that is not about whole runs (invariants, properties of steps, deadlocks, what is reachable). Not compared: what rules say (they are the input).',
    '',
    `SPIN agrees on ${of('spin', 'agrees')} of ${rows.length} models (${total} states, ${claims} verdicts), Rumur on ${of('rumur', 'agrees')}; Rumur is asked the claims that hold, since it stops at one that`,
    'does not.',
    '',
    'What is claimed of whole runs (linear temporal logic) SPIN is asked too: each fairness class is a process, and SPIN is weakly fair to processes. Where a class is strong (a patient timer, a lossy path), what holds for all weakly fair runs',
    `holds for ours as well; where we find a violation, SPIN must find one too, but its run need not be strongly fair. Of ${agreed + weaker + open + differ} such claims SPIN agrees on ${agreed}; ${weaker} more are violated for both, for SPIN perhaps by a less fair run; ${open} are open:`,
    `it finds such a run where we find that the claim holds, or takes more than ${SECONDS_OF_RUNS} s (too long). It differs on ${differ}. Claims that count steps are not asked.`,
    '',
    'TLC has strong fairness too. Where `TLA_TOOLS` names its jar, `npm run crosscheck` asks it as well, and says on standard error what it found.',
    '',
    'To repeat one by hand:',
    '',
    '```sh',
    'doublejump export sip/direct --scenario both-move --out model.pml',
    runSpin(),
    'doublejump export sip/direct --scenario both-move --format promela-runs --out model.pml',
    runSpinFair(),
    'doublejump export mptcp/client-joins --scenario both-move --format murphi --out model.m',
    runRumur(),
    'doublejump export sip/direct --scenario both-move --format tla --out model.tla',
    RUN_TLC,
    '```',
    '',
    'SPIN counts the initial state as the end of a transition: it says one more. After its statistics, `claim <name>: <n>` says in how many places it saw that a claim is not so, or, of what is to be reachable, that it is.',
    '`--format tla` is a module of TLA+, with its `.cfg` beside it. TLC stops at the first claim that is violated; with those taken out of the `.cfg`, it finds as many distinct states, and generates one more than there are',
    'transitions. `--format aut` writes the graph itself, for CADP and mCRL2, `--format dot` for Graphviz.',
    '',
    '| variant | scenario | states | transitions | verdicts | SPIN | of runs | Rumur |',
    '|---|---|---:|---:|---:|---|---|---|',
    ...rows.map(
      (row) =>
        `| \`${row.target}\` | ${row.scenario} | ${row.states} | ${row.transitions} | ${row.claims} | ${row.spin} | ${runsText(row.runs)} | ${row.rumur} |`,
    ),
    '',
  ].join('\n')
}
