import type { Clockwork, Running } from './running.ts'

/** What is left of each clock, in whole units: from when on, and until when, its step may be taken. */
export interface Countdown {
  readonly clocks: readonly number[]
  readonly from: readonly number[]
  readonly to: readonly number[]
}

/**
 * Time in whole units (Lamport, 'Real-Time Model Checking is Really Simple', CHARME 2005). Where all intervals are closed and have whole ends, the
 * states that are reached are those of dense time (Henzinger, Manna and Pnueli, 'What Good Are Digital Clocks?', ICALP 1992).
 */
export const ticks: Clockwork<Countdown> = {
  begin: (running) => countdown(running, () => undefined),

  canComeNext: ({ clocks, from }, fired) => from[clocks.indexOf(fired)] === 0,

  after: ({ clocks, from, to }, fired, running) =>
    countdown(running, (clock) => {
      const i = clock === fired ? -1 : clocks.indexOf(clock)
      return i < 0 ? undefined : [from[i]!, to[i]!]
    }),

  // From instant to instant where nothing can happen in between; a unit at a time where something can.
  later({ clocks, from, to }, something) {
    const ahead = from.filter((left) => left > 0)
    const due = Math.min(...to)
    if (due === 0 || (ahead.length === 0 && due === Number.POSITIVE_INFINITY)) return null
    const units = something ? 1 : Math.min(...ahead, due)
    const pass = (left: number): number => Math.max(0, left - units)
    return { at: { clocks, from: from.map(pass), to: to.map(pass) }, units }
  },

  ends: ({ clocks, to }, clock) => to[clocks.indexOf(clock)]! < Number.POSITIVE_INFINITY,

  due: ({ to }) => Math.min(...to),

  numbers: ({ clocks, from, to }) => [clocks, from, to],

  left: ({ clocks, from, to }) => clocks.map((clock, i) => ({ clock, from: from[i]!, to: to[i]! })),
}

function countdown(
  running: readonly Running[],
  leftOf: (clock: number) => readonly [number, number] | undefined,
): Countdown {
  const left = running.map(({ clock, earliest, latest }) => leftOf(clock) ?? ([earliest, latest] as const))
  return {
    clocks: running.map(({ clock }) => clock),
    from: left.map(([from]) => from),
    to: left.map(([, to]) => to),
  }
}
