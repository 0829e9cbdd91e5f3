import fc from 'fast-check'
import type { Clock, ClockRule, Model, Outcome, Rule, Value } from '../../checker/model.ts'

/**
 * Small random models with time: a few cells with values 0…2; processes whose clocks run in some states of two of the cells, with an
 * id that may depend on the state (so that a clock goes on or begins afresh), and steps that wait for the clock, are blocked, or are free.
 */
const VALUES = 3
const MOST = 5

interface Process {
  readonly reads: readonly number[]
  /** For each combination of what is read. */
  readonly entries: readonly Entry[]
}

interface Entry {
  readonly clock: (Omit<Clock, 'id'> & { readonly key: number }) | null
  /** With a clock: its steps, none where it is blocked. Without one: a step at any time, or none. */
  readonly outcomes: readonly { readonly sets: readonly number[]; readonly send: readonly [number, number] | null }[]
}

const value = fc.integer({ min: 0, max: VALUES - 1 })

const backsOff = fc.record({ factor: fc.constantFrom(1.5, 2), most: fc.integer({ min: 2, max: MOST + 2 }) })

const interval = fc
  .tuple(fc.integer({ min: 0, max: MOST }), fc.option(fc.integer({ min: 0, max: MOST }), { freq: 5 }))
  .map(([earliest, more]) => ({ earliest, latest: more === null ? null : Math.min(MOST + 2, earliest + more) }))

function process(cells: number): fc.Arbitrary<Process> {
  return fc
    .uniqueArray(fc.integer({ min: 0, max: cells - 1 }), { minLength: 1, maxLength: Math.min(2, cells) })
    .chain((reads) => {
      const outcome = fc.record({
        sets: fc.array(value, { minLength: reads.length, maxLength: reads.length }),
        send: fc.option(fc.tuple(fc.integer({ min: 0, max: cells - 1 }), fc.integer({ min: 1, max: 2 })), { freq: 2 }),
      })
      const entry: fc.Arbitrary<Entry> = fc.oneof(
        { weight: 2, arbitrary: fc.constant({ clock: null, outcomes: [] }) },
        {
          weight: 1,
          arbitrary: fc.record({
            clock: fc.constant(null),
            outcomes: fc.array(outcome, { minLength: 1, maxLength: 1 }),
          }),
        },
        {
          weight: 6,
          arbitrary: fc.record({
            clock: fc
              .tuple(fc.integer({ min: 0, max: 1 }), interval, fc.option(backsOff, { freq: 1 }))
              .map(([key, given, backsOff]) => ({ key, ...given, ...(backsOff === null ? {} : { backsOff }) })),
            // One in ten is blocked: something else has to end it, or it is free to wait.
            outcomes: fc.oneof(
              { weight: 1, arbitrary: fc.constant([]) },
              { weight: 9, arbitrary: fc.array(outcome, { minLength: 1, maxLength: 2 }) },
            ),
          }),
        },
      )
      const combinations = VALUES ** reads.length
      return fc.record({
        reads: fc.constant(reads),
        entries: fc.array(entry, { minLength: combinations, maxLength: combinations }),
      })
    })
}

/** A random model with time, as the function that makes it for dense time and for ticks. */
export const randomTimedModel = (maxCells = 3, maxProcesses = 3): fc.Arbitrary<(as: 'dense' | 'ticks') => Model> =>
  fc.integer({ min: 1, max: maxCells }).chain((cells) =>
    fc
      .record({
        initial: fc.array(value, { minLength: cells, maxLength: cells }),
        processes: fc.array(process(cells), { minLength: 1, maxLength: maxProcesses }),
      })
      .map(
        ({ initial, processes }) =>
          (as: 'dense' | 'ticks') =>
            modelOf(cells, initial, processes, as),
      ),
  )

function modelOf(
  cells: number,
  initial: readonly number[],
  processes: readonly Process[],
  as: 'dense' | 'ticks',
): Model {
  const entryOf = ({ reads, entries }: Process, look: (cell: number) => Value): Entry =>
    entries[reads.reduce((sum, cell) => sum * VALUES + (look(cell) as number), 0)]!
  const idOf = (i: number, clock: NonNullable<Entry['clock']>): string => `process ${i}, ${clock.key}`
  return {
    cells: Array.from({ length: cells }, (_, i) => `cell ${i}`),
    initial: [initial],
    rules: processes.map(
      (p, i): Rule => ({
        name: `process ${i}`,
        reads: p.reads,
        fire: (look) => {
          const { clock, outcomes } = entryOf(p, look)
          return outcomes.map(
            ({ sets, send }, k): Outcome => ({
              label: { kind: 'step', text: `process ${i}.${k}` },
              sets: p.reads.map((cell, j) => [cell, sets[j] as Value] as const),
              sends: send === null ? [] : [send],
              ...(clock === null ? {} : { clock: idOf(i, clock) }),
            }),
          )
        },
      }),
    ),
    absorb: (_, before, parcel) => ((before as number) + (parcel as number)) % VALUES,
    time: {
      as,
      clocks: processes.map(
        (p, i): ClockRule => ({
          name: `clock of process ${i}`,
          reads: p.reads,
          running: (look): Clock[] => {
            const { clock } = entryOf(p, look)
            if (clock === null) return []
            const { key: _, ...rest } = clock
            return [{ id: idOf(i, clock), ...rest }]
          },
        }),
      ),
    },
  }
}
