import { Budget, Stopped } from './budget.ts'
import { ALL, type Cells, NONE, touches } from './cells.ts'
import type { Chunk } from './chunk.ts'
import type { CompiledModel } from './compile.ts'
import { EdgeList } from './edge-list.ts'
import { SpecError } from './errors.ts'
import type { StateGraph } from './graph.ts'
import { type Keeper, seeAgain, takeUp } from './keeper.ts'
import { type Found, KERNELING, Kernel, type Kerneling, type Settled } from './kernel.ts'
import type { Layout } from './layout.ts'
import type { Control, Incomplete, Limits } from './limits.ts'
import type { Model } from './model.ts'
import { ShownSteps } from './shown-steps.ts'
import { SleepSets, unseen } from './sleep.ts'
import { StateStore } from './store.ts'
import { SuccessorMaker } from './successor-maker.ts'
import type { Mirror } from './symmetry.ts'
import { compile } from './timed/compile.ts'

export interface ExploreOptions {
  readonly limits?: Limits
  readonly control?: Control
  /** What limits and control come to, where the search is a part of something larger. */
  readonly budget?: Budget
  readonly keepEdges?: boolean
  /** Finds the same states, each as deep, by fewer steps (sleep.ts), alone: not where edges are kept, the search is, or a model has time. */
  readonly sleep?: boolean
  /** Searches one of two states that are each other's images (symmetry.ts), alone and without sleep sets: not where edges are kept, the search is, or a model has time. */
  readonly mirror?: (compiled: CompiledModel) => Mirror
  /**
   * Called with each state as it is expanded: its number, its cells' integers, and in which of them it differs from the one before it on a shortest way; true ends the search early (everything asked is known).
   */
  readonly visit?: (state: number, row: Int32Array, terminal: boolean, changed: Cells) => boolean
  /** Called with each step: the state's number, the integers of the states before and after it, and the cells in which these differ. */
  readonly visitEdge?: (from: number, row: Int32Array, next: Int32Array, changed: Cells) => void
  /**
   * The cells of which a state has to differ in some from the one before it on a shortest way, or it is not shown unless it is an end; and of which a step has to change some. Asked
   * again and again; all where it is left out. Of steps that have the same integers there before and after not all are shown, and what only seems to change any need not be.
   */
  readonly looksAt?: () => { readonly states: Cells; readonly steps: Cells }
  /** Called once, before the search, with the model as it was compiled. */
  readonly prepare?: (compiled: CompiledModel) => void
  /** When a search is large: a loop in WebAssembly takes over, which finds the same, with others where there are any, and it is remembered which steps were shown. Null never. */
  readonly kernel?: Kerneling | null
  /** Called now and then, each time that twice as much is known as the last time, with what is known. */
  readonly meanwhile?: (soFar: StateGraph) => void
  /** Keeps the search so that it can be gone on with, and says what it goes on from. */
  readonly keeper?: Keeper
}

/** Enumerates the reachable states of a model, breadth-first and exactly. */
export function explore(model: Model, options: ExploreOptions = {}): StateGraph {
  return new Exploration(model, options).run()
}

/** What is known before is known soon enough. */
const MEANWHILE_FROM = 2 ** 17
/** A mask of states between two looks whether it is time to keep the search. */
const BETWEEN_LOOKS = 2 ** 10 - 1

class Exploration {
  readonly #compiled: CompiledModel
  readonly #options: ExploreOptions
  readonly #budget: Budget
  readonly #store: StateStore
  readonly #edges: EdgeList | null
  readonly #terminals: number[] = []
  #initial: readonly number[] = []
  readonly #made: SuccessorMaker
  readonly #mirror: Mirror | null
  /** The integers of a successor that is shown. */
  readonly #next: Int32Array
  /** The packed row of a state of which steps are shown. */
  #packed = new Int32Array(0)
  #transitions = 0
  #expanded = 0
  #depth = 0
  /** From which state on it is worth remembering what was shown. */
  readonly #largeFrom: number
  /** Who does what tables know; from which state on it is asked. */
  #kernel: Kernel | null = null
  #kernelAt: number
  #meanwhile: number
  /** The first state that is deeper than the one in hand. */
  #layerEnd = 0
  #sleep: SleepSets | null = null
  /** Transitions of the states that were expanded. */
  #settled = 0
  /** Whether all is there that was kept. */
  #goesOn = false
  /** Null where there was no room for it. */
  #shown: ShownSteps | null | undefined

