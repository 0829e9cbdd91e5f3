import { type Budget, Stopped } from './budget.ts'
import { type Cells, NONE } from './cells.ts'
import type { CompiledModel } from './compile.ts'
import { type FrozenModel, type FrozenTree, KNOWS_NOTHING } from './frozen.ts'
import type { Layout } from './layout.ts'
import type { SleepSets } from './sleep.ts'
import type { Home, StateStore } from './store.ts'
import type { Found, Settled } from './team.ts'
import type { Loop } from './wasm/loop.ts'
import { SearchMemory } from './wasm/memory.ts'

/** When and how a kernel is used. Small numbers are for laws. */
export interface Kerneling {
  /** States that are expanded before one is made: of a small search, nearly all is learning. */
  readonly from: number
  /** States that are taken at a time, at most; successors that there is room for. */
  readonly states: number
  readonly successors: number
}

export const KERNELING: Kerneling = { from: 2 ** 12, states: 2 ** 8, successors: 2 ** 12 }

/** The search that a kernel is of. */
export interface KernelSearcher {
  /** Takes what was found as found one after another. */
  settle(found: Found): Settled
  /** The first state that is deeper than this one, to be expanded next; and the cells of which changes have to be seen. */
  layerAfter(state: number): number
  readonly looked: Cells
}

/**
 * A search's innermost loop in WebAssembly (`wasm/loop.ts`), over the tables, rows and slots of the search, which lie in its memory. What the tables do not know it leaves to the search, which does one
 * state after another as ever, and what it finds the search counts, in order: so all is as it would be without it.
 */
export class Kernel implements Home {
  readonly #compiled: CompiledModel
  readonly #store: StateStore
  readonly #budget: Budget
  readonly #sleep: SleepSets | null
  readonly #sizes: Kerneling
  readonly #memory: SearchMemory
  readonly #loop: Loop
  #chunk: Found['chunk']
  #layout: Layout | null = null
  #layoutAt: readonly [word: number, shift: number, mask: number] = [0, 0, 0]
  #model: FrozenModel | null = null
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
    this.#nothing = {
      cells: this.#copy(KNOWS_NOTHING.cells),
      first: this.#ints(0),
      next: { entries: this.#ints(3), mask: 0 },
      leaf: this.#copy(KNOWS_NOTHING.leaf),
    }
    this.#chunk = this.#newChunk()
    const { width } = compiled
    this.#loop.useScratch(at(this.#ints(width)), at(this.#ints(width)), at(this.#ints(compiled.groups)))
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
      if (!this.#prepare()) return 'no room'
      const layerEnd = searcher.layerAfter(state)
      // A set of what sleeps is whole when all before its layer has been expanded.
      const end = this.#sleep === null ? store.count : layerEnd
      const to = Math.min(state + this.#sizes.states, end)
      this.#useSleep(layerEnd, searcher.looked)
      const reached = this.#loop.expand(state, to, store.count)
      const isFull = this.#loop.wasFull.value !== 0 && reached > state
      try {
        const how = searcher.settle({ from: state, to: reached, chunk: this.#chunk })
        if (how !== 'all') {
          store.mend()
          return how
        }
      } catch (error) {
        store.mend()
        throw error
      }
      if (reached < to && !isFull) return 'alone'
      state = reached
    }
    return 'alone'
  }

  /** Its memory may be that of another search: nothing is asked of this one any more. */
  end(): void {
    this.#memory.give()
  }

  // As the store's home.

  rows(length: number): Int32Array | null {
    return this.#memory.rows(length)
  }

  slots(length: number): Int32Array | null {
    return this.#memory.slots(length)
  }

  repack(store: StateStore, from: Layout): void {
    const [word, shift, mask] = this.#layout === from ? this.#layoutAt : this.#placeOf(from)
    this.#useStore(store)
    this.#loop.repack(store.count, from.size, word, shift, mask)
  }

  fillSlots(store: StateStore): void {
    this.#useStore(store)
    this.#loop.fillSlots(store.count)
  }

  #useStore({ layout, packed, slots: { slots, tagShift } }: StateStore): void {
    if (layout !== this.#layout) {
      this.#layoutAt = this.#placeOf(layout)
      this.#layout = layout
      this.#loop.useLayout(layout.size, ...this.#layoutAt)
    }
    this.#loop.useStore(at(packed), at(slots), slots.length, tagShift)
  }

  #placeOf({ word, shift, mask }: Layout): readonly [number, number, number] {
    return [at(this.#copy(word)), at(this.#copy(shift)), at(this.#copy(mask))]
  }

  /** Lets the loop work on what there is now; false where a bound, or its memory, has no room for what may be found. */
  #prepare(): boolean {
    const store = this.#store
    try {
      if (!store.reserve(this.#sizes.successors)) return false
      this.#sleep?.reserve(store.count + this.#sizes.successors)
    } catch (error) {
      if (error instanceof Stopped) return false
      throw error
    }
    this.#useStore(store)
    if (store.layout.size * this.#sizes.successors > this.#chunk.rows.length) this.#chunk = this.#newChunk()
    const model = this.#compiled.frozen(this.#memory)
    if (model !== this.#model) this.#useModel(model)
    const { packed, slots } = store
    return [packed, slots.slots, this.#chunk.rows, model.code, this.#sleep?.ring ?? packed].every((ints) =>
      this.#memory.has(ints),
    )
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
    const addresses = [at(this.#copy(ofGroups)), at(this.#copy(ofAbsorbed)), at(code)] as const
    this.#loop.useModel(width, groups.length, ...addresses)
  }

  #useSleep(layerEnd: number, looked: Cells): void {
    const ring = this.#sleep?.ring
    if (ring === undefined) this.#loop.useSleep(0, -1, 0, NONE)
    else this.#loop.useSleep(at(ring), ring.length - 1, layerEnd, looked)
  }

  #newChunk(): Found['chunk'] {
    const { states, successors } = this.#sizes
    const { size } = this.#store.layout
    this.#budget.take(Int32Array.BYTES_PER_ELEMENT * (states * 2 + successors * (5 + size)))
    const [starts, counts] = [this.#ints(states), this.#ints(states)]
    const rows = this.#ints(successors * size)
    const [fair, changed, hashes] = [this.#ints(successors), this.#ints(successors), this.#ints(successors)]
    const [found, asleep] = [this.#ints(successors), this.#ints(successors)]
    this.#loop.useChunk(...[starts, counts, rows, fair, changed, hashes, found, asleep].map(at), successors)
    return { starts, counts, rows, fair, changed, found }
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
