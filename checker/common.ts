import { type Cells, NONE } from './cells.ts'
import type { CompiledModel } from './compile.ts'
import { type FrozenModel, type FrozenTree, KNOWS_NOTHING } from './frozen.ts'
import type { Layout } from './layout.ts'
import type { SleepSets } from './sleep.ts'
import type { StateStore } from './store.ts'
import { LINE, type SearchMemory } from './wasm/memory.ts'

/** What all loops of a search work on: the words that `use` of wasm/loop.ts reads, in a memory that has copies of what the search has elsewhere. */
export class Common {
  readonly #compiled: CompiledModel
  readonly #store: StateStore
  readonly #sleep: SleepSets | null
  readonly #memory: SearchMemory
  readonly #words: Int32Array
  readonly #nothing: FrozenTree
  #model: FrozenModel | null = null
  #modelWords: readonly number[] = [0, 0, 0, 0, 0]
  #layout: Layout | null = null
  #layoutWords: readonly [word: number, shift: number, mask: number] = [0, 0, 0]
  #layerWords: readonly [end: number, looked: Cells] = [0, NONE]
  #scratchAt = 0

  constructor(compiled: CompiledModel, store: StateStore, sleep: SleepSets | null, memory: SearchMemory) {
    this.#compiled = compiled
    this.#store = store
    this.#sleep = sleep
    this.#memory = memory
    this.#words = memory.ints(21)
    this.#nothing = {
      cells: this.#copy(KNOWS_NOTHING.cells),
      first: memory.ints(0),
      next: { entries: memory.ints(3), mask: 0 },
      leaf: this.#copy(KNOWS_NOTHING.leaf),
    }
  }

  get at(): number {
    return at(this.#words)
  }

  /** Room for what each of so many has in hand. */
  useScratch(members: number): void {
    this.#scratchAt = at(this.#memory.ints(members * 4 * this.#scratch))
  }

  /** With sleep sets: where the layer in hand ends, and the cells of which changes have to be seen. */
  useLayer(end: number, looked: Cells): void {
    this.#layerWords = [end, looked]
  }

  /** The tables as they are now; whoever looks at them has to rest meanwhile. */
  useTables(): void {
    const model = this.#compiled.frozen(this.#memory)
    if (model === this.#model) return
    this.#model = model
    const { width, groups, absorbed, code } = model
    // Only their order matters, and they need be no whole numbers.
    const ranks = [...new Set(groups.map(({ rank }) => rank))].sort((a, b) => a - b)
    const ofGroups = groups.flatMap(({ rank, patient, tree }) => {
      const { cells, first, next, leaf } = tree === KNOWS_NOTHING ? this.#nothing : tree
      const { entries, mask } = next
      return [ranks.indexOf(rank), patient ? 1 : 0, at(cells), at(first), first.length, at(entries), mask, at(leaf)]
    })
    const ofAbsorbed = absorbed.flatMap(({ entries, mask }) => [at(entries), mask])
    this.#modelWords = [width, groups.length, at(this.#copy(ofGroups)), at(this.#copy(ofAbsorbed)), at(code)]
  }

  /**
   * Writes down what there is now.
   *
   * @param rest lets all rest, before words change that they read
   */
  describe(rest: () => void): void {
    const { layout, rows, slots: table } = this.#store
    if (layout !== this.#layout) {
      this.#layoutWords = this.placeOf(layout)
      this.#layout = layout
    }
    const ring = this.#sleep?.ring
    const words = [
      ...this.#modelWords,
      ...[layout.size, layout.bytes, layout.lastMask, ...this.#layoutWords],
      ...[at(rows), at(table.slots), table.slots.length, table.tagShift],
      ...(ring === undefined ? [0, 0] : [at(ring), ring.length]),
      ...this.#layerWords,
      ...[this.#scratchAt, this.#scratch],
    ]
    if (!this.#memory.isWhole || words.every((word, i) => (word | 0) === this.#words[i])) return
    rest()
    this.#words.set(words)
  }

  /** Where a layout's lists lie. */
  placeOf(layout: Layout): readonly [word: number, shift: number, mask: number] {
    if (layout === this.#layout) return this.#layoutWords
    const { word, shift, mask } = layout
    return [at(this.#copy(word)), at(this.#copy(shift)), at(this.#copy(mask))]
  }

  get #scratch(): number {
    return Math.ceil(Math.max(this.#compiled.width, this.#compiled.groups, 1) / LINE) * LINE
  }

  #copy(integers: ArrayLike<number>): Int32Array {
    const copy = this.#memory.ints(integers.length)
    copy.set(integers)
    return copy
  }
}

/** The address of integers in the memory. */
const at = (ints: Int32Array): number => ints.byteOffset
