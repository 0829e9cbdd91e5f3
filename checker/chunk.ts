import type { Cells } from './cells.ts'
import type { Room } from './frozen.ts'
import type { Layout } from './layout.ts'
import { LINE } from './wasm/memory.ts'

/** How much is done at a time: states, of which each member of a crew takes so many; and successors, for twice as many of which there is room, divided among the members. */
export interface ChunkSizes {
  readonly states: number
  readonly block: number
  readonly successors: number
}

/** Instead of how many successors a state has: nobody had room for them. As in wasm/loop.ts. */
const NOT_MADE = -2

/** States one after another, and their successors, as `make` and `take` of wasm/loop.ts find them. */
export class Chunk {
  /** The address of its words, which `useChunk` of wasm/loop.ts reads. */
  readonly at: number
  /** States and successors that it has room for, however it is made, and words of a row. */
  readonly states: number
  readonly successors: number
  readonly size: number
  /** The first of its states, the one after the last, and the one after all that may be begun before it is taken. */
  from = 0
  to = 0
  layerEnd = 0
  /** How rows are packed. */
  layout: Layout | null = null
  /** The slots in which successors were looked for; null where these are others now. */
  slots: Int32Array | null = null
  /** The cells of which changes had to be seen. */
  looked: Cells = 0
  /** By state: where its successors begin, −1 where nothing can happen in it; how many there are, or less than 0 where these were not made; and how many states there are after it. */
  readonly starts: Int32Array
  readonly counts: Int32Array
  readonly after: Int32Array
  /** By successor: its row, fairness class, changed cells, and number. */
  readonly rows: Int32Array
  readonly fair: Int32Array
  readonly changed: Int32Array
  readonly found: Int32Array
  readonly #words: Int32Array
  /** The first state that nobody has taken, on a line of the cache of its own; and how many successors each member has made. */
  readonly #next: Int32Array
  readonly #made: Int32Array

  constructor(memory: Room, members: number, sizes: ChunkSizes, size: number) {
    const { states, block } = sizes
    const room = Chunk.#roomOf(members, sizes)
    const ofState = () => memory.ints(states)
    const ofSuccessor = (words = 1) => memory.ints(members * room * words)
    this.states = states
    this.successors = sizes.successors
    this.size = size
    this.#words = memory.ints(16)
    this.#next = memory.ints(1)
    this.#made = memory.ints(members * LINE)
    ;[this.starts, this.counts, this.after] = [ofState(), ofState(), ofState()]
    this.rows = ofSuccessor(size)
    ;[this.fair, this.changed, this.found] = [ofSuccessor(), ofSuccessor(), ofSuccessor()]
    const [hashes, asleep] = [ofSuccessor(), ofSuccessor()]
    const lists = [this.starts, this.counts, this.after, this.rows, this.fair, this.changed, hashes, this.found, asleep]
    this.#words.set(
      [this.#next, this.#made, ...lists].map(({ byteOffset }) => byteOffset),
      3,
    )
    this.#words.set([room, block], 14)
    this.at = this.#words.byteOffset
  }

  static bytes(members: number, sizes: ChunkSizes, size: number): number {
    return Int32Array.BYTES_PER_ELEMENT * (3 * sizes.states + members * Chunk.#roomOf(members, sizes) * (5 + size))
  }

  /** One member alone makes all of a chunk; of several one makes a part, of which nobody knows how large it is. */
  static #roomOf(members: number, { successors }: ChunkSizes): number {
    return members === 1 ? successors : Math.ceil((2 * successors) / members)
  }

  /** Nothing of it has been made. */
  begin(
    ...[from, to, layerEnd, looked, layout, slots, known]: [number, number, number, Cells, Layout, Int32Array, number]
  ): void {
    this.from = from
    this.to = to
    this.layerEnd = layerEnd
    this.looked = looked
    this.layout = layout
    this.slots = slots
    this.#words.set([from, to, known])
    this.#next[0] = from
    this.#made.fill(0)
    this.counts.fill(NOT_MADE, 0, to - from)
  }

  drop(): void {
    this.to = this.from
  }

  has(state: number): boolean {
    return state >= this.from && state < this.to
  }

  /** How many successors were made of a state and those after it. */
  successorsFrom(state: number): number {
    let all = 0
    for (let i = state - this.from; i < this.to - this.from; i++) all += Math.max(0, this.counts[i] as number)
    return all
  }

  /** Whether nobody had room for a state: the tables may know all of it. */
  hadNoRoom(state: number): boolean {
    return this.counts[state - this.from] === NOT_MADE
  }
}
