/** So many numbers from one to another, evenly. */
export const evenly = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1))

/** Each a share more than the one before, for a logarithmic axis. */
export const byRatio = (from: number, to: number, count: number): number[] =>
  evenly(Math.log(from), Math.log(to), count).map((x) => Number(Math.exp(x).toPrecision(4)))

/** Whole numbers, both ends included. */
export const wholes = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i)

/** What was asked for, among the places where a curve is computed. */
export const withPoint = (places: readonly number[], at: number | null): number[] =>
  at === null ? [...places] : [...new Set([...places, at])].sort((one, other) => one - other)
