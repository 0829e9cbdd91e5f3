import type { Budget } from './budget.ts'
import { bitOf, type Cells, NONE } from './cells.ts'
import type { CompiledModel } from './compile.ts'
import type { Layout } from './layout.ts'
import { asleepAfter } from './sleep.ts'
import type { StateStore } from './store.ts'

/** Makes the successors of one state after another, side by side, by changing bits of its packed row. */
export class SuccessorMaker {
  readonly #compiled: CompiledModel
  readonly #store: StateStore
  readonly #budget: Budget
  /** The integers of the state in hand, and of a successor of it. */
  readonly #row: Int32Array
  #inHand = -1
  /** Its packed row. */
  #base = new Int32Array(0)
  readonly #next: Int32Array
  /** The cells in which the two differ, as a set and one after another, some perhaps twice. */
  #changed: Cells = NONE
  readonly #touched: number[] = []
  #touches = 0
  /** Of each successor its packed row, the cells in which it differs, and its fairness class. */
  rows = new Int32Array(0)
  changed = new Int32Array(0)
  fair = new Int32Array(0)
  /** Of each, the rules that sleep after it, where sets of them are kept. */
  asleep = new Int32Array(0)
  /** Room for what the store says of each. */
  hashes = new Int32Array(0)
  found = new Int32Array(0)

  constructor(compiled: CompiledModel, store: StateStore, budget: Budget) {
    this.#compiled = compiled
    this.#store = store
    this.#budget = budget
    this.#row = new Int32Array(compiled.width)
    this.#next = new Int32Array(compiled.width)
  }

  /** Takes a state in hand: its integers. */
  take(state: number): Int32Array {
    if (this.#inHand !== state) {
      this.#store.unpack(state, this.#row)
      this.#inHand = state
    }
    return this.#row
  }

  /**
   * Applies every enabled outcome: the next states' packed rows, side by side. Returns how many; −1 where an integer has no room in a row.
   *
   * @param sleeping rules that are not applied; null where none ever is
   */
  make(state: number, sleeping: number | null = null): number {
    const compiled = this.#compiled
    const { layout } = this.#store
    const { size } = layout
    const { enabled } = compiled
    const next = this.#next
    if (this.#base.length < size) this.#base = new Int32Array(size)
    const base = this.#base
    this.#store.load(state, base)
    next.set(this.#row)
    this.#touches = 0
    let count = 0
    for (let e = 0; e < enabled.length; e++) {
      const { code, bit } = enabled[e]!
      if (sleeping !== null && (bit & sleeping) !== 0) continue
      let outcome = 0
      for (let at = 0; at < code.length; ) {
        if (count === this.fair.length) this.#makeRoom()
        const start = count * size
        for (let i = 0; i < size; i++) this.rows[start + i] = base[i] as number
        this.fair[count] = code[at++] as number
        this.#changed = NONE
        for (let sets = code[at++] as number; sets > 0; sets--, at += 2)
          if (!this.#change(layout, start, code[at] as number, code[at + 1] as number)) return -1
        for (let sends = code[at++] as number; sends > 0; sends--, at += 2) {
          const cell = code[at] as number
          const after = compiled.absorb(cell, next[cell] as number, code[at + 1] as number)
          if (!this.#change(layout, start, cell, after)) return -1
        }
        this.changed[count] = this.#changed
        if (sleeping !== null) this.asleep[count] = asleepAfter(enabled, e, outcome++)
        this.#takeBack()
        count++
      }
    }
    return count
  }

  /** Gives a cell of the successor that is packed from `start` on another integer; false where it has no room. */
  #change({ word, shift, mask }: Layout, start: number, cell: number, integer: number): boolean {
    const next = this.#next
    const difference = integer ^ (next[cell] as number)
    if (difference === 0) return true
    if (integer > (mask[cell] as number)) return false
    const place = start + (word[cell] as number)
    this.rows[place] = (this.rows[place] as number) ^ (difference << (shift[cell] as number))
    next[cell] = integer
    this.#changed |= bitOf(cell)
    this.#touched[this.#touches++] = cell
    return true
  }

  /** Makes the next state the state in hand again. */
  #takeBack(): void {
    while (this.#touches > 0) {
      const cell = this.#touched[--this.#touches] as number
      this.#next[cell] = this.#row[cell] as number
    }
  }

  /** Makes room in rows for integers that have none. */
  widen(): void {
    this.#store.widen()
    const length = this.fair.length * this.#store.layout.size
    if (length > this.rows.length) this.rows = this.#budget.enlarged(this.rows, length)
    this.#budget.poll(this.#store.count)
  }

  #makeRoom(): void {
    const budget = this.#budget
    const { size } = this.#store.layout
    const room = this.fair.length === 0 ? firstRoom(size) : this.fair.length * 2
    this.rows = budget.enlarged(this.rows, room * size)
    this.changed = budget.enlarged(this.changed, room)
    this.fair = budget.enlarged(this.fair, room)
    this.asleep = budget.enlarged(this.asleep, room)
    this.hashes = budget.enlarged(this.hashes, room)
    this.found = budget.enlarged(this.found, room)
    budget.poll(room)
  }
}

/** Rows for the successors of a state: fewer at first where they are wide. */
function firstRoom(width: number): number {
  return Math.min(32, Math.max(1, Math.floor(2 ** 16 / Math.max(width, 1))))
}
