import { type Budget, Stopped } from './budget.ts'
import { type Cells, NONE } from './cells.ts'
import { Chunk, type ChunkSizes } from './chunk.ts'
import { Common } from './common.ts'
import type { CompiledModel } from './compile.ts'
import type { Crew } from './crew.ts'
import { Filling } from './filling.ts'
import type { Layout } from './layout.ts'
import type { SleepSets } from './sleep.ts'
import type { Home, StateStore } from './store.ts'
import type { Loop } from './wasm/loop.ts'
import { type MemorySizes, SearchMemory } from './wasm/memory.ts'

/** When and how a kernel is used. Small numbers are for laws. */
export interface Kerneling extends ChunkSizes {
  /** States that are expanded before one is made: of a small search, nearly all is learning. */
  readonly from: number
  /** The same with a crew, which is asked to help from so many states on: threads take a while to come. */
  readonly together: ChunkSizes & { readonly from: number }
  /** All that there is where it does not say. */
  readonly memory?: MemorySizes
}

export const KERNELING: Kerneling = {
  from: 2 ** 12,
  states: 2 ** 8,
  block: 2 ** 5,
  successors: 2 ** 12,
  together: { from: 2 ** 16, states: 2 ** 11, block: 2 ** 5, successors: 2 ** 15 },
}

/** States of which all successors are found, to be settled in the order in which a search without a kernel comes to them. */
export interface Found {
  readonly from: number
  readonly to: number
  readonly chunk: Chunk
}

/** How far a search has taken what was found: all of it; or it has seen enough; or it has to do the next state itself. */
export type Settled = 'all' | 'enough' | 'alone'

/** The search that a kernel is of. */
export interface KernelSearcher {
  /** Takes what was found as found one after another. */
  settle(found: Found): Settled
  /** The first state that is deeper than this one, to be expanded next; and the cells of which changes have to be seen. */
  layerAfter(state: number): number
  readonly looked: Cells
}

/**
 * A search's innermost loop in WebAssembly (`wasm/loop.ts`), over the tables, rows and slots of the search, which lie in its memory. It makes the successors of the next states, a chunk of them at a time, and finds those
 * that are known. Then it takes them in order: finds those that are new, which the search counts, shows and keeps. With a crew others make the next chunk meanwhile, and fill slots with it. What the tables do not know it leaves to the search,
 * which does one state after another as ever: so all is as it would be without it.
 */
export class Kernel implements Home {
  readonly #store: StateStore
  readonly #budget: Budget
  readonly #sleep: SleepSets | null
  readonly #sizes: Kerneling
  readonly #memory: SearchMemory
  readonly #loop: Loop
  #crew: Crew | null = null
  #askAt: number
  /** One, and with a crew another one; and which is being made. */
  #chunks: readonly Chunk[] = []
  #running: Chunk | null = null
  /** Bytes of the budget that they have. */
  #taken = 0
  /** States that are left to the search before the next chunk is begun, and where that is. */
  #pause = 0
  #beginAt = 0
  /** Successors a state, in the chunk that was made last. */
  #perState = 8
  readonly #common: Common
  readonly #filling: Filling
  #hasEnded = false

  /** Null where there is no WebAssembly, or a bound has no room for it. */
  static of(
    compiled: CompiledModel,
    store: StateStore,
    budget: Budget,
    sleep: SleepSets | null,
    sizes: Kerneling,
  ): Kernel | null {
    const memory = SearchMemory.take(sizes.memory)
    if (memory === null) return null
    const kernel = new Kernel(compiled, store, budget, sleep, sizes, memory)
    return kernel.#moveIn() ? kernel : null
  }

  private constructor(
    ...[compiled, store, budget, sleep, sizes, memory]: [
      CompiledModel,
      StateStore,
      Budget,
      SleepSets | null,
      Kerneling,
      SearchMemory,
    ]
  ) {
    this.#store = store
    this.#budget = budget
    this.#sleep = sleep
    this.#sizes = sizes
    this.#memory = memory
    this.#loop = memory.loop
    this.#askAt = budget.crew === undefined ? Number.POSITIVE_INFINITY : sizes.together.from
    this.#common = new Common(compiled, store, sleep, memory)
    this.#filling = new Filling(memory)
  }

