/**
 * The tables of a compiled model in flat arrays that other threads look at. The one that searches adds to them while the others rest; where an array had to become longer there is
 * a new one, and a new object around it.
 */
export interface FrozenModel {
  readonly width: number
  /** In the order in which they are asked: the patient ones last, by rank. */
  readonly groups: readonly FrozenGroup[]
  /** By cell: from a parcel and the integer before it came, to one more than the integer after. */
  readonly absorbed: readonly FrozenMap[]
  /** What outcomes do: at a place, how many words there are, and the words; before it the bit for sleep sets, and the cells that are read and written, after them those that each outcome writes. */
  readonly code: Int32Array
}

export interface FrozenGroup {
  readonly rank: number
  readonly patient: boolean
  readonly tree: FrozenTree
}

/** A table of a function of a state: by node, the cell to look at, −1 at a leaf, and what is at a leaf; by the root cell's integer, the node after it. */
export interface FrozenTree {
  readonly cells: Int32Array
  readonly first: Int32Array
  readonly next: FrozenMap
  readonly leaf: Int32Array
}

/** The entries of a `StepMap`. */
export interface FrozenMap {
  readonly entries: Int32Array
  readonly mask: number
}

/** What a table does not know; all it knows is not below 0. */
export const UNKNOWN = -1

/** Where tables lie that others look at: integers, 0 where there is none yet. */
export interface Room {
  ints(length: number): Int32Array
}

/** A table that knows nothing yet. */
export const KNOWS_NOTHING: FrozenTree = {
  cells: Int32Array.of(-1),
  first: new Int32Array(0),
  next: { entries: new Int32Array(0), mask: 0 },
  leaf: Int32Array.of(UNKNOWN),
}

/** Integers that a list is a copy of: those that it does not have yet are added. */
export class SharedCopy {
  readonly #room: Room
  array: Int32Array
  #length = 0

  constructor(room: Room) {
    this.#room = room
    this.array = room.ints(16)
  }

  /** @param from all of them, of which those that were there the last time are as they were */
  follow<Item>(from: readonly Item[], integerOf: (item: Item) => number): Int32Array {
    if (from.length > this.array.length) {
      const longer = this.#room.ints(2 ** Math.ceil(Math.log2(from.length)))
      longer.set(this.array)
      this.array = longer
    }
    for (; this.#length < from.length; this.#length++) this.array[this.#length] = integerOf(from[this.#length]!)
    return this.array
  }

  /** The same, where any may be another one than the last time. */
  followAll(from: readonly number[]): Int32Array {
    this.#length = 0
    return this.follow(from, (integer) => integer)
  }
}

/** Where the search for two keys begins, before it is cut to a table's length. */
export function placeOf(one: number, other: number): number {
  const hash = Math.imul(one, 0x9e3779b1) ^ Math.imul(other, 0x85ebca6b)
  return hash ^ (hash >>> 15)
}
