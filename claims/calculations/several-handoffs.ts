import { InputError } from '../../analysis/errors.ts'
import { constant, type Distribution } from './distributions.ts'
import { endOf, knotsFor } from './knots.ts'
import { gapOf, type Law, Pieces, restOf, weighed } from './piecewise.ts'
import { from0, whole } from './quantities.ts'
import { atLeastOneHit } from './renewal.ts'

/**
 * How likely a double jump is among several handoffs, where the times between handoffs are of any distribution: both hosts' handoffs are renewal
 * processes that know nothing of each other. All that has to be known is how much later the peer's next handoff is than the host's own: a place on a line.
 * Where the peer's comes first, a time of the peer is added to that; otherwise the host's own handoff is over, and a time of the host is taken off. So how
 * likely a hit is, as a function of that place, is an integral equation for each number of handoffs that are left. It is solved on knots that are dense
 * where the function jumps or bends, twice as dense each time, until the probability stays as it is.
 */

/** Two finenesses in a row differ by less, as a share of the probability. */
const EXACT = 1e-4
const FINENESSES = [4, 8, 16, 32]

/**
 * P_N, exactly: how likely it is that at least one of n handoffs of a host in a row has one of the peer in its interval. With exponential times of the peer
 * and a constant interval it is `atLeastOneHit`, in closed form; the printed formula is `atLeastOnce(firstOrder(interval, peer), n)`.
 *
 * @param interval the vulnerable interval in seconds, from a fixed time before each handoff on: constant, or drawn anew for each
 * @param own times between handoffs of the host itself
 * @param peer times between handoffs of the peer, of which one has looked at no particular moment
 * @returns to about four places
 * @throws InputError where it cannot be told to that
 */
export function atLeastOneOf(
  interval: Distribution | number,
  own: Distribution,
  peer: Distribution,
  handoffs: number,
): number {
  if (typeof interval === 'number') from0('The vulnerable interval', interval, 'seconds')
  if (whole('The number of handoffs', handoffs) === 0 || interval === 0) return 0
  const isConstant = typeof interval === 'number'
  if (isConstant && peer.isMemoryless === true) return atLeastOneHit(interval, own, peer.mean, handoffs)
  const window = isConstant ? constant(interval) : interval
  const scale = Math.min(own.mean, peer.mean, isConstant ? own.mean : window.mean)
  return refined((fineness) => {
    const { pieces, zero } = lineFor(
      [0, ...window.bends, endOf(window.longerThan)],
      own,
      peer,
      scale,
      handoffs,
      fineness,
    )
    const hits = Array.from(pieces.places.subarray(zero), (place) => window.longerThan(place))
    const back = rows(pieces, gapOf(own), 'down', zero, pieces.places.length)
    const on = rows(pieces, gapOf(peer), 'up', 0, zero)
    const start = pieces.weights(0, restOf(peer), 'up')
    const values = new Float64Array(pieces.places.length)
    let chance = 0
    for (let n = 1; n <= handoffs; n++) {
      // From far below 0 the peer is as at any other moment.
      const after = back.map(({ of, beyond }) => weighed(of, values) + beyond * chance)
      values.set(
        hits.map((hit, i) => hit + (1 - hit) * after[i]!),
        zero,
      )
      goOn(values, on, zero)
      chance = weighed(start.of, values) + start.beyond * values.at(-1)!
    }
    return chance
  })
}

/** Two hosts that both hand off, and what is a double jump. */
export interface TwoHosts {
  /** Times between handoffs. */
  readonly a: Distribution
  readonly b: Distribution
  /** Seconds: an update of b is lost if it is sent up to α before a leaves, or up to β after that. */
  readonly alpha: number
  readonly beta: number
}

/**
 * How likely it is that n handoffs in a row, of either host, have a double jump among them: what `doubleJumpAmong` says of exponential times, for any. As
 * there it is enough to look at each handoff and the next.
 *
 * @returns to about four places
 * @throws InputError as `atLeastOneOf`
 */
