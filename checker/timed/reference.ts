import { canonical } from '../canonical.ts'
import type { Clock, Model, Value } from '../model.ts'
import { after, enabledOutcomes } from '../reference.ts'
import { eachTime } from './back-off.ts'

/**
 * Time on one page, slowly: the definition of what state classes and ticks must reach. A state is the values of the cells and, of each clock
 * that runs, its interval as it began and its age; either a step is taken, whose clock is old enough, or one unit passes, if nothing is due.
 *
 * @returns the canonical texts of the cells' values in every state that is reached, and of every step between two of them ('before > after')
 */
export function timedReference(model: Model): { readonly states: Set<string>; readonly steps: Set<string> } {
  const [states, steps, known] = [new Set<string>(), new Set<string>(), new Set<string>()]
  const open: { cells: readonly Value[]; clocks: Clocks }[] = []
  const add = (cells: readonly Value[], clocks: Clocks): void => {
    const key = canonical([cells, clocks as unknown as Value])
    if (known.has(key)) return
    known.add(key)
    states.add(canonical(cells))
    open.push({ cells, clocks })
  }
  /** Those that run in a state: as far as they were, or from the beginning. */
  const running = (cells: readonly Value[], before: Clocks): Clocks =>
    Object.fromEntries(
      model
        .time!.clocks.flatMap((rule) => rule.running((cell) => cells[cell]!))
        .map((clock) => [clock.id, goesOn(clock, before[clock.id])]),
    )
  for (const cells of model.initial) add(cells, running(cells, {}))
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const { cells, clocks } = state
    for (const outcome of enabledOutcomes(model, cells)) {
      const { [outcome.clock ?? '']: own, ...others } = clocks
      if (own !== undefined && own.age! < own.earliest) continue
      const next = after(model, cells, outcome)
      steps.add(`${canonical(cells)} > ${canonical(next)}`)
      add(next, running(next, own === undefined ? others : { ...others, [own.id]: { ...own, age: null } }))
    }
    if (Object.values(clocks).some(({ age, latest }) => age === latest)) continue
    add(cells, Object.fromEntries(Object.entries(clocks).map(([id, clock]) => [id, older(clock)])))
  }
  return { states, steps }
}

/** `times`: how often it has begun afresh by a step of its own; `age` is null where it has just had one. */
export type Clocks = Readonly<Record<string, Clock & { readonly times: number; readonly age: number | null }>>

/** A clock that runs in a state: as far as it was, or from the beginning, if it is new or has just had its step. */
export function goesOn(clock: Clock, before: Clocks[string] | undefined): Clocks[string] {
  if (before !== undefined && before.age !== null) return before
  const each = eachTime(clock)
  const times = before === undefined ? 0 : Math.min(before.times + 1, each.length - 1)
  return { id: clock.id, ...each[times]!, times, age: 0 }
}

/** A unit older; past its last end a clock says nothing more. */
const older = <C extends Clocks[string]>(clock: C): C => ({
  ...clock,
  age: Math.min(clock.age! + 1, clock.latest ?? clock.earliest),
})
