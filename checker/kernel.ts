import { type Budget, Stopped } from './budget.ts'
import { type Cells, NONE } from './cells.ts'
import { Chunk, type ChunkSizes } from './chunk.ts'
import type { CompiledModel } from './compile.ts'
import type { Crew } from './crew.ts'
import { type FrozenModel, type FrozenTree, KNOWS_NOTHING } from './frozen.ts'
import type { Layout } from './layout.ts'
import type { SleepSets } from './sleep.ts'
import type { Home, StateStore } from './store.ts'
import type { Loop } from './wasm/loop.ts'
import { SearchMemory } from './wasm/memory.ts'

/** When and how a kernel is used. Small numbers are for laws. */
export interface Kerneling extends ChunkSizes {
  /** States that are expanded before one is made: of a small search, nearly all is learning. */
  readonly from: number
  /** The same with a crew, which is asked to help from so many states on: threads take a while to come. */
  readonly together: ChunkSizes & { readonly from: number }
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
 * that are known. Then it takes them in order: finds those that are new, which the search counts, shows and keeps. With a crew others make the next chunk meanwhile. What the tables do not know it leaves to the search,
 * which does one state after another as ever: so all is as it would be without it.
 */
export class Kernel implements Home {
  readonly #compiled: CompiledModel
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
  /** Successors a state, in the chunk that was made last. */
  #perState = 8
  /** What all who make something work on, and what of it lies elsewhere. */
  readonly #common: Int32Array
  #scratch: Int32Array = new Int32Array(0)
  #layout: Layout | null = null
  #layoutAt: readonly [word: number, shift: number, mask: number] = [0, 0, 0]
  #model: FrozenModel | null = null
  #modelWords: readonly number[] = [0, 0, 0, 0, 0]
  #sleepWords: readonly [layerEnd: number, looked: Cells] = [0, NONE]
  readonly #nothing: FrozenTree

  /** Null where there is no WebAssembly, or a bound has no room for it. */
  static of(
    compiled: CompiledModel,
    store: StateStore,
    budget: Budget,
    sleep: SleepSets | null,
    sizes: Kerneling,
  ): Kernel | null {
    const memory = SearchMemory.take()
    try {
      return memory === null ? null : new Kernel(compiled, store, budget, sleep, sizes, memory)
    } catch (error) {
      if (error instanceof Stopped) return null
      throw error
    }
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
    this.#compiled = compiled
    this.#store = store
    this.#budget = budget
    this.#sleep = sleep
    this.#sizes = sizes
    this.#memory = memory
    this.#loop = memory.loop
    this.#askAt = budget.crew === undefined ? Number.POSITIVE_INFINITY : sizes.together.from
    this.#nothing = {
      cells: this.#copy(KNOWS_NOTHING.cells),
      first: this.#ints(0),
      next: { entries: this.#ints(3), mask: 0 },
      leaf: this.#copy(KNOWS_NOTHING.leaf),
    }
    this.#common = this.#ints(19)
    this.#makeRoom(1)
    store.moveTo(this)
    sleep?.moveTo(memory)
  }

  /**
   * Expands states from one on, as far as the tables know all.
   *
   * @returns 'enough' when the search has seen enough; 'alone' where it has to do the next state itself; 'no room' when a bound is near, and it has to do all that are left
   */
  search(from: number, searcher: KernelSearcher): 'enough' | 'alone' | 'no room' {
    const store = this.#store
    for (let state = from; state < store.count; ) {
      const chunk = this.#made(state, searcher)
      if (chunk === null) return 'no room'
      const anew = chunk.slots !== store.slots.slots
      const reached = this.#loop.take(at(this.#common), chunk.at, state, store.count, anew)
      const how = this.#settled({ from: state, to: reached, chunk }, searcher)
      if (how !== 'all') return how
      if (reached < chunk.to) {
        if (reached === state || !chunk.hadNoRoom(reached)) break
        chunk.drop()
      }
      state = reached
    }
    // What the search learns now stands in the tables at once, some of it.
    this.#rest()
    return 'alone'
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
    this.#crew?.end()
    this.#crew = null
    this.#askAt = Number.POSITIVE_INFINITY
  }

