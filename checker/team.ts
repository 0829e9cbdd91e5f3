import type { Budget } from './budget.ts'
import type { CompiledModel } from './compile.ts'
import type { Crew } from './crew.ts'
import { type FrozenModel, sharedCopy } from './frozen.ts'
import type { Shared } from './partitioned.ts'
import type { StateStore } from './store.ts'

/** How a search shares its work. Small numbers are for laws. */
export interface Sharing {
  /** States that are known before others are asked to help: of a small search, nearly all is learning. */
  readonly from: number
  /** States that each takes at a time, at most, and as many successors of one as there is room for on the average. */
  readonly chunk: number
  /** States that are expanded alone after one that the tables do not know; twice as many each time that it soon happens again. */
  readonly pause: number
}

export const SHARING: Sharing = { from: 2 ** 17, chunk: 2 ** 13, pause: 2 ** 8 }
const SUCCESSORS = 16
const LONGEST_PAUSE = 2 ** 17

/** Successors of some states, as a search alone would find them: of state `from + i` the next `counts[i]`, those of a member after those of the member before it. */
export interface Chunk {
  readonly from: number
  readonly to: number
  readonly shared: Shared
}

/** A search's side of a crew: says who expands what, hands out tables as they are, and knows when it is better to search alone. */
export class Team {
  readonly #crew: Crew
  readonly #compiled: CompiledModel
  readonly #store: StateStore
  readonly #sharing: Sharing
  /** States to be expanded alone first. */
  #alone = 0
  #pause: number
  #since = 0
  #known = -1
  #model: FrozenModel | null = null
  #shared: Shared | null = null

  /** @throws Stopped when there is no room for that */
  constructor(crew: Crew, compiled: CompiledModel, store: StateStore, budget: Budget, sharing: Sharing) {
    this.#crew = crew
    this.#compiled = compiled
    this.#store = store
    this.#sharing = sharing
    this.#pause = sharing.pause
    this.#alone = sharing.pause
    store.share(crew.size)
    budget.gauge(() => this.#bytes)
  }

  /** Whether the next state is one for all; asked once for each that is expanded alone. */
  get isReady(): boolean {
    return this.#alone-- <= 0
  }

  /** No more of it: a bound is near. */
  retire(): void {
    this.#alone = Number.POSITIVE_INFINITY
  }

  end(): void {
    this.#crew.end()
  }

  /** Expands states together: some of those from `from` on, perhaps none. Null where the model is not one for that. */
  expand(from: number, before: number, perState: number): Chunk | null {
    const { size: members } = this.#crew
    const shared = this.#handed()
    if (shared === null) return null
    const share = Math.max(1, Math.min(this.#sharing.chunk, Math.floor(shared.room / (2 * perState + 1))))
    const to = Math.min(before, from + share * members)
    for (let m = 0; m <= members; m++) shared.ranges[m] = from + Math.floor(((to - from) * m) / members)
    this.#crew.all('expand')
    let reached = from
    for (let m = 0; m < members; m++) {
      reached = shared.reached[m] as number
      if (reached < (shared.ranges[m + 1] as number)) break
    }
    this.#since += reached - from
    if (reached < to) {
      this.#pause = this.#since < 64 * this.#pause ? Math.min(this.#pause * 2, LONGEST_PAUSE) : this.#sharing.pause
      this.#alone = this.#pause
      this.#since = 0
    }
    return { from, to: reached, shared }
  }

  /** Looks for the successors of the states of a chunk below `to`, as many as `wanted` says. False where a bound leaves no room for them. */
  find(chunk: Chunk, to: number): boolean {
    const { counts, ranges, wanted, members } = chunk.shared
    let all = 0
    for (let m = 0; m < members; m++) {
      let count = 0
      const end = Math.min(to, ranges[m + 1] as number)
      for (let s = ranges[m] as number; s < end; s++) count += counts[s - chunk.from] as number
      wanted[m] = count
      all += count
    }
    if (!this.#store.reserve(all)) return false
    this.#handed()
    this.#crew.all('find')
    return true
  }

  get #bytes(): number {
    const { chunk } = this.#sharing
    const words =
      this.#shared === null
        ? 0
        : this.#shared.rows.length + chunk * this.#crew.size * SUCCESSORS * (6 + this.#crew.size)
    return words * 4
  }

  /** What all work on, as it is now. */
  #handed(): Shared | null {
    const { layout, packed } = this.#store
    const { slots, tagShift } = this.#store.slots
    const known = this.#compiled.known
    const old = this.#shared
    if (
      old !== null &&
      old.packed === packed &&
      old.slots === slots &&
      old.word === this.#word &&
      known === this.#known
    )
      return old
    if (known !== this.#known) this.#model = this.#compiled.frozen()
    if (this.#model === null) return null
    this.#known = known
    const members = this.#crew.size
    const room = this.#sharing.chunk * SUCCESSORS
    const ints = (length: number): Int32Array => new Int32Array(new SharedArrayBuffer(length * 4))
    if (this.#layout !== layout) {
      this.#layout = layout
      this.#word = sharedCopy(layout.word)
      this.#shift = sharedCopy(layout.shift)
      this.#mask = sharedCopy(layout.mask)
    }
    const buffers =
      old !== null && old.size === layout.size
        ? old
        : {
            room,
            rows: ints(room * members * layout.size),
            fair: ints(room * members),
            changed: ints(room * members),
            hashes: ints(room * members),
            found: ints(room * members),
            slotOf: ints(room * members),
            lists: ints(room * members * members),
            lengths: ints(members * members),
            counts: ints(this.#sharing.chunk * members),
            ranges: ints(members + 1),
            reached: ints(members),
            wanted: ints(members),
          }
    this.#shared = {
      ...buffers,
      members,
      model: this.#model,
      size: layout.size,
      word: this.#word,
      shift: this.#shift,
      mask: this.#mask,
      packed,
      slots,
      tagShift,
    }
    this.#crew.hand(this.#shared)
    return this.#shared
  }

  #layout: StateStore['layout'] | null = null
  #word: Int32Array = new Int32Array(0)
  #shift: Int32Array = new Int32Array(0)
  #mask: Int32Array = new Int32Array(0)
}
