import { above0 } from './quantities.ts'

/** Seconds (002 §IV-B, of measurements that it cites). */
export const MEAN_FLOW = 19

/** The share of flows that last longer than so many seconds; both have the same mean. */
const longerThan = {
  exponential: (t: number): number => Math.exp(-t / MEAN_FLOW),
  /** Pareto with shape 1.5: its variance has no bound. */
  'heavy-tailed': (t: number): number => {
    const shape = 1.5
    const least = (MEAN_FLOW * (shape - 1)) / shape
    return t < least ? 1 : (least / t) ** shape
  },
} as const

/**
 * How many flows are open at a moment, by adding up the ages that they may have: one that began t seconds ago is still open if it lasts longer than t.
 *
 * @param rate new flows a second
 */
export function openFlows(rate: number, lengths: keyof typeof longerThan): number {
  above0('The rate of new flows', rate, 'flows a second')
  let open = 0
  // Steps that grow, since tails are long.
  for (let t = 0, step = 0.01; t < 1e9; t += step, step *= 1.0005)
    open += rate * longerThan[lengths](t + step / 2) * step
  return open
}
