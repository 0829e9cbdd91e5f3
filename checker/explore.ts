import { CompiledModel } from './compile.ts'
import { SpecError } from './errors.ts'
import { IntList } from './int-list.ts'
import { type Control, type Incomplete, type Limits, wallClock } from './limits.ts'
import type { Label, Model, Value } from './model.ts'
import { FULL, StateStore } from './store.ts'

/** What a search found: all states within the bounds, numbered breadth-first, so that the least number is a nearest one. */
export interface StateGraph {
  readonly compiled: CompiledModel
  readonly store: StateStore
  /** How many states have had their outcomes followed: the numbers below it. Equal to `store.count` when complete. */
  readonly expanded: number
  readonly transitions: number
  /** Of the deepest state: the initial states have depth 0. */
  readonly depth: number
  readonly seconds: number
  readonly memory: number
  readonly incomplete: Incomplete | null
  /** A rule or predicate threw, in the state numbered `expanded` (or in an initial state, when there is none). */
  readonly failure: SpecError | null
  /** Numbers of the initial states. */
  readonly initial: readonly number[]
  /** All edges, where the search was asked to keep them. */
  readonly edges: Edges | null
  /** Numbers of expanded states without an outcome. */
  readonly terminals: readonly number[]
}

/** Edges of states 0…n−1: those of state s are start[s] … start[s+1]−1. */
export interface Edges {
  readonly start: Int32Array
  readonly target: Int32Array
  /** Fairness class, −1 if the step is not owed. */
  readonly fair: Int32Array
}

export interface ExploreOptions {
  readonly limits?: Limits
  readonly control?: Control
  readonly keepEdges?: boolean
  /** Called with each state as it is expanded; true ends the search early (everything asked is known). */
  readonly visit?: (state: number, words: Int32Array, base: number, terminal: boolean) => boolean
  /** Called with each step: the state's number, and where the integers of the states before and after it are. */
  readonly visitEdge?: (from: number, words: Int32Array, base: number, next: Int32Array, nextBase: number) => void
  /** Called once, before the search, with the model as it was compiled. */
  readonly prepare?: (compiled: CompiledModel) => void
}

/** Enumerates the reachable states of a model, breadth-first and exactly. */
export function explore(model: Model, options: ExploreOptions = {}): StateGraph {
  return new Exploration(model, options).run()
}

const POLL_EVERY = 512

class Exploration {
  readonly #compiled: CompiledModel
  readonly #options: ExploreOptions
  readonly #limits: Limits
  readonly #control: Control
  readonly #store: StateStore
  readonly #edges: EdgeList | null
  readonly #terminals: number[] = []
  // The successors of the state in hand: integers, hashes, fairness classes, numbers where known.
  #successors: Int32Array
  #sums = new Int32Array(32)
  #fair = new Int32Array(32)
  #found = new Int32Array(32)
  #transitions = 0
  #expanded = 0
  #depth = 0
  #incomplete: Incomplete | null = null
  #failure: SpecError | null = null

