import { bitOf, NONE } from './cells.ts'
import { entryOf, type FrozenModel, leafFor, UNKNOWN } from './frozen.ts'
import { hashOf } from './layout.ts'

/**
 * What a crew works on: the states of the store, and a chunk of them that is being expanded. Each member expands a range of the chunk into its own part of the list of successors; then
 * each looks for those whose hashes fall into its partition of the slots. Between these two phases, and after them, the one that searches has all of it for itself.
 *
 * Successors are in the order of a search alone: in the order of members, their ranges, and outcomes.
 */
export interface Shared {
  readonly members: number
  readonly model: FrozenModel
  // The store as it is. Of a slot in this chunk, −2 and below: the successor, −2−c, that will be there.
  readonly size: number
  readonly word: Int32Array
  readonly shift: Int32Array
  readonly mask: Int32Array
  readonly packed: Int32Array
  readonly slots: Int32Array
  readonly tagShift: number
  /** Successors that a member has room for. */
  readonly room: number
  /** Successors, `room` a member: rows, fairness classes, changed cells, hashes, and what is found out about each (see `found`). */
  readonly rows: Int32Array
  readonly fair: Int32Array
  readonly changed: Int32Array
  readonly hashes: Int32Array
  /** The number of a known state; −1 of one that is new; −2−c of one that is the same as the new one c. Of new ones, `slotOf` is where they will be. */
  readonly found: Int32Array
  readonly slotOf: Int32Array
  /** By member that made them and member that looks for them, those that fall into its partition: `room` a pair, and how many there are. */
  readonly lists: Int32Array
  readonly lengths: Int32Array
  /** By state of the chunk: how many successors; from which state on the chunk is, and each member's range; how far each came. */
  readonly counts: Int32Array
  readonly ranges: Int32Array
  readonly reached: Int32Array
  /** Of each member's successors, how many are wanted. */
  readonly wanted: Int32Array
}

/** Makes the successors of a member's range of states, up to one that the tables do not know, or for which there is no room. */
export function expandRange(shared: Shared, member: number): void {
  const { model, size, counts, members, ranges, lists, lengths, room, hashes, rows, slots } = shared
  const row = new Int32Array(model.width)
  const next = new Int32Array(model.width)
  const codes: number[] = []
  const chunk = ranges[0] as number
  const end = ranges[member + 1] as number
  const partition = partitionOf(slots.length, members)
  for (let p = 0; p < members; p++) lengths[member * members + p] = 0
  let at = member * room
  const last = at + room
  let state = ranges[member] as number
  for (; state < end; state++) {
    unpack(shared, state, row)
    if (!enable(model, row, codes)) break
    next.set(row)
    const made = successors(shared, state * size, codes, row, next, at, last)
    if (made < 0) break
    counts[state - chunk] = made
    for (let k = at; k < at + made; k++) {
      const hash = hashOf(rows, k * size, size)
      hashes[k] = hash
      const pair = member * members + ((((hash ^ (hash >>> 15)) & (slots.length - 1)) / partition) | 0)
      const length = lengths[pair] as number
      lists[pair * room + length] = k
      lengths[pair] = length + 1
    }
    at += made
  }
  shared.reached[member] = state
}

/** Slots of a partition. */
const partitionOf = (slots: number, members: number): number => slots / members

function unpack({ word, shift, mask, size, packed }: Shared, state: number, row: Int32Array): void {
  const base = state * size
  for (let cell = 0; cell < row.length; cell++)
    row[cell] = ((packed[base + (word[cell] as number)] as number) >>> (shift[cell] as number)) & (mask[cell] as number)
}

/** Fills `codes` with the places of what can happen in a state; false where a table does not know. */
function enable({ groups, code }: FrozenModel, row: Int32Array, codes: number[]): boolean {
  while (codes.length > 0) codes.pop()
  let lowest = Number.POSITIVE_INFINITY
  for (let i = 0; i < groups.length; i++) {
    const { rank, patient, tree } = groups[i]!
    if (patient && rank > lowest) break
    const place = leafFor(tree, row)
    if (place === UNKNOWN) return false
    if (code[place] === 0) continue
    codes.push(place)
    if (rank < lowest) lowest = rank
  }
  return true
}

