import { type Scenario, scenario } from '../index.ts'

/** a roams in the west, b in the east; each starts away from home, in the first network. */
const A = ['west-2', 'west-3'] as const
const B = ['east-2', 'east-3'] as const
const bothMove = { a: [A[0]], b: [B[0]] }

/** Fair loss needs requests that are sent for ever: no time-out within what is looked at. */
const forEver = {
  timers: { 'Timer B': 'never', 'no ACK': 'never', 'branch time-out': 'never' },
  options: { retransmissions: 'unlimited' },
} as const

export const oneMoves = scenario('one-moves', 'One host moves once.', { moves: { a: [A[0]] } })
export const oneMovesTwice = scenario('one-moves-twice', 'One host moves twice in quick succession.', {
  moves: { a: A },
})
export const bothMove_ = scenario('both-move', 'Both hosts move once: the double jump.', { moves: bothMove })
export const bothMoveTwice = scenario(
  'both-move-twice',
  'Both hosts move twice; the handoffs of one host do not overlap.',
  { moves: { a: A, b: B }, pace: 'settled', movement: 'atomic' },
)
export const oneReturns = scenario('one-returns', 'One host moves and returns.', { moves: { a: ['west-2', 'west-1'] } })
export const bothMoveOneReturns = scenario('both-move-one-returns', 'Both hosts move, and one returns.', {
  moves: { a: ['west-2', 'west-1'], b: [B[0]] },
})
export const oneMovesOneLoss = scenario('one-moves-one-loss', 'One host moves; the network loses at most one packet.', {
  moves: { a: [A[0]] },
  losses: 1,
})
export const bothMoveOneLoss = scenario(
  'both-move-one-loss',
  'Both hosts move; the network loses at most one packet.',
  {
    moves: bothMove,
    losses: 1,
  },
)
export const bothMoveFairLoss = scenario(
  'both-move-fair-loss',
  'Both hosts move; the network loses any number of packets, but not all of a kind for ever.',
  { moves: bothMove, losses: 'fair', ...forEver },
)
export const bothMoveReordered = scenario('both-move-reordered', 'Both hosts move; packets overtake each other.', {
  moves: bothMove,
  links: 'bag',
})
export const bothMoveAtomic = scenario('both-move-atomic', 'Both hosts move, each in one step without a gap.', {
  moves: bothMove,
  movement: 'atomic',
})
/** Retransmissions may all be spent before the other side has registered: timers that do not wait for anything. */
export const bothMoveEager = scenario('both-move-eager', 'Both hosts move; retransmissions come at any moment.', {
  moves: bothMove,
  movement: 'atomic',
  timers: { 'Timer A': 'eager', 'proxy Timer A': 'eager' },
  options: { retransmissions: 1 },
})
/** Equal back-offs: nothing says which side asks again first. */
export const bothMoveEqualBackOff = scenario(
  'both-move-equal-back-off',
  'Both hosts move; back-offs end at any moment.',
  {
    moves: bothMove,
    timers: { 'back-off (Call-ID owner)': 'eager', 'back-off (other side)': 'eager' },
    options: { 'retries after 491': 'unlimited' },
  },
)
export const leavesAgain = scenario('one-returns-and-leaves', 'One host moves, returns, and leaves again.', {
  moves: { a: ['west-2', 'west-1', 'west-3'] },
  movement: 'atomic',
  options: { retransmissions: 1 },
})

export const common: readonly Scenario[] = [
  oneMoves,
  bothMove_,
  oneMovesTwice,
  bothMoveTwice,
  oneReturns,
  oneMovesOneLoss,
  bothMoveOneLoss,
  bothMoveFairLoss,
  bothMoveReordered,
  bothMoveAtomic,
  bothMoveEager,
]

/** The same scenarios for hosts that keep their old address for a while. */
export const makeBeforeBreak = (s: Scenario): Scenario => ({ ...s, movement: 'make-before-break', overlap: 'long' })

/** Long enough for an update each way (α+β of 000 §III.C), not for a back-off. */
export const overlapRoundTrip = scenario(
  'both-move-overlap-round-trip',
  'Both hosts move; the old address is kept until nothing is in flight.',
  { moves: bothMove, movement: 'make-before-break', overlap: 'round-trip' },
)
export const overlapAny = scenario(
  'both-move-overlap-any',
  'Both hosts move; the old address may be given up at any time.',
  {
    moves: bothMove,
    movement: 'make-before-break',
    overlap: 'any',
  },
)
