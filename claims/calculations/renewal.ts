import type { Distribution } from './distributions.ts'
import { integral } from './integral.ts'
import { above0, from0, probability, whole } from './quantities.ts'

/**
 * How likely a double jump is (paper 000 §III.C), exactly. Times are in seconds; an interval is the vulnerable one, α+β, around the instant at which a
 * host leaves: its peer's update is lost if the peer sends it within.
 *
 * The peer's handoffs are a stationary renewal process: the times between them are independent and of one distribution X, and one has looked at no
 * particular moment. Then the next one is further off than v with E[(X − v)⁺] / E[X], so that one falls into an interval of v with
 * E[min(X, v)] / E[X]. For short v that is v / E[X], the printed formula, which is therefore never too small; and it is, exactly, the mean number of
 * the peer's handoffs in the interval.
 */

/** The printed formula: the mean interval over the mean time between handoffs, both in seconds. More than 1 is no probability, and it may be. */
export const firstOrder = (interval: Distribution | number, gaps: Distribution): number =>
  lengthOf(interval).mean / gaps.mean

/**
 * P0: how likely it is that the peer hands off within the interval.
 *
 * @param interval seconds, constant or random
 * @param gaps the times between handoffs of the peer
 */
export function hit(interval: Distribution | number, gaps: Distribution): number {
  if (typeof interval === 'number') return gaps.cutAt(from0('The vulnerable interval', interval, 'seconds')) / gaps.mean
  return lesser(interval, gaps) / gaps.mean
}

/** E[min(X, Y)] of two that are independent: the integral of the product of what is left of each. */
function lesser(one: Distribution, other: Distribution): number {
  const left = (t: number): number => one.longerThan(t) * other.longerThan(t)
  const bends = [...one.bends, ...other.bends]
  let [sum, from, to] = [0, 0, Math.min(one.mean, other.mean)]
  for (;;) {
    const piece = integral(left, from, to, bends)
    sum += piece
    // A bend further on may still add something.
    if (piece < 1e-13 * sum && bends.every((bend) => bend <= to)) return sum
    ;[from, to] = [to, 2 * to]
  }
}

/** By how much the printed formula is above what it estimates, as a share of that: 0.05 is 5 % too much. */
export const firstOrderError = (interval: Distribution | number, gaps: Distribution): number =>
  firstOrder(interval, gaps) / hit(interval, gaps) - 1

/**
 * P_N, exactly: how likely it is that at least one of n handoffs of a host has one of the peer in its interval, where the times between handoffs of the
 * peer are exponential. What counts is how much time the n intervals cover: where two handoffs of the host come within an interval of each other
 * theirs overlap, which the printed 1 − (1 − P0)^N leaves out.
 *
 * @param interval seconds
 * @param own times between handoffs of the host itself
 * @param peer mean time between handoffs of the peer, in seconds
 */
export function atLeastOneHit(interval: number, own: Distribution, peer: number, handoffs: number): number {
  from0('The vulnerable interval', interval, 'seconds')
  const mean = above0('The mean time between handoffs of the peer', peer, 'seconds')
  if (whole('The number of handoffs', handoffs) === 0) return 0
  // E[e^(−min(G, v)/λ)], by parts.
  const missed = 1 - integral((t) => (Math.exp(-t / mean) * own.longerThan(t)) / mean, 0, interval, own.bends)
  return 1 - Math.exp(-interval / mean) * missed ** (handoffs - 1)
}

/** Two hosts that both hand off, at exponential times. */
export interface BothHosts {
  /** Mean times between handoffs, in seconds. */
  readonly a: number
  readonly b: number
  /** Seconds: an update of b is lost if it is sent up to α before a leaves, or up to β after that. */
  readonly alpha: number
  readonly beta: number
}

function checked({ a, b, alpha, beta }: BothHosts): BothHosts {
  above0('The mean time between handoffs of a', a, 'seconds')
  above0('The mean time between handoffs of b', b, 'seconds')
  from0('α', alpha, 'seconds')
  from0('β', beta, 'seconds')
  return { a, b, alpha, beta }
}

/** How many double jumps there are an hour, in the mean, whatever the distributions of the times between handoffs: pairs of handoffs, one of each. */
export function doubleJumpsAnHour(hosts: BothHosts): number {
  const { a, b, alpha, beta } = checked(hosts)
  return (3600 * (alpha + beta)) / (a * b)
}

/**
 * How likely it is that n handoffs in a row, of either host, have a double jump among them, exactly. Of two handoffs of different hosts that are within
 * an interval of each other, two that follow one another are: so it is enough to look at each handoff and the next.
 */
export function doubleJumpAmong(hosts: BothHosts, handoffs: number): number {
  const { a, b, alpha, beta } = checked(hosts)
  if (whole('The number of handoffs', handoffs) === 0) return 0
  const rate = 1 / a + 1 / b
  const [ofA, ofB] = [1 / a / rate, 1 / b / rate]
  const [afterB, afterA] = [Math.exp(-rate * alpha), Math.exp(-rate * beta)]
  // How likely it is that there was none so far, and that the last was of a; of b.
  let [lastA, lastB] = [ofA, ofB]
  for (let n = 1; n < handoffs; n++) {
    ;[lastA, lastB] = [ofA * (lastA + lastB * afterB), ofB * (lastB + lastA * afterA)]
  }
  return 1 - lastA - lastB
}

/**
 * Moves that have one cause: two in one train, or one outage of both networks. With some probability the peer hands off for the same reason, at most so
 * many seconds before or after, all as likely; otherwise as it would anyhow.
 *
 * @param share how likely it is that a handoff of the host is one of both
 * @param within seconds; 0 where both leave at the same instant
 */
export function hitTogether(
  share: number,
  within: number,
  { alpha, beta }: Pick<BothHosts, 'alpha' | 'beta'>,
  gaps: Distribution,
): number {
  const both = probability('The share of handoffs with one cause', share)
  from0('The time between handoffs with one cause', within, 'seconds')
  const inside =
    within === 0
      ? 1
      : (Math.min(from0('α', alpha, 'seconds'), within) + Math.min(from0('β', beta, 'seconds'), within)) / (2 * within)
  return both * inside + (1 - both) * hit(alpha + beta, gaps)
}

const lengthOf = (interval: Distribution | number): Pick<Distribution, 'mean'> =>
  typeof interval === 'number' ? { mean: from0('The vulnerable interval', interval, 'seconds') } : interval
