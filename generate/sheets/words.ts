import type { BoundsAsked } from '../../analysis/timing/bounds.ts'
import type { Varied } from '../../analysis/timing/grid.ts'
import type { Interval } from '../../spec/internet/timing.ts'
import type { Query } from './sheet.ts'

// What several sheets ask with.

/** Milliseconds, exactly. */
export const at = (milliseconds: number): Interval => [milliseconds, milliseconds]
export const vary = (name: string, from: number, to: number, step: number): Varied => ({ name, from, to, step })

export const BOTH = 'both-move'
export const SILENT = 'both-move-no-retransmission'
export const BINDING = 'binding-eventually-correct'
export const REACH = 'eventually-reachable-both-ways'
export const SESSION = 'session-survives'
export const GOOD_END = 'a-good-end-is-reachable'

/** One way, as a rule. */
export const d = at(25)

/** For which parameters a property holds: the binding, where both move once, unless it says otherwise. */
export const bounds = (
  target: string,
  asked: Omit<BoundsAsked, 'scenario' | 'property'> & Partial<BoundsAsked> & Pick<Query, 'note' | 'expect'>,
): Query => ({ kind: 'bounds', target, scenario: BOTH, property: BINDING, ...asked })

/** How long a property takes to hold, at least and at most. */
export const duration = (
  target: string,
  property: string,
  given: Query['given'],
  expect: readonly [string, string],
  note?: string,
): Query => ({
  kind: 'duration',
  target,
  scenario: BOTH,
  property,
  given,
  expect: [`at least: ${expect[0]}`, `at most: ${expect[1]}`],
  ...(note === undefined ? {} : { note }),
})