/** Packs the successors of the state packed from `base` on into those from `at` on; how many, or −1 where not all could be made. */
function successors(
  shared: Shared,
  base: number,
  codes: readonly number[],
  row: Int32Array,
  next: Int32Array,
  at: number,
  last: number,
): number {
  const { size, packed, rows, fair, changed, model, word, shift, mask } = shared
  const { code, absorbed } = model
  let count = 0
  for (let e = 0; e < codes.length; e++) {
    let i = (codes[e] as number) + 1
    const end = i + (code[i - 1] as number)
    while (i < end) {
      if (at + count === last) return -1
      const start = (at + count) * size
      for (let w = 0; w < size; w++) rows[start + w] = packed[base + w] as number
      fair[at + count] = code[i++] as number
      const first = i
      let changes = NONE
      for (let sets = code[i++] as number; sets > 0; sets--, i += 2) {
        const cell = code[i] as number
        const integer = code[i + 1] as number
        if (integer > (mask[cell] as number)) return -1
        const difference = integer ^ (next[cell] as number)
        if (difference === 0) continue
        const place = start + (word[cell] as number)
        rows[place] = (rows[place] as number) ^ (difference << (shift[cell] as number))
        next[cell] = integer
        changes |= bitOf(cell)
      }
      for (let sends = code[i++] as number; sends > 0; sends--, i += 2) {
        const cell = code[i] as number
        const integer = entryOf(absorbed[cell]!, code[i + 1] as number, next[cell] as number) - 1
        if (integer < 0 || integer > (mask[cell] as number)) return -1
        const difference = integer ^ (next[cell] as number)
        if (difference === 0) continue
        const place = start + (word[cell] as number)
        rows[place] = (rows[place] as number) ^ (difference << (shift[cell] as number))
        next[cell] = integer
        changes |= bitOf(cell)
      }
      changed[at + count] = changes
      // What was touched is put back.
      let back = first
      for (let sets = code[back++] as number; sets > 0; sets--, back += 2)
        next[code[back] as number] = row[code[back] as number] as number
      for (let sends = code[back++] as number; sends > 0; sends--, back += 2)
        next[code[back] as number] = row[code[back] as number] as number
      count++
    }
  }
  return count
}

/** Looks at so many successors at a time that the waits for memory overlap. */
const BATCH = 64

/** Finds the successors that are of a member's partition, or says where they will be. */
export function findInPartition(shared: Shared, member: number): void {
  const { members, lists, lengths, room, wanted, hashes, found, slots } = shared
  const entries = new Int32Array(BATCH)
  const wrap = partitionOf(slots.length, members) - 1
  for (let maker = 0; maker < members; maker++) {
    const list = (maker * members + member) * room
    const most = maker * room + (wanted[maker] as number)
    let length = lengths[maker * members + member] as number
    while (length > 0 && (lists[list + length - 1] as number) >= most) length--
    for (let from = 0; from < length; from += BATCH) {
      const count = Math.min(BATCH, length - from)
      for (let k = 0; k < count; k++) {
        const hash = hashes[lists[list + from + k] as number] as number
        entries[k] = slots[(hash ^ (hash >>> 15)) & (slots.length - 1)] as number
      }
      for (let k = 0; k < count; k++) {
        const c = lists[list + from + k] as number
        found[c] = find(shared, c, hashes[c] as number, wrap)
      }
    }
  }
}

function find(shared: Shared, c: number, hash: number, wrap: number): number {
  const { slots, packed, rows, size, tagShift } = shared
  const numberMask = 2 ** tagShift - 1
  const tag = hash & ~numberMask & 0x7fffffff
  let slot = (hash ^ (hash >>> 15)) & (slots.length - 1)
  for (;;) {
    const entry = slots[slot] as number
    if (entry === -1) {
      slots[slot] = -2 - c
      shared.slotOf[c] = slot
      return -1
    }
    if (entry < -1) {
      if (areSame(rows, (-2 - entry) * size, rows, c * size, size)) return entry
    } else if ((entry & ~numberMask) === tag) {
      const number = entry & numberMask
      if (areSame(packed, number * size, rows, c * size, size)) return number
    }
    slot = (slot & ~wrap) | ((slot + 1) & wrap)
  }
}

function areSame(one: Int32Array, from: number, other: Int32Array, at: number, size: number): boolean {
  for (let i = 0; i < size; i++) if (one[from + i] !== other[at + i]) return false
  return true
}
