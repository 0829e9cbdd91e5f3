import { timingWith } from '../../analysis/timing/parameters.ts'
import { inEveryState, isOver, rightAbout } from '../changes.ts'
import { type Case, search } from '../claim.ts'
import { seen } from '../evidence.ts'
import { NoAnswer } from '../no-answer.ts'
import type { Searches } from '../searches.ts'
import { whole } from './quantities.ts'

/** When host a hands off, and how far its peer is; whole milliseconds (000 §III.C, Fig. 5). */
export interface HandoffOfA {
  /** e: when it leaves. */
  readonly leaves: number
  /** γ: how long it is nowhere. */
  readonly blackout: number
  /** α: one way, either way; β is then γ + α. */
  readonly latency: number
  /** How long the peer is nowhere before it sends its update. */
  readonly blackoutOfPeer: number
}

/** What a host sends for the last time is looked at until then. */
const LATEST = 3000

/**
 * Whether b's updates that are sent within some time are all lost, or all arrive: b leaves a blackout before it sends. A search with a clock.
 *
 * @param sent from when to when, in milliseconds
 */
export function sentWithin(
  given: string,
  [from, to]: readonly [number, number],
  { leaves, blackout, latency, blackoutOfPeer }: HandoffOfA,
  is: 'lost' | 'not lost',
): Extract<Case, { readonly target: string }> {
  const name = `in the end a is ${is === 'lost' ? 'wrong' : 'right'} about b`
  return search(given, 'sip-paper/direct', 'both-move', name, 'holds', {
    but: {
      timers: { 'Timer A': 'never' },
      time: timingWith({
        d: [latency, latency],
        'leaves(a)': [leaves, leaves],
        'blackout(a)': [blackout, blackout],
        'leaves(b)': [from - blackoutOfPeer, to - blackoutOfPeer],
        'blackout(b)': [blackoutOfPeer, blackoutOfPeer],
      }),
    },
    shows: seen('all moves are over', (view) => isOver(view) || 'something goes on'),
    own: (checked) =>
      inEveryState(name, (view) =>
        !isOver(view) || rightAbout(checked, view, 'a') === (is === 'not lost')
          ? true
          : `b's update is ${is === 'lost' ? 'not lost' : 'lost'}`,
      )(checked),
  })
}

/** What is asked beside what is vulnerable: before it, and after it. */
export const outsideOf = ([from, to]: readonly [number, number], { blackoutOfPeer }: HandoffOfA) => ({
  before: [blackoutOfPeer, from - 1] as const,
  after: [to + 1, LATEST] as const,
})

/**
 * From when to when what b sends is lost, as the model has it: to the millisecond, by halving; at its ends it may go either way.
 *
 * @throws NoAnswer where nothing that b sends is lost for sure
 */
export function vulnerableInterval(searches: Searches, handoff: HandoffOfA): [from: number, to: number] {
  for (const [name, value] of Object.entries(handoff)) whole(`'${name}' in milliseconds`, value)
  const isLost = (at: number): boolean =>
    searches.search(sentWithin('', [at, at], handoff, 'lost')).verdict.kind === 'holds'
  const inside = handoff.leaves + Math.max(1, Math.floor(handoff.blackout / 2))
  if (!isLost(inside)) throw new NoAnswer('vacuous', `What b sends at ${inside} ms is not lost for sure.`)
  /** The first or last instant of those that are lost, from one that is towards one that is not. */
  const end = (lost: number, not: number): number => {
    let [yes, no] = [lost, not]
    while (Math.abs(yes - no) > 1) {
      const middle = Math.floor((yes + no) / 2)
      if (isLost(middle)) yes = middle
      else no = middle
    }
    // The instant itself may go either way: the interval ends there.
    return no
  }
  return [end(inside, handoff.blackoutOfPeer), end(inside, LATEST)]
}
