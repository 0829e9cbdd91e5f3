import { type Address, addressIn, type Network, networkOf } from './internet/address.ts'
import { type Scenario, scenario } from './internet/scenario.ts'
import type { View } from './internet/view.ts'
import type { Option } from './option.ts'
import { GOES_STALE } from './property-ids.ts'
import { type Belief, type Expectations, type Subject, violated } from './protocol.ts'

/** Where the two hosts of a session roam: a in the west, b in the east. Each starts in the first network, away from home. */
export const WEST = ['west-2', 'west-3'] as const
export const EAST = ['east-2', 'east-3'] as const
export const START = { a: 'west-1', b: 'east-1' } as const
export type End = keyof typeof START
export const ENDS: readonly End[] = ['a', 'b']
export const other = (end: End): End => (end === 'a' ? 'b' : 'a')

/** Where an end is at first. */
export const startOf = (end: End): Address => addressIn(START[end], end)

/** For protocols with home agents: the home address of an end, and its agent's. */
export const homeOf = (end: End): Address => `home-${end}/${end}`
export const agentOf = (end: End): Address => `home-${end}/ha`

/** Each host moves once. */
export const bothOnce = { a: [WEST[0]], b: [EAST[0]] }

/**
 * The scenarios that every protocol between two roaming hosts is checked in.
 *
 * @param always what is assumed in each of them (timers that never fire within what is looked at, for example)
 * @param fairLoss what fair loss needs besides: signalling that goes on for ever
 */
export function roaming(always: Partial<Scenario> = {}, fairLoss: Partial<Scenario> = {}) {
  const make = (name: string, title: string, given: Partial<Scenario>): Scenario =>
    scenario(name, title, { ...always, ...given, timers: { ...always.timers, ...given.timers } })
  const oneMoves = { moves: { a: [WEST[0]] } }
  const twice = { pace: 'settled', movement: 'atomic' } as const
  const base = {
    oneMoves: make('one-moves', 'One host moves once.', oneMoves),
    bothMove: make('both-move', 'Both hosts move once: the double jump.', { moves: bothOnce }),
    oneMovesTwice: make('one-moves-twice', 'One host moves twice in quick succession.', { moves: { a: WEST } }),
    bothMoveTwice: make('both-move-twice', 'Both hosts move twice; the handoffs of one host do not overlap.', {
      moves: { a: WEST, b: EAST },
      ...twice,
    }),
    bothMoveOneTwice: make('both-move-one-twice', 'Both hosts move, one of them twice; its handoffs do not overlap.', {
      moves: { a: WEST, b: [EAST[0]] },
      ...twice,
    }),
    oneReturns: make('one-returns', 'One host moves, and may return or stay where it went.', {
      moves: { a: ['west-2', 'west-1'] },
    }),
    oneMovesOneLoss: make('one-moves-one-loss', 'One host moves; the network loses at most one packet.', {
      ...oneMoves,
      losses: 1,
    }),
    bothMoveOneLoss: make('both-move-one-loss', 'Both hosts move; the network loses at most one packet.', {
      moves: bothOnce,
      losses: 1,
    }),
    bothMoveFairLoss: make(
      'both-move-fair-loss',
      'Both hosts move; the network loses any number of packets, but not all of a kind for ever.',
      { moves: bothOnce, losses: 'fair', ...fairLoss },
    ),
    bothMoveReordered: make('both-move-reordered', 'Both hosts move; packets overtake each other.', {
      moves: bothOnce,
      links: 'bag',
    }),
    bothMoveAtomic: make('both-move-atomic', 'Both hosts move, each in one step without a gap.', {
      moves: bothOnce,
      movement: 'atomic',
    }),
    /** Out of the network that it came back to, before anybody has heard of it. */
    oneReturnsAndLeaves: make('one-returns-and-leaves', 'One host moves, returns, and leaves again.', {
      moves: { a: ['west-2', 'west-1', 'west-3'] },
      movement: 'atomic',
    }),
  }
  const { bothMoveOneTwice: _, oneReturnsAndLeaves: __, ...usual } = base
  /** Those that every protocol is checked in, in the order of reports. */
  const standard: readonly Scenario[] = Object.values(usual)
  return { ...base, make, standard }
}

