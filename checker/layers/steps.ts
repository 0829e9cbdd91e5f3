import { bitOf, type Cells, NONE } from '../cells.ts'
import type { CompiledModel } from '../compile.ts'

/** The steps out of a state, one after another: what changes, and to what. */
export class Steps {
  readonly #compiled: CompiledModel
  /** The integers of the state after the step in hand. */
  readonly next: Int32Array
  /** The cells in which it differs from the state before, as a set, and one after another, each once. */
  changed: Cells = NONE
  readonly touched: Int32Array
  touches = 0

  constructor(compiled: CompiledModel) {
    this.#compiled = compiled
    this.next = new Int32Array(compiled.width)
    this.touched = new Int32Array(compiled.width)
  }

  /**
   * Goes through the steps out of a state, for which the model has been told to `enable` it.
   *
   * @param tell of each step; false where no more are wanted
   * @returns false where it ended early
   */
  each(row: Int32Array, tell: () => boolean): boolean {
    const { enabled } = this.#compiled
    this.next.set(row)
    for (let e = 0; e < enabled.length; e++) {
      const code = enabled[e]!.code
      for (let at = 0; at < code.length; ) {
        at++
        this.changed = NONE
        this.touches = 0
        for (let sets = code[at++] as number; sets > 0; sets--, at += 2)
          this.#change(code[at] as number, code[at + 1] as number)
        for (let sends = code[at++] as number; sends > 0; sends--, at += 2) {
          const cell = code[at] as number
          this.#change(cell, this.#compiled.absorb(cell, this.next[cell] as number, code[at + 1] as number))
        }
        const more = tell()
        for (let i = 0; i < this.touches; i++) {
          const cell = this.touched[i] as number
          this.next[cell] = row[cell] as number
        }
        if (!more) return false
      }
    }
    return true
  }

  #change(cell: number, integer: number): void {
    if (this.next[cell] === integer) return
    this.next[cell] = integer
    this.changed |= bitOf(cell)
    for (let i = 0; i < this.touches; i++) if (this.touched[i] === cell) return
    this.touched[this.touches++] = cell
  }
}
