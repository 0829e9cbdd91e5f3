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
  begin: (running) => withNew(running, () => 0, [], 1),

  after({ clocks, most }, fired, running) {
    const size = clocks.length + 1
    const f = fired < 0 ? -1 : clocks.indexOf(fired) + 1
    if (f === 0) return null
    // x_i − x_f. A step that is free has a clock of its own, from 0 to infinity and related to none.
    const overFired = Array.from({ length: size }, (_, i) => most[i * size + Math.max(f, 0)]!)
    // It comes first where x_f ≤ x_i can be for all of them.
    if (overFired.some((bound, i) => i > 0 && bound < 0)) return null
    // x_f − x_j then: directly, or by way of an x_k that it comes before.
    const underFired = Array.from({ length: size }, (_, j) => {
      let bound = f < 0 ? Number.POSITIVE_INFINITY : most[f * size + j]!
      for (let k = 1; k < size; k++) bound = Math.min(bound, most[k * size + j]!)
      return bound
    })
    // As much has passed as was left of the one that fired: x_f is the new zero.
    const since = new Array<number>(size * size)
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) {
        since[i * size + j] =
          i === 0
            ? underFired[j]!
            : j === 0
              ? overFired[i]!
              : Math.min(most[i * size + j]!, overFired[i]! + underFired[j]!)
      }
    return withNew(running, (clock) => (clock === fired ? 0 : clocks.indexOf(clock) + 1), since, size)
  },

  // A class is of all instants already.
  later: () => null,

  ends: ({ clocks, most }, clock) =>
    most[(clocks.indexOf(clock) + 1) * (clocks.length + 1)]! < Number.POSITIVE_INFINITY,

  due: ({ clocks, most }) => Math.min(...clocks.map((_, i) => most[(i + 1) * (clocks.length + 1)]!)),

  key: ({ clocks, most }) => `${clocks.join()}/${most.join()}`,

  left: ({ clocks, most }) =>
    clocks.map((clock, i) => ({ clock, from: 0 - most[i + 1]!, to: most[(i + 1) * (clocks.length + 1)]! })),
}

/**
 * The class of those that run now: those that ran before with their bounds, new ones related to none.
 * @param placeOf where a clock was before, from 1; 0 where it is new
 */
function withNew(
  running: readonly Running[],
  placeOf: (clock: number) => number,
  before: readonly number[],
  sizeBefore: number,
): StateClass {
  const size = running.length + 1
  const places = [0, ...running.map(({ clock }) => placeOf(clock))]
  const most = new Array<number>(size * size).fill(0)
  running.forEach(({ earliest, latest }, at) => {
    const i = at + 1
    const place = places[i]!
    most[i * size] = place > 0 ? before[place * sizeBefore]! : latest
    most[i] = place > 0 ? before[place]! : 0 - earliest
  })
  for (let i = 1; i < size; i++)
    for (let j = 1; j < size; j++) {
      if (i === j) continue
      const [a, b] = [places[i]!, places[j]!]
      most[i * size + j] = a > 0 && b > 0 ? before[a * sizeBefore + b]! : most[i * size]! + most[j]!
    }
  return { clocks: running.map(({ clock }) => clock), most }
}