/** The option 'retransmissions' of protocols that ask `triesIn`. */
export const retransmissions = (most: number): Option => ({
  means: 'what is not answered is sent again',
  default: 'enough',
  values: [
    { value: 1, means: 'once' },
    { value: 'enough', means: `once more than moves and losses could swallow it, ${most} times at most` },
    { value: 'unlimited', means: 'without end' },
  ],
  counts: true,
})

/**
 * How often something may be sent again before its time-out: as often as there are moves and losses that could swallow it, plus
 * one, and no more than its standard says. A patient timer fires once for each; more would only repeat the last state. The
 * option 'retransmissions' says otherwise.
 */
export function triesIn(s: Scenario, most: number): number | 'unlimited' {
  const given = s.options.retransmissions
  // With time, it ends the tries: all that the standard has fit in.
  if (s.time !== undefined && given === undefined) return most
  if (given === 'unlimited' || typeof given === 'number') return given
  const moves = Object.values(s.moves).reduce((sum, stops) => sum + stops.length, 0)
  return Math.min(most, 1 + moves + (s.losses === 'fair' ? 0 : s.losses))
}

/** The networks that hosts leave in a scenario: where something may wait for what still arrives. */
export function networksLeft(s: Scenario): Network[] {
  const left = ENDS.flatMap((end) =>
    [START[end], ...(s.moves[end] ?? [])]
      .slice(0, -1)
      .map((stop) => (typeof stop === 'string' ? stop : networkOf(stop.address))),
  )
  return [...new Set(left)]
}

/** The same scenarios for hosts that keep their old address until no timer runs; atomic moves make no sense then. */
export const makeBeforeBreak = (scenarios: readonly Scenario[]): Scenario[] =>
  scenarios
    .filter((s) => s.name !== 'both-move-atomic')
    .map((s) => ({ ...s, movement: 'make-before-break', overlap: 'long' }))

/**
 * The double jump with the two lengths of overlap that every protocol with make before break is asked, so that their rows can
 * be compared.
 *
 * @param always what is assumed in both, as in `roaming`
 */
export function overlaps(always: Partial<Scenario> = {}): Scenario[] {
  const { make } = roaming(always)
  const given = { moves: bothOnce, movement: 'make-before-break' } as const
  return [
    make('both-move-brief-overlap', 'Both hosts move and keep their old address until nothing is in flight.', {
      ...given,
      overlap: 'round-trip',
    }),
    make('both-move-long-overlap', 'Both hosts move and keep their old address until no timer runs.', {
      ...given,
      overlap: 'long',
    }),
  ]
}

/** Each end's belief about the other, read off its state. */
export const beliefsOfEnds = <State>(believes: (state: State) => Address | null): Belief[] =>
  ENDS.map((end) => ({ holder: end, about: other(end), believes: (view) => believes(view.state<State>(end)) }))

/** Why the session has ended at each end, read off its state. */
export const sessionsOfEnds = <State>(ended: (state: State) => string | null): NonNullable<Subject['sessions']> =>
  Object.fromEntries(ENDS.map((end) => [end, (view: View) => ended(view.state<State>(end))]))

/** Each server's belief about its end: `prefix-a` about a, `prefix-b` about b. */
export const beliefsOfServers = <State>(prefix: string, believes: (state: State) => Address | null): Belief[] =>
  ENDS.map((end) => ({
    holder: `${prefix}-${end}`,
    about: end,
    believes: (view) => believes(view.state<State>(`${prefix}-${end}`)),
  }))

/** For expectations: an address that is kept long enough is never wrong, in the scenarios of `makeBeforeBreak`. */
export const neverStale = (...more: readonly string[]): Expectations =>
  Object.fromEntries(
    [...makeBeforeBreak(roaming().standard).map((s) => s.name), ...more].map((name) => [name, violated(GOES_STALE)]),
  )
