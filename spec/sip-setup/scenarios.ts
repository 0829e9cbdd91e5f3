import type { Scenario } from '../index.ts'
import type { Options } from '../option.ts'
import { EAST, retransmissions, roaming } from '../roaming.ts'
import { endless } from '../sip/scenarios.ts'

/** The user dials and answers at any moment. */
const base = roaming({ timers: { dials: 'eager', answers: 'eager' } }, endless)

export const scenarios: readonly Scenario[] = [
  ...base.standard.filter((s) => s.name !== 'both-move-twice'),
  base.make('callee-moves', 'The callee alone moves.', { moves: { b: [EAST[0]] } }),
]

/** Copies of one INVITE may come from two addresses of the caller: the server answers to where one of them came from. */
export type AnsweredCopy = 'first copy' | 'last copy'
const ANSWERS = 'responses go to the source of'

/** RFC 3261 §17.1.1.2: before Timer B fires, Timer A has sent an INVITE again six times. */
export const MOST_TRIES = 6

export const options: Options = {
  retransmissions: retransmissions(MOST_TRIES),
  [ANSWERS]: {
    means: 'a server of paper 000 responds to',
    default: 'the last copy of a request',
    values: [
      { value: 'the last copy of a request', means: 'where the last copy of a request came from' },
      { value: 'the first copy of a request', means: 'where the first copy of a request came from' },
    ],
  },
}

/** The same at the detail of paper 000, which has no time-outs, and does not say which copy is answered. */
export const paperScenarios = (answered: AnsweredCopy): Scenario[] =>
  scenarios.map((s) => ({
    ...s,
    timers: { dials: 'eager', answers: 'eager' },
    options: { [ANSWERS]: `the ${answered} of a request` },
  }))

export const answeredCopyIn = (s: Scenario): AnsweredCopy =>
  s.options[ANSWERS] === 'the first copy of a request' ? 'first copy' : 'last copy'
