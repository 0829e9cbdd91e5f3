/** The tables of a compiled model as they are now, in flat arrays that other threads can look at: nothing is learned there. */
export interface FrozenModel {
  readonly width: number
  /** In the order in which they are asked: the patient ones last, by rank. */
  readonly groups: readonly FrozenGroup[]
  /** By cell. */
  readonly absorbed: readonly FrozenMap[]
  /** What outcomes do: at a place, how many words there are, and the words. */
  readonly code: Int32Array
}

export interface FrozenGroup {
  readonly rank: number
  readonly patient: boolean
  readonly tree: FrozenTree
}

/** A table of a function of a state: by node, the cell to look at, −1 at a leaf, and what is at a leaf. */
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

/** A copy that threads can share. */
export function sharedCopy(integers: ArrayLike<number>): Int32Array {
  const copy = new Int32Array(new SharedArrayBuffer(integers.length * Int32Array.BYTES_PER_ELEMENT))
  copy.set(integers)
  return copy
}

/** What is at the leaf where a tree leads in a state. */
export function leafFor({ cells, first, next, leaf }: FrozenTree, row: Int32Array): number {
  if (cells.length === 0) return UNKNOWN
  let cell = cells[0] as number
  if (cell < 0) return leaf[0] as number
  const integer = row[cell] as number
  let node = integer < first.length ? (first[integer] as number) : 0
  for (;;) {
    if (node === 0) return UNKNOWN
    cell = cells[node] as number
    if (cell < 0) return leaf[node] as number
    node = entryOf(next, node, row[cell] as number)
  }
}

/** As `StepMap.get`. */
export function entryOf({ entries, mask }: FrozenMap, one: number, other: number): number {
  let at = placeOf(one, other) & mask
  for (;;) {
    const value = entries[at * 3 + 2] as number
    if (value === 0 || (entries[at * 3] === one && entries[at * 3 + 1] === other)) return value
    at = (at + 1) & mask
  }
}

/** Where the search for two keys begins, before it is cut to a table's length. */
export function placeOf(one: number, other: number): number {
  const hash = Math.imul(one, 0x9e3779b1) ^ Math.imul(other, 0x85ebca6b)
  return hash ^ (hash >>> 15)
}