  /** False where there is no room for what it needs. */
  #moveIn(): boolean {
    if (!this.#makeRoom(1, this.#store.layout.size)) return false
    const isIn =
      this.#memory.isWhole &&
      this.#store.moveTo(this) &&
      fits(() => this.#sleep?.moveTo(this.#memory.largeRoom)) &&
      this.#memory.isWhole
    if (!isIn) this.#giveBack()
    return isIn
  }

  /**
   * Expands states from one on, as far as the tables know all.
   *
   * @returns 'enough' when the search has seen enough; 'alone' where it has to do the next state itself; 'no room' when a bound is near, and it has to do all that are left
   */
  search(from: number, searcher: KernelSearcher): 'enough' | 'alone' | 'no room' {
    const store = this.#store
    for (let state = from; state < store.count; ) {
      if (state < this.#beginAt && !this.#chunks.some((chunk) => chunk.has(state))) break
      const chunk = this.#made(state, searcher)
      if (chunk === null) return 'no room'
      const anew = chunk.slots !== store.slots.slots
      const reached = this.#loop.take(this.#common.at, chunk.at, state, store.count, anew)
      const how = this.#settled({ from: state, to: reached, chunk }, searcher)
      if (how !== 'all') return how
      if (state === chunk.from) this.#pace(chunk, reached)
      if (reached < chunk.to) {
        if (reached === chunk.from || !chunk.hadNoRoom(reached)) break
        chunk.drop()
      }
      state = reached
    }
    // What the search learns now it writes into the tables (those in `StepMap` at once, the others when a chunk is begun): nobody must be looking at them.
    this.#rest()
    return 'alone'
  }

  /** Where nearly all is new to the tables a chunk is not worth what it costs to begin one: then more and more is left to the search before the next one. */
  #pace({ from, to }: Chunk, reached: number): void {
    this.#pause = reached - from < Math.min(WORTH_IT, to - from) ? Math.min(2 * this.#pause + 1, LONGEST_PAUSE) : 0
    this.#beginAt = reached + this.#pause
  }

  #settled(found: Found, searcher: KernelSearcher): Settled {
    let how: Settled | null = null
    try {
      how = searcher.settle(found)
      return how
    } finally {
      // States that were taken and not counted are not there.
      if (how !== 'all') {
        this.#dropAll()
        this.#store.mend()
      }
    }
  }

  /** Nobody works with it any more. */
  dismiss(): void {
    this.#dropAll()
    this.#giveBack()
    this.#crew?.end()
    this.#crew = null
    this.#askAt = Number.POSITIVE_INFINITY
  }

  /** Its memory may be that of another search: nothing is asked of this one any more. */
  end(): void {
    if (!this.#hasEnded) this.#memory.give()
    this.#hasEnded = true
  }

  /** Has no chunks any more. */
  #giveBack(): void {
    this.#budget.give(this.#taken)
    this.#taken = 0
    this.#chunks = []
  }

  // Chunks.

