import type { Look, Model, Outcome } from '../model.ts'
import type { Predicate } from '../property.ts'

/** Its rule, its cell and, with what it is set to, its clock. */
const STOPWATCH = 'stopwatch'

/** What a stopwatch may say: that so much has passed for certain, or that no more has. */
export type Reading = 'at least' | 'at most'

export interface WithStopwatch {
  readonly model: Model
  /** Whether it has gone off: it was running for so long. */
  isOver(look: Look): boolean
}

/**
 * A model with time and a stopwatch, which runs from the step that makes `runs` true until the one that makes it false.
 *
 * 'At least': it may go off at any time from `units` on, so that it can where a stretch lasts that long. 'At most': it must
 * at `units`, so that a stretch that ends before it has gone off is no longer; after that it may be set back. It disturbs nothing.
 */
export function withStopwatch(model: Model, runs: Predicate, reading: Reading, units: number): WithStopwatch {
  const { cells, rules, time } = model
  if (time === undefined) throw new Error('A stopwatch needs a model with time.')
  const cell = cells.length
  const reads = [...cells.keys(), cell]
  // No parameter is called so: see `parameterOf` of clocks.
  const id = `${STOPWATCH}, ${reading} ${units}`
  const turns = (to: boolean, text: string): Outcome => ({
    label: { kind: 'time', text },
    sets: [[cell, to]],
    sends: [],
  })
  const goesOff = turns(true, `${units.toLocaleString('en')} ms have passed`)
  const setBack = turns(false, 'the stopwatch is set back')
  const isRunning = (look: Look): boolean => look(cell) === false && isTrue(runs, look)
  return {
    isOver: (look) => look(cell) === true,
    model: {
      cells: [...cells, STOPWATCH],
      initial: model.initial.map((values) => [...values, false]),
      absorb: (at, value, parcel) => model.absorb(at, value, parcel),
      rules: [
        ...rules,
        {
          name: STOPWATCH,
          reads,
          fire: (look) => {
            if (isRunning(look)) return [{ ...goesOff, clock: id }]
            return reading === 'at most' && look(cell) === true && !isTrue(runs, look) ? [setBack] : []
          },
        },
      ],
      time: {
        ...time,
        clocks: [
          ...time.clocks,
          {
            name: STOPWATCH,
            reads,
            running: (look) =>
              isRunning(look) ? [{ id, earliest: units, latest: reading === 'at least' ? null : units }] : [],
          },
        ],
      },
    },
  }
}

/** Whether a predicate is true, whatever the reason where it is not. */
export function isTrue(predicate: Predicate, look: Look): boolean {
  if ('all' in predicate) return predicate.all.every((part) => isTrue(part, look))
  if ('any' in predicate) return predicate.any.some((part) => isTrue(part, look))
  return predicate.holds(look) === true
}
