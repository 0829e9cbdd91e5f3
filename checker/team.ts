import { type Budget, Stopped } from './budget.ts'
import type { CompiledModel } from './compile.ts'
import type { Crew } from './crew.ts'
import { type FrozenModel, sharedRoom } from './frozen.ts'
import type { Layout } from './layout.ts'
import { type Chunk, FROM, list, NEXT, NOT_KNOWN, NOT_MADE, putNumbers, type Shared, TO, WHICH } from './partitioned.ts'
import type { StateStore } from './store.ts'

/** How a search shares its work. Small numbers are for laws. */
export interface Sharing {
  /** States that are known before others are asked to help: of a small search, nearly all is learning. */
  readonly from: number
  /** States that are taken at a time by all together, at most; at least so many, or it does not pay. */
  readonly most: number
  readonly least: number
  /** Of these, how many each member takes at a time. */
  readonly block: number
}

export const SHARING: Sharing = { from: 2 ** 16, most: 2 ** 13, least: 2 ** 10, block: 2 ** 6 }
/** Successors of a state that there is room for, on the average. */
const SUCCESSORS = 16
/** Partitions a member, so that each is done with at about the same time. */
const PARTITIONS = 8

/** States of which all successors are found, some of them new, to be settled in the order of a search alone. */
export interface Found {
  readonly from: number
  readonly to: number
  readonly chunk: Pick<Chunk, 'starts' | 'counts' | 'rows' | 'fair' | 'changed' | 'found'>
}

interface FoundByAll extends Found {
  readonly chunk: Chunk
}

/** How far a search has taken what was found: all of it; or it has seen enough; or it has to do the next state itself. */
export type Settled = 'all' | 'enough' | 'alone'

/** The search that a team is of. */
export interface Searcher {
  /** Makes the successors of a state that the tables do not know, and learns; null where they have no room in rows as they are. @throws SpecError */
  successorsOf(state: number): Successors | null
  /** Takes what was found as found one after another. */
  settle(found: Found): Settled
}

/** Of one state: how many; of each its row, fairness class and changed cells. */
export interface Successors {
  readonly count: number
  readonly rows: Int32Array
  readonly fair: Int32Array
  readonly changed: Int32Array
}

/**
 * A search's side of a crew. While members make the successors of the next states, the one that searches settles the last ones: visits them, and numbers what is new. What the tables
 * do not know it makes itself, in order, so that values are numbered as by a search alone.
 */
export class Team {
  readonly #crew: Crew
  readonly #compiled: CompiledModel
  readonly #store: StateStore
  readonly #budget: Budget
  readonly #sharing: Sharing
  readonly #turn: Int32Array
  readonly #partitions: number
  #shared: Shared | null = null
  #layout: Layout | null = null
  #taken = 0