  /** The chunk in which a state and those after it have been made; null where a bound, or the memory, has no room for what may be found. */
  #made(state: number, searcher: KernelSearcher): Chunk | null {
    const { layout } = this.#store
    const looked = this.#sleep === null ? NONE : searcher.looked
    let chunk = this.#chunks.find((one) => one.has(state) && one.layout === layout && one.looked === looked) ?? null
    if (chunk === null) {
      this.#dropAll()
      this.#welcome(state)
      if (this.#rowsFit()) {
        const layerEnd = this.#sleep === null ? this.#store.count : searcher.layerAfter(state)
        chunk = this.#begin(this.#chunks[0]!, state, layerEnd, looked)
      }
    }
    if (chunk !== null && chunk === this.#running) this.#rest()
    if (chunk !== null && this.#reserve(chunk.successorsFrom(state))) {
      this.#beginNext(chunk)
      this.#describe()
      // What was made longer may lie elsewhere now.
      if (this.#memory.isWhole) return chunk
    }
    this.#dropAll()
    return null
  }

  /** Lets others make the chunk after one, while that is taken. */
  #beginNext(chunk: Chunk): void {
    const other = this.#chunks.find((one) => one !== chunk)
    const { to, looked } = chunk
    if (other === undefined || this.#running !== null || other.has(to)) return
    // What sleeps is known of all of a layer; without that, the next states are.
    const [end, least] = this.#sleep === null ? [this.#store.count, this.#share(other)] : [chunk.layerEnd, 1]
    if (end - to >= least) this.#begin(other, to, end, looked)
  }

  /** Begins a chunk of states from one on, before another; null where the memory has no room for the tables. */
  #begin(chunk: Chunk, from: number, end: number, looked: Cells): Chunk | null {
    const { layout, slots, count } = this.#store
    this.#common.useTables()
    if (this.#sleep !== null) this.#common.useLayer(end, looked)
    this.#describe()
    if (!this.#memory.isWhole) return null
    chunk.begin(from, Math.min(from + this.#share(chunk), end), end, looked, layout, slots.slots, count)
    this.#running = chunk
    if (this.#chunks.length > 1) this.#crew!.begin(chunk.at)
    return chunk
  }

  #share({ states, successors }: Chunk): number {
    return Math.max(1, Math.min(states, Math.floor(successors / (1 + 1.5 * this.#perState))))
  }

  /** Nobody is at work then. */
  #rest(): void {
    const chunk = this.#running
    if (chunk === null) return
    this.#running = null
    this.#finish(chunk.at)
    this.#perState = chunk.successorsFrom(chunk.from) / (chunk.to - chunk.from)
  }

  /** Until what was begun is done. */
  #finish(at: number): void {
    if (this.#chunks.length > 1) this.#crew!.finish()
    else while (this.#loop.make(this.#common.at, at, 0) !== 0);
  }

  #dropAll(): void {
    this.#rest()
    for (const chunk of this.#chunks) chunk.drop()
  }

  /** False where a bound leaves no room for so many more states. */
  #reserve(more: number): boolean {
    return fits(() => {
      if (!this.#store.reserve(more)) return false
      this.#sleep?.reserve(this.#store.count + more)
      return true
    })
  }

  /** Asks others to help, again after a while where they have other work; takes them on when they are there, and there is room for what they need. */
  #welcome(state: number): void {
    if (state >= this.#askAt) {
      this.#crew = this.#budget.crew!()
      this.#askAt = this.#crew === null ? state + Math.max(1, this.#sizes.together.from) : Number.POSITIVE_INFINITY
      this.#crew?.hand({ memory: this.#memory.shared, common: this.#common.at })
    }
    if (this.#chunks.length > 1 || this.#crew?.isReady !== true) return
    if (this.#makeRoom(this.#crew.size, this.#store.layout.size)) return
    this.#crew.end()
    this.#crew = null
  }

  /** Whether rows have room in chunks, or get it: for a word more at once, since they become longer more than once. */
  #rowsFit(): boolean {
    const { size } = this.#store.layout
    return size <= this.#chunks[0]!.size || this.#makeRoom(this.#chunks.length > 1 ? this.#crew!.size : 1, size + 1)
  }

  /** False where a bound leaves none. */
  #makeRoom(members: number, size: number): boolean {
    const sizes = members > 1 ? this.#sizes.together : this.#sizes
    const many = members > 1 ? 2 : 1
    const bytes = many * Chunk.bytes(members, sizes, size)
    if (!fits(() => this.#budget.take(bytes))) return false
    this.#budget.give(this.#taken)
    this.#taken = bytes
    this.#chunks = Array.from({ length: many }, () => new Chunk(this.#memory, members, sizes, size))
    this.#common.useScratch(members)
    return true
  }

  // As the store's home: what others look at changes while they rest.

  rows(length: number): Int32Array | null {
    return this.#memory.rows(length)
  }

  slots(length: number): Int32Array | null {
    return this.#memory.slots(length)
  }

  repack({ count }: StateStore, from: Layout): boolean {
    this.#rest()
    const place = this.#common.placeOf(from)
    this.#describe()
    if (!this.#memory.isWhole) return false
    this.#loop.repack(this.#common.at, count, from.size, from.bytes, from.lastMask, ...place)
    return true
  }

  fillSlots({ count }: StateStore): boolean {
    this.#rest()
    for (const chunk of this.#chunks) chunk.slots = null
    this.#describe()
    if (!this.#memory.isWhole) return false
    this.#loop.emptySlots(this.#common.at)
    const alone = this.#chunks.length < 2
    this.#filling.begin(count, alone)
    if (!alone) this.#crew!.begin(this.#filling.at)
    this.#finish(this.#filling.at)
    return true
  }

  #describe(): void {
    this.#common.describe(() => this.#rest())
  }
}

/** States that the tables have to know all of, from the first one on. */
const WORTH_IT = 16
const LONGEST_PAUSE = 2 ** 12

/** False where it says so, or a bound ends it. */
function fits(work: () => unknown): boolean {
  try {
    return work() !== false
  } catch (error) {
    if (error instanceof Stopped) return false
    throw error
  }
}
