import { probability, whole } from './quantities.ts'

/** Paper 000 §III.C: P_N = 1 − (1 − P0)^N, at least one of n handoffs, if whether one is hit says nothing of the others. */
export const atLeastOnce = (p: number, n: number): number =>
  1 - (1 - probability('P0', p)) ** whole('The number of handoffs', n)

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
