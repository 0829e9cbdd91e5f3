import { Budget, Stopped } from './budget.ts'
import type { CompiledModel } from './compile.ts'
import { EdgeList } from './edge-list.ts'
import { SpecError } from './errors.ts'
import type { StateGraph } from './graph.ts'
import type { Control, Incomplete, Limits } from './limits.ts'
import type { Model } from './model.ts'
import { StateStore } from './store.ts'
import { compile } from './timed/compile.ts'

export interface ExploreOptions {
  readonly limits?: Limits
  readonly control?: Control
  /** What limits and control come to, where the search is a part of something larger. */
  readonly budget?: Budget
  readonly keepEdges?: boolean
  /** Called with each state as it is expanded; true ends the search early (everything asked is known). */
  readonly visit?: (state: number, words: Int32Array, base: number, terminal: boolean) => boolean
  /** Called with each step: the state's number, and where the integers of the states before and after it are. */
  readonly visitEdge?: (from: number, words: Int32Array, base: number, next: Int32Array, nextBase: number) => void
  /** Called once, before the search, with the model as it was compiled. */
  readonly prepare?: (compiled: CompiledModel) => void
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
  // The successors of the state in hand: integers, hashes, fairness classes, numbers where known.
  #successors = new Int32Array(0)
  #sums = new Int32Array(0)
  #fair = new Int32Array(0)
  #found = new Int32Array(0)
  #transitions = 0
  #expanded = 0
  #depth = 0

  constructor(model: Model, options: ExploreOptions) {
    this.#options = options
    this.#budget = options.budget ?? new Budget(options.limits, options.control)
    this.#compiled = compile(model, this.#budget.watch)
    this.#store = new StateStore(this.#compiled.width, this.#budget)
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
    for (const words of states) {
      this.#budget.poll()
      store.add(words, 0, store.hash(words, 0), -1)
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
      const before = this.#transitions
      const enough = this.#expand(state)
      this.#expanded++
      if (enough) return
      this.#budget.poll(this.#compiled.stepCost * (1 + this.#transitions - before))
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
    const base = state * store.width
    compiled.enable(store.words, base)
    const terminal = compiled.enabled.length === 0
    const enough = this.#options.visit?.(state, store.words, base, terminal) === true
    if (terminal) this.#terminals.push(state)
    if (enough) return true
    const count = this.#computeSuccessors(base)
    store.lookUp(this.#successors, this.#sums, count, this.#found)
    for (let k = 0; k < count; k++) this.#follow(state, k)
    this.#edges?.endOfState()
    return false
  }

  /** Applies every enabled outcome: the next states' integers, side by side in `#successors`. Returns how many. */
  #computeSuccessors(base: number): number {
    const compiled = this.#compiled
    const store = this.#store
    const { width, words } = store
    const { enabled } = compiled
    const sumHere = store.hash(words, base)
    let count = 0
    for (let e = 0; e < enabled.length; e++) {
      const code = enabled[e]!.code
      for (let at = 0; at < code.length; ) {
        if (count === this.#sums.length) this.#makeRoom()
        const next = this.#successors
        const start = count * width
        for (let i = 0; i < width; i++) next[start + i] = words[base + i] as number
        let sum = sumHere
        this.#fair[count] = code[at++] as number
        for (let sets = code[at++] as number; sets > 0; sets--) {
          const cell = code[at++] as number
          const word = code[at++] as number
          sum = (sum + Math.imul(word - (next[start + cell] as number), store.weight(cell))) | 0
          next[start + cell] = word
        }
        for (let sends = code[at++] as number; sends > 0; sends--) {
          const cell = code[at++] as number
          const before = next[start + cell] as number
          const word = compiled.absorb(cell, before, code[at++] as number)
          sum = (sum + Math.imul(word - before, store.weight(cell))) | 0
          next[start + cell] = word
        }
        this.#sums[count++] = sum
      }
    }
    return count
  }

  #makeRoom(): void {
    const budget = this.#budget
    const room = this.#sums.length === 0 ? firstRoom(this.#store.width) : this.#sums.length * 2
    this.#successors = budget.enlarged(this.#successors, room * this.#store.width)
    this.#sums = budget.enlarged(this.#sums, room)
    this.#fair = budget.enlarged(this.#fair, room)
    this.#found = budget.enlarged(this.#found, room)
    budget.poll(room)
  }

  /** Stores a successor and its edge. */
  #follow(state: number, k: number): void {
    const store = this.#store
    let number = this.#found[k] as number
    if (number < 0) {
      number = store.add(this.#successors, k * store.width, this.#sums[k] as number, state)
      if (number < 0) number = ~number
    }
    this.#transitions++
    this.#edges?.add(number, this.#fair[k] as number)
    const { visitEdge } = this.#options
    if (visitEdge !== undefined) {
      visitEdge(state, store.words, state * store.width, this.#successors, k * store.width)
    }
  }
}

/** Rows for the successors of a state: fewer at first where they are wide. */
function firstRoom(width: number): number {
  return Math.min(32, Math.max(1, Math.floor(2 ** 16 / Math.max(width, 1))))
}
