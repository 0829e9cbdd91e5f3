import { Stopped } from './budget.ts'
import { KeepingError, NotSymmetric, SpecError } from './errors.ts'
import type { Watch } from './limits.ts'
import type { Cell, Look, Value } from './model.ts'

/** What says itself what it is of. */
const PASSED_ON = [SpecError, Stopped, KeepingError, NotSymmetric]

/** Told what a readable function looks at, by the name of the cell. */
export type Saw = (cell: string, value: Value) => void

/**
 * Runs a readable function: a rule, a predicate, `absorb`.
 * @param where what runs, for whoever reads of it
 * @param watch told of it before it runs
 * @throws SpecError with where it was and what it had looked at, whatever it throws, but for what is no doing of it
 */
export function call<Result>(where: string, run: (saw: Saw) => Result, watch?: Watch): Result {
  const seen: Record<string, Value> = {}
  watch?.entering(where)
  try {
    return run((cell, value) => {
      seen[cell] = value
      watch?.looked(cell, value)
    })
  } catch (cause) {
    if (PASSED_ON.some((kind) => cause instanceof kind)) throw cause
    throw new SpecError(where, seen, cause)
  }
}

/** A look at no other cells than these. */
export function within(look: Look, allowed: readonly Cell[], cells: readonly string[]): Look {
  return (cell) => {
    const name = nameOf(cells, cell)
    if (!allowed.includes(cell)) throw new Error(`looks at cell '${name}', which it does not declare in 'reads'`)
    return look(cell)
  }
}

/** A look that is told of. */
export function telling(look: Look, cells: readonly string[], saw: Saw): Look {
  return (cell) => {
    const value = look(cell)
    saw(cells[cell]!, value)
    return value
  }
}

/** @throws RangeError for a cell that the model does not have */
export function nameOf(cells: readonly string[], cell: Cell): string {
  const name = cells[cell]
  if (name !== undefined) return name
  throw new RangeError(
    `there is no cell ${cell}: the model has ${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}, numbered from 0. ` +
      "Most likely a position was counted wrong; take it from 'cells'.",
  )
}
