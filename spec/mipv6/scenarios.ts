import { type Scenario, scenario } from '../index.ts'

/** a roams in the west, b in the east; both are away from home all the time, with warm binding caches. */
const A = ['west-2', 'west-3'] as const
const B = ['east-2', 'east-3'] as const
const bothMove = { a: [A[0]], b: [B[0]] }

/** Unless a scenario says otherwise, no binding and no nonce runs out: what is looked at is shorter than 240 s. */
const LONG_TIMERS = { 'nonce lifetime': 'never', 'binding refresh': 'never', 'binding lifetime': 'never' } as const
const NO_RETRANSMISSION = {
  'home BU retransmission': 'never',
  'RR retransmission': 'never',
  'BU retransmission': 'never',
} as const

const withLongTimers = (name: string, title: string, given: Partial<Scenario>): Scenario =>
  scenario(name, title, { ...given, timers: { ...LONG_TIMERS, ...given.timers } })

export const oneMoves = withLongTimers('one-moves', 'One host moves once.', { moves: { a: [A[0]] } })
export const oneMovesTwice = withLongTimers('one-moves-twice', 'One host moves twice in quick succession.', {
  moves: { a: A },
})
export const bothMove_ = withLongTimers('both-move', 'Both hosts move once: the double jump.', { moves: bothMove })
export const bothMoveTwice = withLongTimers(
  'both-move-twice',
  'Both hosts move twice; the handoffs of one host do not overlap.',
  { moves: { a: A, b: B }, pace: 'settled', movement: 'atomic' },
)
/** For variants that keep so much state that two moves of both are out of reach. */
export const bothMoveOneTwice = withLongTimers(
  'both-move-one-twice',
  'Both hosts move, one of them twice; its handoffs do not overlap.',
  { moves: { a: A, b: [B[0]] }, pace: 'settled', movement: 'atomic' },
)
export const oneReturns = withLongTimers('one-returns', 'One host moves and returns.', {
  moves: { a: ['west-2', 'west-1'] },
})
export const oneMovesOneLoss = withLongTimers(
  'one-moves-one-loss',
  'One host moves; the network loses at most one packet.',
  {
    moves: { a: [A[0]] },
    losses: 1,
  },
)
export const bothMoveOneLoss = withLongTimers(
  'both-move-one-loss',
  'Both hosts move; the network loses at most one packet.',
  { moves: bothMove, losses: 1 },
)
export const bothMoveFairLoss = withLongTimers(
  'both-move-fair-loss',
  'Both hosts move; the network loses any number of packets, but not all of a kind for ever.',
  { moves: bothMove, losses: 'fair' },
)
export const bothMoveReordered = withLongTimers(
  'both-move-reordered',
  'Both hosts move; packets overtake each other.',
  {
    moves: bothMove,
    links: 'bag',
  },
)
export const bothMoveAtomic = withLongTimers('both-move-atomic', 'Both hosts move, each in one step without a gap.', {
  moves: bothMove,
  movement: 'atomic',
})
/** What a repair does by itself: nothing is sent a second time but by the repair. */
export const bothMoveNoRetransmission = withLongTimers(
  'both-move-no-retransmission',
  'Both hosts move; mobile nodes send nothing a second time.',
  { moves: bothMove, timers: NO_RETRANSMISSION },
)
export const bothMoveReorderedNoRetransmission = withLongTimers(
  'both-move-reordered-no-retransmission',
  'Both hosts move; packets overtake each other; mobile nodes send nothing a second time.',
  { moves: bothMove, links: 'bag', timers: NO_RETRANSMISSION },
)
export const shortTimers = withLongTimers(
  'both-move-short-proxy-timers',
  'Both hosts move; nothing is sent a second time, and the agents may forget what they keep at any moment.',
  { moves: bothMove, timers: { ...NO_RETRANSMISSION, T_b: 'eager', T_h: 'eager', T_p: 'eager' } },
)
export const lifetimesExpire = scenario(
  'both-move-lifetimes-expire',
  'Both hosts move; then bindings run out after 420 s.',
  {
    moves: bothMove,
    timers: { 'nonce lifetime': 'never' },
    options: { retransmissions: 2 },
  },
)
export const nonceExpires = withLongTimers(
  'one-moves-nonce-expires',
  'One host moves; the home nonce may have expired.',
  {
    moves: { a: [A[0]] },
    timers: { 'nonce lifetime': 'eager' },
  },
)
export const returnsAndLeaves = withLongTimers('one-returns-and-leaves', 'One host moves, returns, and leaves again.', {
  moves: { a: ['west-2', 'west-1', 'west-3'] },
  movement: 'atomic',
  pace: 'settled',
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
  bothMoveNoRetransmission,
]

/** The common scenarios without some that are out of reach for a variant (tens of millions of states). */
export const commonWithout = (...names: readonly string[]): Scenario[] => [
  ...[...common, bothMoveOneTwice].filter((s) => !names.includes(s.name)),
]
