import { type Cells, touches } from './cells.ts'
import { SpecError } from './errors.ts'
import type { AskedOfStep, LookedAt } from './predicates.ts'

/**
 * A property of steps during a search. Most steps change nothing that it looks at: what it says of them is what it says of a step that changes nothing, which is asked once a
 * state.
 */
export class StepWatch {
  readonly #predicates: readonly AskedOfStep[]
  readonly #looked: LookedAt
  /** By predicate: it objects to a step that changes nothing, so that every step has to be looked at. */
  readonly #objects: boolean[]
  #anyObjects = false

  constructor(predicates: readonly AskedOfStep[], looked: LookedAt) {
    this.#predicates = predicates
    this.#looked = looked
    this.#objects = predicates.map(() => false)
  }

  /**
   * A state from which steps will be asked about; true when it objects to more than before.
   *
   * @param changed the cells in which it differs from one that was looked at before
   */
  visit(row: Int32Array, changed: Cells): boolean {
    if (!touches(changed, this.#looked.cells)) return false
    let more = false
    for (let i = 0; i < this.#predicates.length; i++) {
      const predicate = this.#predicates[i]!
      if (this.#objects[i] || !touches(changed, this.#looked.by(i)) || letsRest(predicate, row)) continue
      this.#objects[i] = true
      this.#anyObjects = true
      more = true
    }
    return more
  }

  /** The cells that its predicates have looked at so far. */
  get looked(): Cells {
    return this.#looked.cells
  }

  /** Whether any of them objects to a step that changes nothing. */
  get objects(): boolean {
    return this.#anyObjects
  }

  /** Why a step is not as it should be; null where it is. */
  objection(row: Int32Array, next: Int32Array, changed: Cells): string | null {
    const all = this.#looked.cells
    if (!this.#anyObjects && (changed & all) === 0) return null
    for (let i = 0; i < this.#predicates.length; i++) {
      if (!this.#objects[i] && (changed & this.#looked.by(i)) === 0) continue
      const said = this.#predicates[i]!.says(row, next)
      if (said !== true) return said
    }
    return null
  }
}

function letsRest(predicate: AskedOfStep, row: Int32Array): boolean {
  try {
    return predicate.says(row, row) === true
  } catch (error) {
    // Of a step that need not be there: what it says of real ones is asked then.
    if (error instanceof SpecError) return false
    throw error
  }
}