  constructor(model: Model, options: ExploreOptions) {
    this.#options = options
    this.#limits = options.limits ?? {}
    this.#control = options.control ?? wallClock
    this.#compiled = new CompiledModel(model)
    this.#store = new StateStore(model.cells.length, {
      maxStates: this.#limits.states ?? Number.POSITIVE_INFINITY,
      reserve: (bytes) => this.#mayTake(bytes + (this.#edges?.bytes ?? 0)),
    })
    this.#successors = new Int32Array(this.#sums.length * model.cells.length)
    this.#edges = options.keepEdges === true ? new EdgeList((bytes) => this.#mayTake(bytes + this.#store.bytes)) : null
  }

  run(): StateGraph {
    const started = this.#control.now()
    let initial: number[] = []
    try {
      this.#options.prepare?.(this.#compiled)
      initial = this.#addInitial()
      this.#search(started)
    } catch (error) {
      if (!(error instanceof SpecError)) throw error
      this.#failure = error
    }
    const store = this.#store
    return {
      compiled: this.#compiled,
      store,
      expanded: this.#expanded,
      transitions: this.#transitions,
      depth: this.#depth,
      seconds: this.#control.now() - started,
      memory: this.#bytes(),
      incomplete: this.#incomplete,
      failure: this.#failure,
      initial,
      edges: this.#edges?.finish() ?? null,
      terminals: this.#terminals,
    }
  }

  #addInitial(): number[] {
    const store = this.#store
    for (const values of this.#compiled.model.initial) {
      const words = this.#compiled.encode(values)
      store.add(words, 0, store.hash(words, 0), -1)
    }
    return Array.from({ length: store.count }, (_, state) => state)
  }

  #search(started: number): void {
    const store = this.#store
    let layerEnd = store.count
    let lastTold = started
    for (; this.#expanded < store.count; this.#expanded++) {
      const state = this.#expanded
      if (state === layerEnd) {
        this.#depth++
        layerEnd = store.count
      }
      if (state % POLL_EVERY === 0) {
        const now = this.#control.now()
        this.#incomplete = this.#outOfBounds(now - started)
        if (now - lastTold >= 1) {
          lastTold = now
          this.#tell(now - started)
        }
      }
      if (this.#incomplete !== null) return
      const enough = this.#expand(state)
      // A state whose steps could not all be stored does not count as expanded.
      if (this.#incomplete !== null) return
      if (enough) {
        this.#expanded++
        return
      }
    }
  }

  #tell(seconds: number): void {
    this.#control.progress?.({
      states: this.#store.count,
      transitions: this.#transitions,
      depth: this.#depth,
      frontier: this.#store.count - this.#expanded,
      memory: this.#bytes(),
      seconds,
    })
  }

  /** Follows every outcome of a state. True when the visitor wants no more. */
  #expand(state: number): boolean {
    const store = this.#store
    const compiled = this.#compiled
    const base = state * store.width
    compiled.enable(store.words, base)
    const terminal = compiled.enabled.length === 0
    if (terminal) this.#terminals.push(state)
    if (this.#options.visit?.(state, store.words, base, terminal) === true) return true
    const count = this.#computeSuccessors(base)
    store.lookUp(this.#successors, this.#sums, count, this.#found)
    for (let k = 0; k < count; k++) {
      if (!this.#follow(state, k)) return false
    }
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
    const room = this.#sums.length * 2
    this.#successors = enlarged(this.#successors, room * this.#store.width)
    this.#sums = enlarged(this.#sums, room)
    this.#fair = enlarged(this.#fair, room)
    this.#found = enlarged(this.#found, room)
  }

  /** Stores a successor and its edge; false when a bound leaves no room. */
  #follow(state: number, k: number): boolean {
    const store = this.#store
    let number = this.#found[k] as number
    if (number < 0) {
      number = store.add(this.#successors, k * store.width, this.#sums[k] as number, state)
      if (number === FULL) {
        this.#incomplete = store.count >= (this.#limits.states ?? Number.POSITIVE_INFINITY) ? 'states' : 'memory'
        return false
      }
      if (number < 0) number = ~number
    }
    this.#transitions++
    if (this.#edges !== null && !this.#edges.add(number, this.#fair[k] as number)) {
      this.#incomplete = 'memory'
      return false
    }
    const { visitEdge } = this.#options
    if (visitEdge !== undefined) {
      visitEdge(state, store.words, state * store.width, this.#successors, k * store.width)
    }
    return true
  }

  #outOfBounds(seconds: number): Incomplete | null {
    if (this.#control.interrupted?.() === true) return 'interrupted'
    if (seconds > (this.#limits.seconds ?? Number.POSITIVE_INFINITY)) return 'seconds'
    if (this.#bytes() > (this.#limits.memory ?? Number.POSITIVE_INFINITY)) return 'memory'
    return null
  }

  #bytes(): number {
    return this.#store.bytes + (this.#edges?.bytes ?? 0) + this.#compiled.tableBytes
  }

  #mayTake(bytes: number): boolean {
    return bytes + this.#compiled.tableBytes <= (this.#limits.memory ?? Number.POSITIVE_INFINITY)
  }
}

function enlarged(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length)
  larger.set(array)
  return larger
}

class EdgeList {
  readonly #start = new IntList()
  readonly #target = new IntList()
  readonly #fair = new IntList()
  readonly #reserve: (bytes: number) => boolean

  constructor(reserve: (bytes: number) => boolean) {
    this.#reserve = reserve
    this.#start.push(0)
  }

  get bytes(): number {
    return this.#start.bytes + this.#target.bytes + this.#fair.bytes
  }

  add(target: number, fair: number): boolean {
    if (this.#target.full && !this.#reserve(this.bytes + this.#target.bytes * 2)) return false
    this.#target.push(target)
    this.#fair.push(fair)
    return true
  }

  endOfState(): void {
    this.#start.push(this.#target.length)
  }

  finish(): Edges {
    const count = this.#start.at(this.#start.length - 1)
    return { start: this.#start.view(), target: this.#target.view(count), fair: this.#fair.view(count) }
  }
}

/** One step out of a state: the label, the next state's number (−1 if the search did not store it) and its fairness class. */
export interface StepOut {
  readonly label: Label
  readonly to: number
  readonly fair: number
}

/** The steps out of a state, recomputed from the tables. */
export function stepsFrom(graph: StateGraph, state: number): StepOut[] {
  const { compiled, store } = graph
  const steps: StepOut[] = []
  const next = new Int32Array(store.width)
  compiled.enable(store.words, state * store.width)
  for (const { code, labels } of [...compiled.enabled]) {
    let at = 0
    for (const label of labels) {
      for (let i = 0; i < store.width; i++) next[i] = store.words[state * store.width + i] as number
      const fair = code[at++] as number
      for (let sets = code[at++] as number; sets > 0; sets--) next[code[at++] as number] = code[at++] as number
      for (let sends = code[at++] as number; sends > 0; sends--) {
        const cell = code[at++] as number
        next[cell] = compiled.absorb(cell, next[cell] as number, code[at++] as number)
      }
      steps.push({ label, to: store.find(next), fair })
    }
  }
  return steps
}

/** The values of a state, one a cell. */
export function valuesOf(graph: StateGraph, state: number): readonly Value[] {
  return graph.compiled.decode(graph.store.words, state * graph.store.width)
}
