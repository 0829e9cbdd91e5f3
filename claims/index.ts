/**
 * The papers' calculations, for programs: how likely a double jump is, what a handoff costs, what a header takes, how a network is chosen. Every
 * argument says its unit; what is no such quantity is refused with an `InputError`. And every claim of the five papers, with what decides it.
 *
 * ```ts
 * import { constant, hit, uniform } from 'doublejump/claims'
 *
 * hit(0.5, uniform(2, 8)) // how likely it is that the peer hands off within 500 ms
 * ```
 *
 * What is counted in runs of the model takes `Searches`, which finds those runs, each once:
 *
 * ```ts
 * const searches = new Searches()
 * corrected(searches, 'tmsp', 0.3) // hops of a handoff, 30 % of them with active connections
 * hopsOf(handoffOf(searches, 'mipv6/ro-seed').messages, evenly(5)) // of each message of a handoff, every two nodes 5 hops apart
 * ```
 */
export { InputError } from '../analysis/errors.ts'
export {
  choose,
  type Rating,
  relativeNetworkLoad,
  smoothed,
  utility,
  type Weights,
} from '../spec/mip-sip/network-selection.ts'
export {
  constant,
  type Distribution,
  distributionFrom,
  exponential,
  general,
  mixture,
  pareto,
  scaled,
  uniform,
} from './calculations/distributions.ts'
export { openFlows } from './calculations/flows.ts'
export { share } from './calculations/headers.ts'
export { atLeastOnce } from './calculations/probability.ts'
export {
  atLeastOneHit,
  type BothHosts,
  doubleJumpAmong,
  doubleJumpsAnHour,
  firstOrder,
  firstOrderError,
  hit,
  hitTogether,
} from './calculations/renewal.ts'
export { asDefined, type Exchange, roundTrip } from './calculations/round-trip.ts'
export { atLeastOneOf, doubleJumpAmongAny, type TwoHosts } from './calculations/several-handoffs.ts'
export { inviteInstants, longestWait, timeout } from './calculations/timers.ts'
export {
  asPrinted,
  corrected,
  gain,
  PRINTED,
  type Setting,
  signalling,
  traffic,
  transmission,
  type Ways,
} from './calculations/tmsp-cost.ts'
export { type HandoffOfA, vulnerableInterval } from './calculations/vulnerable.ts'
export type { Claim, ClaimVerdict } from './claim.ts'
export { type Account, type AccountAsked, accountOf, type Refresh } from './costs/account.ts'
export { type Cost, costOf } from './costs/cost.ts'
export { bytesOnLinks, hopsOfLegs, type Leg, type Lengths, legsOf } from './costs/datagram.ts'
export type { LengthsOf } from './costs/formats.ts'
export { type Handoff, handoffOf, hopsOf, type Said } from './costs/handoff.ts'
export { evenly, hopsBetween, type Topology } from './costs/topology.ts'
export type { Chart, Figure, Flow, NotDrawn, Plotted } from './figures/figure.ts'
export { figures } from './figures/index.ts'
export { type Made, made } from './figures/made.ts'
export { claims } from './list.ts'
export { printedNumbers } from './printed.ts'
export type { PrintedNumber } from './printed-number.ts'
export { Searches } from './searches.ts'
