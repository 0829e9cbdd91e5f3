import type { Mdp } from './mdp.ts'
import type { Asks } from './question.ts'

/** A Markov decision process as PRISM's explicit files (its manual, appendix 'Explicit Model Files'), by ending. */
export interface PrismFiles {
  /** States, choices, transitions; then a transition a line: from, choice, to, probability. */
  readonly tra: string
  /** Which states are the first, and in which what is asked is so. */
  readonly lab: string
  /** What is asked, at least and at most. */
  readonly props: string
}

const ASKED: Readonly<Record<Asks, string>> = { 'in the end': 'F G "so"', always: 'G "so"', ever: 'F "so"' }

export function prismFiles({ actions }: Mdp, isSo: readonly boolean[], asks: Asks): PrismFiles {
  const choices = actions.reduce((sum, own) => sum + own.length, 0)
  const lines = actions.flatMap((own, from) =>
    own.flatMap(({ to, chance }, choice) => to.map((state, i) => `${from} ${choice} ${state} ${chance[i]}`)),
  )
  return {
    tra: [`${actions.length} ${choices} ${lines.length}`, ...lines, ''].join('\n'),
    lab: ['0="init" 1="deadlock" 2="so"', ...isSo.map((so, i) => `${i}:${i === 0 ? ' 0' : ''}${so ? ' 2' : ''}`)]
      .filter((line) => !line.endsWith(':'))
      .concat('')
      .join('\n'),
    props: `Pmin=? [ ${ASKED[asks]} ]\nPmax=? [ ${ASKED[asks]} ]\n`,
  }
}
