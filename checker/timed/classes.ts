import type { Clockwork, Running } from './running.ts'

/**
 * A state class (Berthomieu and Menasche, 'An Enumerative Approach for Analyzing Time Petri Nets', IFIP 1983): what may be left of each clock that
 * runs, as differences. `most[i * size + j]` is the most that x_i − x_j can be, where x_0 = 0 and x_i is what is left of the i-th clock, from 1;
 * the bounds are as tight as can be (closed under shortest paths), so that equal classes have equal bounds.
 *
 * Classes have the steps of dense time, in its orders, exactly; with whole ends of intervals there are finitely many.
 */
export interface StateClass {
  readonly clocks: readonly number[]
  readonly most: readonly number[]
}

export const classes: Clockwork<StateClass> = {
  begin: (running) => withNew(running, [0, ...running.map(() => 0)], () => 0),

  // Where x_f ≤ x_i can be for all of them.
  canComeNext({ clocks, most }, fired) {
    const size = clocks.length + 1
    const f = clocks.indexOf(fired) + 1
    if (f === 0) return false
    for (let i = 1; i < size; i++) if (most[i * size + f]! < 0) return false
    return true
  },

  after({ clocks, most }, fired, running) {
    const size = clocks.length + 1
    const f = fired < 0 ? -1 : clocks.indexOf(fired) + 1
    // x_i − x_f. A step that is free has a clock of its own, from 0 to infinity and related to none.
    const overFired = Array.from({ length: size }, (_, i) => most[i * size + Math.max(f, 0)]!)
    // x_f − x_j then: directly, or by way of an x_k that it comes before.
    const underFired = Array.from({ length: size }, (_, j) => {
      let bound = f < 0 ? Number.POSITIVE_INFINITY : most[f * size + j]!
      for (let k = 1; k < size; k++) bound = Math.min(bound, most[k * size + j]!)
      return bound
    })
    // As much has passed as was left of the one that fired: x_f is the new zero.
    const places = [0, ...running.map(({ clock }) => (clock === fired ? 0 : clocks.indexOf(clock) + 1))]
    return withNew(running, places, (a, b) => {
      if (a === 0) return underFired[b]!
      if (b === 0) return overFired[a]!
      return Math.min(most[a * size + b]!, overFired[a]! + underFired[b]!)
    })
  },

  // A class is of all instants already.
  later: () => null,

  ends: ({ clocks, most }, clock) =>
    most[(clocks.indexOf(clock) + 1) * (clocks.length + 1)]! < Number.POSITIVE_INFINITY,

  due: ({ clocks, most }) => Math.min(...clocks.map((_, i) => most[(i + 1) * (clocks.length + 1)]!)),

  numbers: ({ clocks, most }) => [clocks, most],

  left: ({ clocks, most }) =>
    clocks.map((clock, i) => ({ clock, from: 0 - most[i + 1]!, to: most[(i + 1) * (clocks.length + 1)]! })),
}

/**
 * The class of those that run now: those that ran before with their bounds, new ones related to none.
 * @param places where each was before, from 1, and 0 where it is new; that of x_0 first
 * @param before the most that x_a − x_b can be, of two that were there before
 */
function withNew(
  running: readonly Running[],
  places: readonly number[],
  before: (a: number, b: number) => number,
): StateClass {
  const size = running.length + 1
  const most = new Array<number>(size * size).fill(0)
  for (let i = 1; i < size; i++) {
    const { earliest, latest } = running[i - 1]!
    const place = places[i]!
    most[i * size] = place > 0 ? before(place, 0) : latest
    most[i] = place > 0 ? before(0, place) : 0 - earliest
  }
  for (let i = 1; i < size; i++)
    for (let j = 1; j < size; j++) {
      if (i === j) continue
      const [a, b] = [places[i]!, places[j]!]
      most[i * size + j] = a > 0 && b > 0 ? before(a, b) : most[i * size]! + most[j]!
    }
  return { clocks: running.map(({ clock }) => clock), most }
}
