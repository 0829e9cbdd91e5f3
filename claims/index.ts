/**
 * The papers' calculations, for programs: how likely a double jump is, what a handoff costs, what a header takes, how a network is chosen. Every
 * argument says its unit; what is no such quantity is refused with an `InputError`. And every claim of the five papers, with what decides it.
 *
 * ```ts
 * import { constant, hit, uniform } from 'doublejump/claims'
 *
 * hit(0.5, uniform(2, 8)) // how likely it is that the peer hands off within 500 ms
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
export { inviteInstants, longestWait, timeout } from './calculations/timers.ts'
export type { Claim, ClaimVerdict } from './claim.ts'
export { claims } from './list.ts'
