import { RUN_RUMUR } from '../analysis/export/murphi.ts'
import { RUN_SPIN } from '../analysis/export/promela.ts'

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
}

export function crossChecksText(rows: readonly CrossRow[]): string {
  const of = (checker: 'spin' | 'rumur', said: string): number => rows.filter((row) => row[checker] === said).length
  const total = rows.reduce((all, { states }) => all + states, 0)
  const claims = rows.reduce((all, row) => all + row.claims, 0)
  return [
    '# Other checkers',
    '',
    'Made by `npm run crosscheck` (SPIN, gcc and Rumur from Debian). Each variant is exported (`doublejump export`) as guarded commands: what its rules say of all that can be',
    'reached, with ranks, patience and what becomes of a parcel told as they are. The other checker enumerates the states by itself. Compared are the number of states, the number of',
    'transitions, and each verdict that is not about whole runs (invariants, properties of steps, deadlocks, what is reachable). Not compared: what rules say (they are the input), and liveness.',
    '',
    `SPIN agrees on ${of('spin', 'agrees')} of ${rows.length} models (${total} states, ${claims} verdicts), Rumur on ${of('rumur', 'agrees')}; Rumur is asked the claims that hold, since it stops at one that`,
    'does not.',
    '',
    'To repeat one by hand:',
    '',
    '```sh',
    'doublejump export sip/direct --scenario both-move --out model.pml',
    RUN_SPIN,
    'doublejump export mptcp/client-joins --scenario both-move --format murphi --out model.m',
    RUN_RUMUR,
    '```',
    '',
    'SPIN counts the initial state as the end of a transition: it says one more. After its statistics, `claim <name>: <n>` says in how many places it saw that a claim is not so, or, of what is to be reachable, that it is.',
    '`--format aut` writes the graph itself, for CADP and mCRL2.',
    '',
    '| variant | scenario | states | transitions | verdicts | SPIN | Rumur |',
    '|---|---|---:|---:|---:|---|---|',
    ...rows.map(
      (row) =>
        `| \`${row.target}\` | ${row.scenario} | ${row.states} | ${row.transitions} | ${row.claims} | ${row.spin} | ${row.rumur} |`,
    ),
    '',
  ].join('\n')
}
