import type { Distribution } from './distributions.ts'
import { panel } from './integral.ts'

/** A random time, as its tail and the integral of that: all that the mean of a piecewise linear function asks of it. */
export interface Law {
  /** How likely it is to be longer than so much: 1 before 0. */
  longerThan(t: number): number
  /** The integral of `longerThan`. */
  between(from: number, to: number): number
}

export const gapOf = (gaps: Distribution): Law => {
  const cutAt = (t: number): number => (t <= 0 ? t : gaps.cutAt(t))
  return {
    longerThan: (t) => (t < 0 ? 1 : gaps.longerThan(t)),
    between: (from, to) => cutAt(to) - cutAt(from),
  }
}

/** What is left until the next of a stationary renewal process: longer than t with 1 − E[min(X, t)] / E[X]. */
export const restOf = (gaps: Distribution): Law => {
  const longerThan = (t: number): number => (t <= 0 ? 1 : Math.max(0, 1 - gaps.cutAt(t) / gaps.mean))
  return { longerThan, between: (from, to) => panel(longerThan, from, to) }
}

/** Two inner places of a piece, where a function that is linear in it is looked at (Gauss–Legendre of two points): a jump at an end is in nobody's way. */
const INNER = 1 / Math.sqrt(3)

/**
 * Functions of a place on a line that are linear between knots, and may jump there: two values a piece. Beyond the last knots they are constant.
 */
export class Pieces {
  readonly knots: readonly number[]
  /** Where a function is known: two places a piece, in order. */
  readonly places: Float64Array

  constructor(knots: readonly number[]) {
    this.knots = knots
    this.places = new Float64Array(2 * (knots.length - 1))
    for (let i = 0; i + 1 < knots.length; i++) {
      const [middle, half] = [(knots[i]! + knots[i + 1]!) / 2, (knots[i + 1]! - knots[i]!) / 2]
      this.places[2 * i] = middle - INNER * half
      this.places[2 * i + 1] = middle + INNER * half
    }
  }

  /**
   * The mean of a function at a place that is a random time further on (`up`) or back: a weight for each of its values, and that of what is beyond.
   */
  weights(from: number, law: Law, way: 'up' | 'down'): { readonly of: Float64Array; readonly beyond: number } {
    const { knots } = this
    const of = new Float64Array(this.places.length)
    const sign = way === 'up' ? 1 : -1
    let furthest = 0
    for (let i = 0; i + 1 < knots.length; i++) {
      const [here, there] = [sign * (knots[i]! - from), sign * (knots[i + 1]! - from)]
      const [low, high] = [Math.max(0, Math.min(here, there)), Math.max(here, there)]
      if (high <= 0) continue
      furthest = Math.max(furthest, high)
      const middle = (here + there) / 2
      const [near, far] = [low === 0 ? 1 : law.longerThan(low), law.longerThan(high)]
      const mass = near - far
      // The mean of how far it is past the middle, where it is in this piece: by parts.
      const past = (low - middle) * near - (high - middle) * far + law.between(low, high)
      const slope = (sign * past) / (INNER * (knots[i + 1]! - knots[i]!))
      of[2 * i] = mass / 2 - slope
      of[2 * i + 1] = mass / 2 + slope
    }
    return { of, beyond: law.longerThan(furthest) }
  }
}

/** The sum of values by their weights. */
export function weighed(weights: Float64Array, values: Float64Array, from = 0, to = values.length): number {
  let sum = 0
  for (let i = from; i < to; i++) sum += weights[i]! * values[i]!
  return sum
}