  /** Its memory may be that of another search: nothing is asked of this one any more. */
  end(): void {
    this.#memory.give()
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
      const layerEnd = this.#sleep === null ? this.#store.count : searcher.layerAfter(state)
      chunk = this.#begin(this.#chunks[0]!, state, layerEnd, looked)
    }
    if (chunk !== null && chunk === this.#running) this.#rest()
    if (chunk === null || !this.#reserve(chunk.successorsFrom(state))) {
      this.#dropAll()
      return null
    }
    this.#beginNext(chunk)
    this.#describe()
    return chunk
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

  /** Begins a chunk of states from one on, before another; null where there is no room for the tables. */
  #begin(chunk: Chunk, from: number, end: number, looked: Cells): Chunk | null {
    const { layout, slots, count, packed } = this.#store
    const model = this.#compiled.frozen(this.#memory)
    if (model !== this.#model) this.#useModel(model)
    this.#sleepWords = this.#sleep === null ? [0, NONE] : [end, looked]
    this.#describe()
    const all = [packed, slots.slots, chunk.rows, chunk.found, this.#common, model.code, this.#sleep?.ring ?? packed]
    if (!all.every((ints) => this.#memory.has(ints))) return null
    chunk.begin(from, Math.min(from + this.#share(chunk), end), end, looked, layout, slots.slots, count)
    this.#running = chunk
    if (this.#chunks.length > 1) this.#crew!.begin(chunk.at)
    return chunk
  }

  #share({ states, room }: Chunk): number {
    return Math.max(1, Math.min(states, Math.floor(room / (1 + 1.5 * this.#perState))))
  }

  /** Nobody is at work then. */
  #rest(): void {
    const chunk = this.#running
    if (chunk === null) return
    this.#running = null
    if (this.#chunks.length > 1) this.#crew!.finish()
    else while (this.#loop.make(at(this.#common), chunk.at, 0) !== 0);
    this.#perState = chunk.successorsFrom(chunk.from) / (chunk.to - chunk.from)
  }

  #dropAll(): void {
    this.#rest()
    for (const chunk of this.#chunks) chunk.drop()
  }

  /** False where a bound leaves no room for so many more states. */
  #reserve(more: number): boolean {
    try {
      if (!this.#store.reserve(more)) return false
      this.#sleep?.reserve(this.#store.count + more)
      return true
    } catch (error) {
      if (error instanceof Stopped) return false
      throw error
    }
  }

  /** Asks others to help; again after a while where they have other work. Takes them on when they are there, and there is room for what they need. */
  #welcome(state: number): void {
    if (state >= this.#askAt) {
      this.#crew = this.#budget.crew!()
      this.#askAt = this.#crew === null ? state + Math.max(1, this.#sizes.together.from) : Number.POSITIVE_INFINITY
      this.#crew?.hand({ memory: this.#memory.shared, common: at(this.#common) })
    }
    const isNew = this.#chunks.length === 1 && this.#crew?.isReady === true
    if (isNew || this.#store.layout.size > this.#chunks[0]!.size)
      this.#makeRoom(isNew || this.#chunks.length > 1 ? this.#crew!.size : 1)
  }

  #makeRoom(members: number): void {
    const { size } = this.#store.layout
    const sizes = members > 1 ? this.#sizes.together : this.#sizes
    const many = members > 1 ? 2 : 1
    this.#budget.take(many * Chunk.bytes(members, sizes, size))
    this.#chunks = Array.from({ length: many }, () => new Chunk(this.#memory, members, sizes, size))
    this.#scratch = this.#ints(members * 3 * this.#scratchLength)
  }

  // As the store's home: what others look at changes while they rest.

  rows(length: number): Int32Array | null {
    return this.#memory.rows(length)
  }

  slots(length: number): Int32Array | null {
    return this.#memory.slots(length)
  }

  repack({ count }: StateStore, from: Layout): void {
    this.#rest()
    const [word, shift, mask] = this.#layout === from ? this.#layoutAt : this.#placeOf(from)
    this.#describe()
    this.#loop.repack(at(this.#common), count, from.size, word, shift, mask)
  }

  fillSlots({ count }: StateStore): void {
    this.#rest()
    for (const chunk of this.#chunks) chunk.slots = null
    this.#describe()
    this.#loop.fillSlots(at(this.#common), count)
  }

  // What all work on.

  #describe(): void {
    const { layout, packed, slots: table } = this.#store
    if (layout !== this.#layout) {
      this.#layoutAt = this.#placeOf(layout)
      this.#layout = layout
    }
    const ring = this.#sleep?.ring
    const words = [
      ...this.#modelWords,
      ...[layout.size, ...this.#layoutAt],
      ...[at(packed), at(table.slots), table.slots.length, table.tagShift],
      ...(ring === undefined ? [0, 0] : [at(ring), ring.length]),
      ...this.#sleepWords,
      ...[at(this.#scratch), this.#scratchLength],
    ]
    if (words.every((word, i) => (word | 0) === this.#common[i])) return
    this.#rest()
    this.#common.set(words)
  }

  get #scratchLength(): number {
    return Math.max(this.#compiled.width, this.#compiled.groups)
  }

  #useModel(model: FrozenModel): void {
    this.#model = model
    const { width, groups, absorbed, code } = model
    const ofGroups = groups.flatMap(({ rank, patient, tree }) => {
      const { cells, first, next, leaf } = tree === KNOWS_NOTHING ? this.#nothing : tree
      const { entries, mask } = next
      return [
        Math.min(rank, MOST_RANK),
        patient ? 1 : 0,
        at(cells),
        at(first),
        first.length,
        at(entries),
        mask,
        at(leaf),
      ]
    })
    const ofAbsorbed = absorbed.flatMap(({ entries, mask }) => [at(entries), mask])
    this.#modelWords = [width, groups.length, at(this.#copy(ofGroups)), at(this.#copy(ofAbsorbed)), at(code)]
  }

  #placeOf({ word, shift, mask }: Layout): readonly [number, number, number] {
    return [at(this.#copy(word)), at(this.#copy(shift)), at(this.#copy(mask))]
  }

  #ints(length: number): Int32Array {
    return this.#memory.ints(length)
  }

  #copy(integers: ArrayLike<number>): Int32Array {
    const copy = this.#ints(integers.length)
    copy.set(integers)
    return copy
  }
}

const MOST_RANK = 2 ** 31 - 1

/** The address of integers in the memory. */
const at = (ints: Int32Array): number => ints.byteOffset