  constructor(model: Model, options: ExploreOptions) {
    this.#options = options
    this.#budget = options.budget ?? new Budget(options.limits, options.control)
    this.#compiled = compile(model, this.#budget.watch)
    this.#store = new StateStore(this.#compiled.interners, this.#budget)
    this.#made = new SuccessorMaker(this.#compiled, this.#store, this.#budget)
    this.#next = new Int32Array(this.#compiled.width)
    this.#mirror = options.mirror?.(this.#compiled) ?? null
    this.#edges = options.keepEdges === true ? new EdgeList(this.#budget) : null
    this.#meanwhile = options.meanwhile === undefined ? Number.POSITIVE_INFINITY : MEANWHILE_FROM
    const { kernel = KERNELING } = options
    this.#largeFrom = kernel?.from ?? Number.POSITIVE_INFINITY
    this.#kernelAt = this.#compiled.canFreeze && this.#mirror === null ? this.#largeFrom : Number.POSITIVE_INFINITY
  }

  get #canSleep(): boolean {
    const { sleep, keepEdges, keeper } = this.#options
    return (
      sleep === true && keepEdges !== true && keeper === undefined && this.#compiled.canFreeze && this.#mirror === null
    )
  }

  run(): StateGraph {
    const started = this.#budget.seconds
    let incomplete: Incomplete | null = null
    let failure: SpecError | null = null
    this.#budget.gauge(() => this.#compiled.tableBytes + this.#terminals.length * 8 + (this.#mirror?.bytes ?? 0))
    this.#budget.tellsOf(() => this.#stands())
    try {
      this.#options.prepare?.(this.#compiled)
      this.#compiled.validate()
      this.#initial = this.#begin()
      if (!this.#goOn()) this.#search()
    } catch (error) {
      if (error instanceof SpecError) failure = error
      else if (error instanceof Stopped) incomplete = error.because
      else throw error
    } finally {
      this.#kernel?.dismiss()
    }
    if (failure === null) this.#keep()
    const release = (): void => this.#kernel?.end()
    return { ...this.#soFar(), seconds: this.#budget.seconds - started, incomplete, failure, release }
  }

  #soFar(): StateGraph {
    return {
      compiled: this.#compiled,
      store: this.#store,
      mirror: this.#mirror,
      expanded: this.#expanded,
      transitions: this.#transitions,
      depth: this.#depth,
      seconds: this.#budget.seconds,
      memory: this.#budget.held,
      incomplete: null,
      failure: null,
      initial: this.#initial,
      edges: this.#edges,
      terminals: this.#terminals,
      // It goes on in it.
      release: () => {},
    }
  }

  /** As it is between two states: what the next one has led to so far it will lead to again. Nothing before all is as it was kept, nor where nothing is new. */
  #keep(): void {
    const { keeper } = this.#options
    if (keeper === undefined || !this.#goesOn || this.#expanded === keeper.from?.expanded) return
    keeper.keep({ ...this.#soFar(), transitions: this.#settled }, this.#layerEnd)
  }

  /** Goes on from where a search was kept, if it was: what a visitor knew it learns again. True when it wants no more. */
  #goOn(): boolean {
    const from = this.#options.keeper?.from ?? null
    if (from !== null) {
      const all = { compiled: this.#compiled, store: this.#store, edges: this.#edges, budget: this.#budget }
      takeUp(from, all)
      for (const state of from.terminals) this.#terminals.push(state)
      this.#depth = from.depth
      this.#layerEnd = from.layerEnd
      this.#settled = from.transitions
      this.#transitions = from.transitions
      this.#expanded = from.expanded
      if (seeAgain(from, all, (state, terminal) => this.#visit(state, terminal))) return true
    }
    this.#goesOn = true
    return false
  }

  #begin(): number[] {
    const store = this.#store
    // All are read before any is stored: one that is wrong is then no state that was reached.
    const states = this.#compiled.model.initial.map((values) => {
      this.#budget.poll()
      return this.#compiled.encode(values)
    })
    const mirror = this.#mirror
    mirror?.checkInitial(states)
    store.widen()
    const packed = new Int32Array(store.layout.size)
    for (const row of states) {
      this.#budget.poll()
      store.layout.pack(mirror?.representative(row) ?? row, packed, 0)
      store.add(packed, 0, -1)
    }
    this.#layerEnd = store.count
    if (this.#canSleep) this.#sleep = new SleepSets(store.count, this.#budget)
    return Array.from({ length: store.count }, (_, state) => state)
  }

  #search(): void {
    const store = this.#store
    while (this.#meanwhile < this.#expanded) this.#meanwhile *= 2
    this.#budget.look()
    for (let alone = false; this.#expanded < store.count; alone = !alone) {
      if (!alone) {
        if (this.#searchByKernel()) return
        continue
      }
      const state = this.#expanded
      this.#arrive(state)
      const before = this.#transitions
      const enough = this.#expand(state)
      this.#leave()
      if (enough) return
      this.#budget.poll(this.#compiled.stepCost * (1 + this.#transitions - before))
    }
  }

  /** All before a state have been expanded. */
  #arrive(state: number): void {
    if (state === this.#layerEnd) {
      this.#depth++
      this.#layerEnd = this.#store.count
      this.#sleep?.nextLayer(this.#layerEnd)
    }
    if (state === this.#meanwhile) {
      this.#options.meanwhile!(this.#soFar())
      this.#meanwhile *= 2
    }
  }

  /** The state that was come to last has been expanded. */
  #leave(): void {
    this.#expanded++
    this.#settled = this.#transitions
    const { keeper } = this.#options
    if (keeper !== undefined && (this.#expanded & BETWEEN_LOOKS) === 0 && keeper.isDue()) this.#keep()
  }

  /** Expands states as far as tables know all. True when the visitor wants no more. */
  #searchByKernel(): boolean {
    if (this.#expanded < this.#kernelAt) return false
    this.#kernel ??= Kernel.of(
      this.#compiled,
      this.#store,
      this.#budget,
      this.#sleep,
      this.#options.kernel ?? KERNELING,
    )
    const how = this.#kernel?.search(this.#expanded, this) ?? 'no room'
    if (how === 'no room') {
      this.#kernelAt = Number.POSITIVE_INFINITY
      this.#kernel?.dismiss()
    }
    return how === 'enough'
  }

  // For a kernel: see `KernelSearcher` there.

  layerAfter(state: number): number {
    return state === this.#layerEnd ? this.#store.count : this.#layerEnd
  }

  get looked(): Cells {
    const { visitEdge, looksAt } = this.#options
    return visitEdge === undefined ? NONE : (looksAt?.().steps ?? ALL)
  }

  settle({ from, to, chunk }: Found): Settled {
    const store = this.#store
    const edges = this.#edges
    const { starts, counts, after, fair, found } = chunk
    for (let state = from; state < to; state++) {
      this.#arrive(state)
      const place = state - chunk.from
      const count = counts[place] as number
      const start = starts[place] as number
      const terminal = start < 0
      const enough = this.#visit(state, terminal)
      // More steps are to be seen than those that were made.
      if (this.#sleep !== null && !enough && this.looked !== chunk.looked) return 'alone'
      if (terminal) this.#terminals.push(state)
      if (!enough) {
        this.#visitSteps(state, chunk, start, count)
        while (store.count < (after[place] as number)) store.took(state)
        edges?.addAll(found, fair, start, count)
        edges?.endOfState()
        this.#transitions += count
      }
      this.#leave()
      if (enough) return 'enough'
      this.#budget.poll(this.#compiled.stepCost * (1 + count))
    }
    return 'all'
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
    const made = this.#made
    const mirror = this.#mirror
    compiled.enable(made.take(state))
    mirror?.check(made.take(state))
    const terminal = compiled.enabled.length === 0
    const enough = this.#visit(state, terminal)
    if (terminal) this.#terminals.push(state)
    if (enough) return true
    const asleep = this.#asleepIn(state)
    let count = made.make(state, asleep)
    while (count < 0 || mirror?.prepareFold(made.rows, count, store.layout) === false) {
      made.widen()
      count = made.make(state, asleep)
    }
    this.#visitSteps(state, made, 0, count)
    mirror?.fold(made.rows, count, store.layout)
    store.lookUp(made.rows, count, made.hashes, made.found)
    for (let k = 0; k < count; k++) this.#follow(state, k)
    this.#edges?.endOfState()
    return false
  }

  /** The rules that sleep in a state, but for those whose steps somebody wants to see. */
  #asleepIn(state: number): number | null {
    if (this.#sleep === null) return null
    const asleep = this.#sleep.at(state)
    return asleep === 0 ? asleep : unseen(this.#compiled.enabled, asleep, this.looked)
  }

  /** Shows a state; true when no more is wanted. */
  #visit(state: number, terminal: boolean): boolean {
    const { visit, looksAt } = this.#options
    if (visit === undefined) return false
    const parent = this.#store.parentOf(state)
    const changed = parent < 0 ? ALL : this.#store.changes(state, parent)
    if (!terminal && looksAt !== undefined && !touches(changed, looksAt().states)) return false
    return visit(state, this.#made.take(state), terminal, changed)
  }

  /** Shows the steps from a state to so many successors; in a large search only those that are not like one that was shown. */
  #visitSteps(state: number, { rows, changed }: Pick<Chunk, 'rows' | 'changed'>, start: number, count: number): void {
    const { visitEdge, looksAt } = this.#options
    if (visitEdge === undefined) return
    const { layout } = this.#store
    const { size } = layout
    const looked = looksAt?.().steps ?? ALL
    let shown = this.#shownFrom(state, layout, looked)
    if (shown !== null) this.#store.load(state, this.#packed)
    for (let c = start; c < start + count; c++) {
      const changes = changed[c] as Cells
      if (!touches(looked, changes)) continue
      if (shown !== null && !shown.isNew(this.#packed, rows, c * size)) continue
      layout.unpack(rows, c * size, this.#next)
      visitEdge(state, this.#made.take(state), this.#next, changes)
      // Who has looked at more than before may say something else of one that differs there.
      if (shown !== null && looksAt!().steps !== looked) shown = null
    }
  }

  /** What remembers the steps that were shown; null where nothing does. */
  #shownFrom(state: number, layout: Layout, looked: Cells): ShownSteps | null {
    if (state < this.#largeFrom || this.#options.looksAt === undefined) return null
    if (this.#shown === undefined || this.#shown?.hasRoomFor(layout) === false) {
      this.#budget.give(this.#shown?.bytes ?? 0)
      this.#shown = ShownSteps.of(layout, this.#budget)
    }
    if (this.#shown?.use(layout, looked) !== true) return null
    if (this.#packed.length < layout.size) this.#packed = new Int32Array(layout.size)
    return this.#shown
  }

  /** Stores a successor and its edge. */
  #follow(state: number, k: number): void {
    const store = this.#store
    const { rows, fair, hashes, found } = this.#made
    let number = found[k] as number
    const asleep = this.#made.asleep[k] as number
    if (number < 0) number = store.add(rows, k * store.layout.size, state, hashes[k])
    if (number < 0) {
      number = ~number
      this.#sleep?.found(number, asleep)
    } else this.#sleep?.reached(number, asleep)
    this.#transitions++
    this.#edges?.add(number, fair[k] as number)
  }
}
