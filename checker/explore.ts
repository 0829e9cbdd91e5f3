import { Budget, Stopped } from './budget.ts'
import { ALL, bitOf, type Cells, NONE } from './cells.ts'
import type { CompiledModel } from './compile.ts'
import { EdgeList } from './edge-list.ts'
import { SpecError } from './errors.ts'
import type { StateGraph } from './graph.ts'
import type { Layout } from './layout.ts'
import type { Control, Incomplete, Limits } from './limits.ts'
import type { Model } from './model.ts'
import { StateStore } from './store.ts'
import { type Chunk, SHARING, type Sharing, Team } from './team.ts'
import { compile } from './timed/compile.ts'

export interface ExploreOptions {
  readonly limits?: Limits
  readonly control?: Control
  /** What limits and control come to, where the search is a part of something larger. */
  readonly budget?: Budget
  readonly keepEdges?: boolean
  /**
   * Called with each state as it is expanded: its number, its cells' integers, and in which of them it differs from the one before it on a shortest way; true ends the search early (everything asked is known).
   */
  readonly visit?: (state: number, row: Int32Array, terminal: boolean, changed: Cells) => boolean
  /** Called with each step: the state's number, the integers of the states before and after it, and the cells in which these differ. */
  readonly visitEdge?: (from: number, row: Int32Array, next: Int32Array, changed: Cells) => void
  /** Called once, before the search, with the model as it was compiled. */
  readonly prepare?: (compiled: CompiledModel) => void
  /** How work is shared, where there are others to share it with. */
  readonly sharing?: Sharing
  /** Called now and then, each time that twice as much is known as the last time, with what is known. */
  readonly meanwhile?: (soFar: StateGraph) => void
}

/** Enumerates the reachable states of a model, breadth-first and exactly. */
export function explore(model: Model, options: ExploreOptions = {}): StateGraph {
  return new Exploration(model, options).run()
}

/** What is known before is known soon enough. */
const MEANWHILE_FROM = 2 ** 17

class Exploration {
  readonly #compiled: CompiledModel
  readonly #options: ExploreOptions
  readonly #budget: Budget
  readonly #store: StateStore
  readonly #edges: EdgeList | null
  readonly #terminals: number[] = []
  #initial: readonly number[] = []
  /** The integers of the state in hand, and of a successor of it. */
  readonly #row: Int32Array
  readonly #next: Int32Array
  /** The cells in which the two differ, as a set and one after another, some perhaps twice. */
  #changed: Cells = NONE
  readonly #touched: number[] = []
  #touches = 0
  // Its successors: packed rows side by side, fairness classes, numbers where known.
  #successors = new Int32Array(0)
  #fair = new Int32Array(0)
  #hashes = new Int32Array(0)
  #found = new Int32Array(0)
  #transitions = 0
  #expanded = 0
  #depth = 0
  /** Who else searches, and whether they were asked. */
  #others: Team | null = null
  #asked = false

  constructor(model: Model, options: ExploreOptions) {
    this.#options = options
    this.#budget = options.budget ?? new Budget(options.limits, options.control)
    this.#compiled = compile(model, this.#budget.watch)
    this.#store = new StateStore(this.#compiled.interners, this.#budget)
    this.#row = new Int32Array(this.#compiled.width)
    this.#next = new Int32Array(this.#compiled.width)
    this.#edges = options.keepEdges === true ? new EdgeList(this.#budget) : null
  }

  run(): StateGraph {
    const started = this.#budget.seconds
    let incomplete: Incomplete | null = null
    let failure: SpecError | null = null
    this.#budget.gauge(() => this.#compiled.tableBytes + this.#terminals.length * 8)
    this.#budget.tellsOf(() => this.#stands())
    try {
      this.#options.prepare?.(this.#compiled)
      this.#compiled.validate()
      this.#initial = this.#addInitial()
      this.#search()
    } catch (error) {
      if (error instanceof SpecError) failure = error
      else if (error instanceof Stopped) incomplete = error.because
      else throw error
    } finally {
      this.#others?.end()
    }
    return { ...this.#soFar(), seconds: this.#budget.seconds - started, incomplete, failure }
  }

  #soFar(): StateGraph {
    return {
      compiled: this.#compiled,
      store: this.#store,
      expanded: this.#expanded,
      transitions: this.#transitions,
      depth: this.#depth,
      seconds: this.#budget.seconds,
      memory: this.#budget.held,
      incomplete: null,
      failure: null,
      initial: this.#initial,
      edges: this.#edges?.finish() ?? null,
      terminals: this.#terminals,
    }
  }