  /** @throws Stopped when there is no room for that */
  constructor(crew: Crew, compiled: CompiledModel, store: StateStore, budget: Budget, sharing: Sharing) {
    this.#crew = crew
    this.#compiled = compiled
    this.#store = store
    this.#budget = budget
    this.#sharing = sharing
    this.#partitions = PARTITIONS * 2 ** Math.ceil(Math.log2(crew.size))
    this.#turn = budget.sharedInts(4)
    store.share(this.#partitions)
  }

  end(): void {
    this.#crew.end()
    this.#giveBack()
  }

  /** Whether there are enough states to be expanded together. */
  isWorthIt(from: number): boolean {
    return this.#crew.isReady && this.#store.count - from >= this.#sharing.least
  }

  /**
   * Expands states from one on, as long as it pays and nothing comes up that the search has to do alone.
   *
   * @returns 'enough' when the search has seen enough; 'no room' when a bound is near, and all has to be done alone
   */
  search(from: number, searcher: Searcher, perState: () => number): 'enough' | 'no room' | 'alone' {
    let last: FoundByAll | null = null
    try {
      for (;;) {
        const next: number = last?.to ?? from
        const share = Math.min(this.#sharing.most, Math.floor((this.#room * this.#crew.size) / (2 * perState() + 1)))
        // With too few that are known, the last ones have to be settled first.
        const early = last !== null && this.#store.count - next >= share
        if (early) this.#begin(next, share)
        if (early && searcher.settle(last!) === 'enough') {
          this.#store.mend()
          return 'enough'
        }
        if (!early) {
          if (last !== null && this.#settled(last, searcher) === 'enough') return 'enough'
          if (!this.isWorthIt(next)) return 'alone'
          this.#begin(next, share)
        }
        this.#crew.finish('expand')
        const to = this.#completed(searcher)
        last = { from: next, to, chunk: this.#chunk }
        if (!this.#find(last)) return 'no room'
        if (to < (this.#turn[TO] as number)) return this.#settled(last, searcher)
      }
    } catch (error) {
      this.#store.mend()
      throw error
    }
  }

  /** Settles the last chunk before the search goes on alone. */
  #settled(last: FoundByAll, searcher: Searcher): 'enough' | 'alone' {
    const enough = searcher.settle(last) === 'enough'
    if (enough) this.#store.mend()
    else for (let p = 0; p < this.#partitions; p++) putNumbers(this.#shared!, last.chunk, p)
    return enough ? 'enough' : 'alone'
  }

  get #room(): number {
    return Math.ceil((this.#sharing.most * SUCCESSORS) / this.#crew.size)
  }

  get #chunk(): Chunk {
    return this.#shared!.chunks[this.#turn[WHICH] as 0 | 1]
  }

  #begin(from: number, share: number): void {
    this.#handOut()
    const turn = this.#turn
    const to = Math.min(this.#store.count, from + Math.max(1, share))
    turn[WHICH] = 1 - (turn[WHICH] as number)
    turn[FROM] = from
    turn[NEXT] = from
    turn[TO] = to
    const { counts, made, last } = this.#chunk
    counts.fill(NOT_MADE, 0, to - from)
    made.fill(0)
    last.fill(-1)
    this.#crew.begin('expand')
  }

  /** Makes what the tables do not know; how far all is made then. */
  #completed(searcher: Searcher): number {
    const shared = this.#shared!
    const { starts, counts, rows, fair, changed, made } = this.#chunk
    const [from, to] = [this.#turn[FROM] as number, this.#turn[TO] as number]
    const maker = shared.members
    for (let state = from; state < to; state++) {
      const count = counts[state - from] as number
      if (count === NOT_MADE) return state
      if (count !== NOT_KNOWN) continue
      let successors: Successors | null
      try {
        successors = searcher.successorsOf(state)
      } catch (error) {
        if (error instanceof Stopped) throw error
        // The search comes to that state by itself, after all before it.
        return state
      }
      if (successors === null || (made[maker] as number) + successors.count > shared.room) return state
      const at = maker * shared.room + (made[maker] as number)
      for (let i = 0; i < successors.count * shared.size; i++) rows[at * shared.size + i] = successors.rows[i] as number
      for (let k = 0; k < successors.count; k++) {
        fair[at + k] = successors.fair[k] as number
        changed[at + k] = successors.changed[k] as number
      }
      starts[state - from] = at
      counts[state - from] = successors.count
      list(shared, this.#chunk, maker, at, successors.count)
    }
    return to
  }

  /** Looks for all successors that were found; false where a bound leaves no room for those that might be new. */
  #find({ from, to, chunk }: FoundByAll): boolean {
    const { room } = this.#shared!
    const { starts, counts, wanted } = chunk
    let all = 0
    wanted.fill(0)
    for (let i = 0; i < to - from; i++) {
      const count = counts[i] as number
      if (count === 0) continue
      const maker = Math.floor((starts[i] as number) / room)
      wanted[maker] = (starts[i] as number) + count - maker * room
      all += count
    }
    const before = this.#store.slots.slots
    try {
      if (!this.#store.reserve(all)) return this.#noRoom()
    } catch (error) {
      if (error instanceof Stopped) return this.#noRoom()
      throw error
    }
    this.#handOut()
    if (this.#store.slots.slots !== before) this.#listAnew(chunk)
    this.#turn[NEXT] = 0
    this.#crew.begin('find')
    this.#crew.finish('find')
    return true
  }

  /** Where the slots are others, so are their partitions, and all that has been settled is in them. */
  #listAnew(chunk: Chunk): void {
    const shared = this.#shared!
    for (const { lastNew } of shared.chunks) lastNew.fill(-1)
    chunk.last.fill(-1)
    for (let maker = 0; maker <= shared.members; maker++)
      list(shared, chunk, maker, maker * shared.room, chunk.made[maker] as number)
  }

  #noRoom(): false {
    this.#store.mend()
    return false
  }

  /** Gives all what they work on, where it is not what they have. */
  #handOut(): void {
    const { layout, packed } = this.#store
    const { slots, tagShift } = this.#store.slots
    const model: FrozenModel = this.#compiled.frozen(sharedRoom)
    const old = this.#shared
    if (old !== null && old.packed === packed && old.slots === slots && this.#layout === layout && old.model === model)
      return
    const fits = old !== null && old.size === layout.size
    if (!fits) this.#giveBack()
    this.#layout = layout
    this.#shared = {
      members: this.#crew.size,
      model,
      size: layout.size,
      word: layout.word,
      shift: layout.shift,
      mask: layout.mask,
      packed,
      slots,
      tagShift,
      room: this.#room,
      partitions: this.#partitions,
      block: this.#sharing.block,
      chunks: fits ? old.chunks : [this.#newChunk(layout.size), this.#newChunk(layout.size)],
      turn: this.#turn,
    }
    this.#crew.hand(this.#shared)
  }

  #newChunk(size: number): Chunk {
    const makers = this.#crew.size + 1
    const successors = makers * this.#room
    return {
      starts: this.#ints(this.#sharing.most),
      counts: this.#ints(this.#sharing.most),
      rows: this.#ints(successors * size),
      fair: this.#ints(successors),
      changed: this.#ints(successors),
      hashes: this.#ints(successors),
      found: this.#ints(successors),
      slotOf: this.#ints(successors),
      made: this.#ints(makers),
      wanted: this.#ints(makers),
      last: this.#ints(makers * this.#partitions),
      lastNew: this.#ints(this.#partitions).fill(-1),
      before: this.#ints(successors),
    }
  }

  #giveBack(): void {
    this.#budget.give(this.#taken)
    this.#taken = 0
  }

  #ints(length: number): Int32Array {
    const ints = this.#budget.sharedInts(length)
    this.#taken += ints.byteLength
    return ints
  }
}
