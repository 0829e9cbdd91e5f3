import type { Scenario } from '../index.ts'
import { bothOnce, EAST, roaming } from '../roaming.ts'

/** Fair loss needs requests that are sent for ever: no time-out within what is looked at. */
export const endless = {
  timers: { 'Timer B': 'never', 'no ACK': 'never', 'branch time-out': 'never', 'back-off (last)': 'never' },
  options: { retransmissions: 'unlimited' },
} as const

const base = roaming({}, endless)

/** Retransmissions may all be spent before the other side has registered: timers that do not wait for anything. */
const bothMoveEager = base.make('both-move-eager', 'Both hosts move; retransmissions come at any moment.', {
  moves: bothOnce,
  movement: 'atomic',
  timers: { 'Timer A': 'eager', 'proxy Timer A': 'eager' },
  options: { retransmissions: 1 },
})

export const bothMoveOneReturns = base.make('both-move-one-returns', 'Both hosts move, and one returns.', {
  moves: { a: ['west-2', 'west-1'], b: [EAST[0]] },
})

/** Equal back-offs: nothing says which side asks again first. */
export const bothMoveEqualBackOff = base.make(
  'both-move-equal-back-off',
  'Both hosts move; back-offs end at any moment.',
  {
    moves: bothOnce,
    timers: { 'back-off (Call-ID owner)': 'eager', 'back-off (other side)': 'eager' },
    options: { 'retries after 491': 'unlimited' },
  },
)

/** One retransmission is enough to show the loop; more only repeat it. */
export const leavesAgain: Scenario = { ...base.oneReturnsAndLeaves, options: { retransmissions: 1 } }

export const common: readonly Scenario[] = [...base.standard, bothMoveEager]

/** The same scenarios where both hosts moving twice is too much to search. */
export const withOneTwice = (all: readonly Scenario[]): Scenario[] =>
  all.map((s) => (s.name === 'both-move-twice' ? base.bothMoveOneTwice : s))

/** The same scenarios for hosts that keep their old address for a while. */
export const makeBeforeBreak = (s: Scenario): Scenario => ({
  ...s,
  movement: 'make-before-break',
  overlap: 'long',
  // A second move in quick succession comes before the first overlap has ended.
  pace: s.name === 'one-moves-twice' ? 'hurried' : s.pace,
})

/** Long enough for an update each way (α+β of 000 §III.C), not for a back-off. */
export const overlapRoundTrip = base.make(
  'both-move-overlap-round-trip',
  'Both hosts move; the old address is kept until nothing is in flight.',
  { moves: bothOnce, movement: 'make-before-break', overlap: 'round-trip' },
)

export const overlapAny = base.make(
  'both-move-overlap-any',
  'Both hosts move; the old address may be given up at any time.',
  { moves: bothOnce, movement: 'make-before-break', overlap: 'any' },
)