  #addInitial(): number[] {
    const store = this.#store
    // All are read before any is stored: one that is wrong is then no state that was reached.
    const states = this.#compiled.model.initial.map((values) => {
      this.#budget.poll()
      return this.#compiled.encode(values)
    })
    store.widen()
    const packed = new Int32Array(store.layout.size)
    for (const row of states) {
      this.#budget.poll()
      store.layout.pack(row, packed, 0)
      store.add(packed, 0, -1)
    }
    return Array.from({ length: store.count }, (_, state) => state)
  }

  #search(): void {
    const store = this.#store
    let layerEnd = store.count
    let meanwhile = this.#options.meanwhile === undefined ? Number.POSITIVE_INFINITY : MEANWHILE_FROM
    this.#budget.look()
    this.#edges?.endOfState()
    while (this.#expanded < store.count) {
      const state = this.#expanded
      if (state === layerEnd) {
        this.#depth++
        layerEnd = store.count
      }
      if (state === meanwhile) {
        this.#options.meanwhile!(this.#soFar())
        meanwhile *= 2
      }
      if (this.#together(state, Math.min(layerEnd, meanwhile))) continue
      const before = this.#transitions
      const enough = this.#expand(state)
      this.#expanded++
      if (enough) return
      this.#budget.poll(this.#compiled.stepCost * (1 + this.#transitions - before))
    }
  }

  /** Expands some states with others, where there are any and it pays; true where it came further. */
  #together(from: number, before: number): boolean {
    const team = this.#team(from)
    if (!team?.isReady) return false
    const chunk = team.expand(from, before, this.#transitions / Math.max(1, this.#expanded))
    const to = chunk === null ? from : this.#visited(chunk)
    if (chunk === null || to === from) return false
    try {
      if (!team.find(chunk, to)) {
        team.retire()
        return false
      }
    } catch (error) {
      if (!(error instanceof Stopped)) throw error
      // There is no room for all that might be new: alone, one after another has.
      team.retire()
      return false
    }
    try {
      this.#settle(chunk, to)
    } catch (error) {
      this.#store.mend()
      throw error
    }
    return true
  }

  #team(state: number): Team | null {
    const { crew } = this.#budget
    const sharing = this.#options.sharing ?? SHARING
    if (this.#asked || crew === undefined || state < sharing.from) return this.#others
    this.#asked = true
    const others = this.#compiled.canFreeze ? crew() : null
    if (others !== null) this.#others = new Team(others, this.#compiled, this.#store, this.#budget, sharing)
    return this.#others
  }

  /** Visits the states of a chunk with their steps, up to one at which the search ends: that one is for the search alone. Returns which. */
  #visited({ from, to, shared }: Chunk): number {
    const { visit, visitEdge } = this.#options
    if (visit === undefined && visitEdge === undefined) return to
    const store = this.#store
    const { size } = store.layout
    const [row, next] = [this.#row, this.#next]
    let member = 0
    let c = 0
    for (let state = from; state < to; state++) {
      while (state >= (shared.ranges[member + 1] as number)) c = ++member * shared.room
      const count = shared.counts[state - from] as number
      store.unpack(state, row)
      try {
        const parent = store.parentOf(state)
        if (visit?.(state, row, count === 0, parent < 0 ? ALL : store.changes(state, parent))) return state
        for (let k = c; visitEdge !== undefined && k < c + count; k++) {
          store.layout.unpack(shared.rows, k * size, next)
          visitEdge(state, row, next, shared.changed[k] as number)
        }
      } catch (error) {
        if (error instanceof SpecError) return state
        throw error
      }
      c += count
    }
    return to
  }

  /** Numbers what is new among the successors of the states of a chunk below `to`, in the order in which a search alone finds it. */
  #settle({ from, shared }: Chunk, to: number): void {
    const store = this.#store
    const edges = this.#edges
    const { counts, ranges, room, found, fair, hashes, slotOf, rows, size } = shared
    let member = 0
    let c = 0
    for (let state = from; state < to; state++) {
      while (state >= (ranges[member + 1] as number)) c = ++member * room
      const count = counts[state - from] as number
      if (count === 0) this.#terminals.push(state)
      for (let end = c + count; c < end; c++) {
        let number = found[c] as number
        if (number < -1) number = found[-2 - number] as number
        else if (number === -1) {
          number = store.put(rows, c * size, state, hashes[c] as number, slotOf[c] as number)
          found[c] = number
        }
        edges?.add(number, fair[c] as number)
      }
      edges?.endOfState()
      this.#transitions += count
      this.#expanded++
      this.#budget.poll(this.#compiled.stepCost * (1 + count))
    }
  }

  #stands() {
    return {
      states: this.#store.count,
      transitions: this.#transitions,
      depth: this.#depth,
      frontier: this.#store.count - this.#expanded,
    }
  }

  /** Follows every outcome of a state. True when the visitor wants no more. */
  #expand(state: number): boolean {
    const store = this.#store
    const compiled = this.#compiled
    const row = this.#row
    store.unpack(state, row)
    compiled.enable(row)
    const terminal = compiled.enabled.length === 0
    const { visit } = this.#options
    if (visit !== undefined) {
      const parent = store.parentOf(state)
      if (visit(state, row, terminal, parent < 0 ? ALL : store.changes(state, parent))) {
        if (terminal) this.#terminals.push(state)
        return true
      }
    }
    if (terminal) this.#terminals.push(state)
    let count = this.#computeSuccessors(state)
    while (count < 0) {
      this.#widen()
      count = this.#computeSuccessors(state)
    }
    store.lookUp(this.#successors, count, this.#hashes, this.#found)
    for (let k = 0; k < count; k++) this.#follow(state, k)
    this.#edges?.endOfState()
    return false
  }

  /** Applies every enabled outcome: the next states' packed rows, side by side in `#successors`. Returns how many; −1 where an integer has no room in a row. */
  #computeSuccessors(state: number): number {
    const compiled = this.#compiled
    const { packed, layout } = this.#store
    const { size } = layout
    const { enabled } = compiled
    const { visitEdge } = this.#options
    const [row, next] = [this.#row, this.#next]
    const base = state * size
    next.set(row)
    this.#touches = 0
    let count = 0
    for (let e = 0; e < enabled.length; e++) {
      const code = enabled[e]!.code
      for (let at = 0; at < code.length; ) {
        if (count === this.#fair.length) this.#makeRoom()
        const start = count * size
        for (let i = 0; i < size; i++) this.#successors[start + i] = packed[base + i] as number
        this.#fair[count] = code[at++] as number
        this.#changed = NONE
        for (let sets = code[at++] as number; sets > 0; sets--, at += 2)
          if (!this.#change(layout, start, code[at] as number, code[at + 1] as number)) return -1
        for (let sends = code[at++] as number; sends > 0; sends--, at += 2) {
          const cell = code[at] as number
          const after = compiled.absorb(cell, next[cell] as number, code[at + 1] as number)
          if (!this.#change(layout, start, cell, after)) return -1
        }
        if (visitEdge !== undefined) visitEdge(state, row, next, this.#changed)
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
    this.#successors[place] = (this.#successors[place] as number) ^ (difference << (shift[cell] as number))
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

  /** For integers that have no room in rows as they are. */
  #widen(): void {
    this.#store.widen()
    const length = this.#fair.length * this.#store.layout.size
    if (length > this.#successors.length) this.#successors = this.#budget.enlarged(this.#successors, length)
    this.#budget.poll(this.#store.count)
  }

  #makeRoom(): void {
    const budget = this.#budget
    const { size } = this.#store.layout
    const room = this.#fair.length === 0 ? firstRoom(size) : this.#fair.length * 2
    this.#successors = budget.enlarged(this.#successors, room * size)
    this.#fair = budget.enlarged(this.#fair, room)
    this.#hashes = budget.enlarged(this.#hashes, room)
    this.#found = budget.enlarged(this.#found, room)
    budget.poll(room)
  }

  /** Stores a successor and its edge. */
  #follow(state: number, k: number): void {
    const store = this.#store
    let number = this.#found[k] as number
    if (number < 0) {
      number = store.add(this.#successors, k * store.layout.size, state, this.#hashes[k])
      if (number < 0) number = ~number
    }
    this.#transitions++
    this.#edges?.add(number, this.#fair[k] as number)
  }
}

/** Rows for the successors of a state: fewer at first where they are wide. */
function firstRoom(width: number): number {
  return Math.min(32, Math.max(1, Math.floor(2 ** 16 / Math.max(width, 1))))
}
