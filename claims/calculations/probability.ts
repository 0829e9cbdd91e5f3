/** Paper 000 §III.C: how likely simultaneous moves are. Times in seconds. */

/** The paper's estimate: the vulnerable interval over the mean time between handoffs. */
export const estimate = (interval: number, meanTime: number): number => interval / meanTime

/** With exponential times between handoffs: 1 − e^(−x). */
export const exact = (interval: number, meanTime: number): number => 1 - Math.exp(-interval / meanTime)

/**
 * 1 − E[e^(−v/λ)] of an interval v that is random itself, by its mean over λ: 1 less the Laplace transform of its distribution. The estimate is what is
 * left of each for short intervals.
 */
export const hitProbability = {
  constant: (x: number): number => exact(x, 1),
  /** From 0 to twice the mean. */
  uniform: (x: number): number => 1 - (1 - Math.exp(-2 * x)) / (2 * x),
  exponential: (x: number): number => 1 - 1 / (1 + x),
} as const

/** At least one of n handoffs, if they are independent. */
export const atLeastOnce = (p: number, n: number): number => 1 - (1 - p) ** n

/** The same, by adding up every sequence of n handoffs in which one hits. */
export function atLeastOnceByEnumeration(p: number, n: number): number {
  let sum = 0
  for (let hits = 1; hits < 2 ** n; hits++) {
    let chance = 1
    for (let i = 0; i < n; i++) chance *= (hits >> i) & 1 ? p : 1 - p
    sum += chance
  }
  return sum
}