export function doubleJumpAmongAny({ a, b, alpha, beta }: TwoHosts, handoffs: number): number {
  from0('α', alpha, 'seconds')
  from0('β', beta, 'seconds')
  if (whole('The number of handoffs', handoffs) < 2 || alpha + beta === 0) return 0
  return refined((fineness) => {
    const { pieces, zero } = lineFor([-alpha, 0, beta], a, b, Math.min(a.mean, b.mean), handoffs, fineness)
    const { places } = pieces
    const back = rows(pieces, gapOf(a), 'down', zero, places.length)
    const on = rows(pieces, gapOf(b), 'up', 0, zero)
    // Of one handoff that is left there is no next.
    let values = new Float64Array(places.length)
    for (let n = 2; n <= handoffs; n++) {
      const before = values
      const [lowest, highest] = [before[0]!, before.at(-1)!]
      values = Float64Array.from(places, (place, i) => {
        const isOfB = place < 0
        const { of, beyond } = isOfB ? on[i]! : back[i - zero]!
        if (isOfB ? -place > alpha : place > beta) return weighed(of, before) + beyond * (isOfB ? highest : lowest)
        // The other host is near: it is a double jump, unless the same host hands off once more before that.
        const same = isOfB ? weighed(of, before, 0, zero) : weighed(of, before, zero)
        return (isOfB ? b : a).longerThan(Math.abs(place)) + same
      })
    }
    const of = rows(pieces, restOf(b), 'up', 0, zero).map(
      (row) => weighed(row.of, values) + row.beyond * values.at(-1)!,
    )
    const start = pieces.weights(0, restOf(a), 'down')
    return weighed(start.of, Float64Array.from(of), 0, zero) + start.beyond * of[0]!
  })
}

/** Until twice as many knots say the same. */
function refined(chanceAt: (fineness: number) => number): number {
  let before = Number.NaN
  for (const fineness of FINENESSES) {
    const chance = chanceAt(fineness)
    if (Math.abs(chance - before) <= EXACT * chance) return Math.min(1, chance)
    before = chance
  }
  throw new InputError(
    `The probability of a hit among several handoffs is about ${before.toPrecision(3)}, and could not be told to four places. The likeliest cause is times between handoffs that differ by orders of magnitude from host to host, or hardly vary, among many handoffs. Give fewer handoffs, or times that vary.`,
  )
}

interface Line {
  readonly pieces: Pieces
  /** The first place above 0. */
  readonly zero: number
}

function lineFor(
  ends: readonly number[],
  down: Distribution,
  up: Distribution,
  scale: number,
  handoffs: number,
  fineness: number,
): Line {
  const knots = knotsFor(ends, down, up, scale, handoffs, fineness)
  return { pieces: new Pieces(knots), zero: 2 * knots.indexOf(0) }
}

type Row = ReturnType<Pieces['weights']>

const rows = (pieces: Pieces, law: Law, way: 'up' | 'down', from: number, to: number): Row[] =>
  Array.from(pieces.places.subarray(from, to), (place) => pieces.weights(place, law, way))

/** Below 0 a value is the mean of those further up: from above 0 down, two unknowns a piece. */
function goOn(values: Float64Array, on: readonly Row[], zero: number): void {
  const highest = values.at(-1)!
  for (let i = zero - 2; i >= 0; i -= 2) {
    const [one, other] = [on[i]!, on[i + 1]!]
    const known = (row: Row): number => weighed(row.of, values, i + 2) + row.beyond * highest
    const [p, q] = [known(one), known(other)]
    const [a, b, c, d] = [1 - one.of[i]!, -one.of[i + 1]!, -other.of[i]!, 1 - other.of[i + 1]!]
    const det = a * d - b * c
    values[i] = (d * p - b * q) / det
    values[i + 1] = (a * q - c * p) / det
  }
}
