import { bitOf, NONE } from './cells.ts'
import { entryOf, type FrozenModel, leafFor, UNKNOWN } from './frozen.ts'
import { hashOf } from './layout.ts'
import { firstSlot, slotAfter, tagOf } from './slots.ts'

/**
 * What a crew works on: the states of the store, in two chunks by turns. Of one, members make the successors, block by block, each into its own part of the list of successors; then
 * each looks for those whose hashes fall into a partition of the slots that it takes. Meanwhile the other chunk may still be settled by the one that searches.
 */
export interface Shared {
  readonly members: number
  readonly model: FrozenModel
  /** The store: how rows are packed, the rows, and the slots with how many bits of one are a number. In a slot may be −2−c: the successor c will be there. */
  readonly size: number
  readonly word: Int32Array
  readonly shift: Int32Array
  readonly mask: Int32Array
  readonly packed: Int32Array
  readonly slots: Int32Array
  readonly tagShift: number
  /** Successors that each who makes some has room for: the members, and after them the one that searches. */
  readonly room: number
  /** Of the slots: a power of two. */
  readonly partitions: number
  /** States that are taken at a time. */
  readonly block: number
  readonly chunks: readonly [Chunk, Chunk]
  /** What is being expanded: see below. */
  readonly turn: Int32Array
}

/** In `turn`: which chunk, from which state to which, and the first state, or partition, that nobody has taken. */
export const WHICH = 0
export const FROM = 1
export const TO = 2
export const NEXT = 3

/** States one after another, and their successors, as a search alone would find them. */
export interface Chunk {
  /** By state: its first successor, and how many there are; or `NOT_KNOWN`, `NOT_MADE`. */
  readonly starts: Int32Array
  readonly counts: Int32Array
  /** By successor: its row, fairness class, changed cells and hash. */
  readonly rows: Int32Array
  readonly fair: Int32Array
  readonly changed: Int32Array
  readonly hashes: Int32Array
  /** By successor: the number of the state that it is; −1 where that is a new one, whose slot is in `slotOf`; −2−c where it is the same as the new one c. */
  readonly found: Int32Array
  readonly slotOf: Int32Array
  /** By who made some: how many, and how many are wanted. */
  readonly made: Int32Array
  readonly wanted: Int32Array
  /** By who made some and partition, the last successor that fell into it, −1 if none; by partition, the last that is new; by successor, the one before it. */
  readonly last: Int32Array
  readonly lastNew: Int32Array
  readonly before: Int32Array
}

/** The tables do not know all of its successors. */
export const NOT_KNOWN = -1
/** Nobody had room for them. */
export const NOT_MADE = -2

/** Who has filled so much of its room leaves blocks to others. */
const NEARLY_ALL = 0.9

/** Makes the successors of a block of states; false where there is none left, or no room. */
export function expandBlock(shared: Shared, member: number): boolean {
  const { turn, model, room, block } = shared
  const chunk = shared.chunks[turn[WHICH] as 0 | 1]
  if ((chunk.made[member] as number) > room * NEARLY_ALL) return false
  const first = Atomics.add(turn, NEXT, block)
  const end = Math.min(first + block, turn[TO] as number)
  const row = new Int32Array(model.width)
  const next = new Int32Array(model.width)
  const codes: number[] = []
  let at = member * room + (chunk.made[member] as number)
  for (let state = first; state < end; state++) {
    unpack(shared, state, row)
    const place = state - (turn[FROM] as number)
    if (!enable(model, row, codes)) {
      chunk.counts[place] = NOT_KNOWN
      continue
    }
    next.set(row)
    const count = successors(shared, chunk, state, codes, row, next, at, (member + 1) * room)
    if (count === NOT_MADE) return false
    chunk.counts[place] = count
    if (count === NOT_KNOWN) continue
    chunk.starts[place] = at
    list(shared, chunk, member, at, count)
    at += count
  }
  return first < end
}

/** Lists successors that somebody made by the partition that they fall into. */
export function list(
  { partitions, slots, size, room }: Shared,
  chunk: Chunk,
  maker: number,
  from: number,
  count: number,
) {
  const { rows, hashes, last, before } = chunk
  const partition = slots.length / partitions
  for (let c = from; c < from + count; c++) {
    const hash = hashOf(rows, c * size, size)
    hashes[c] = hash
    const pair = maker * partitions + ((firstSlot(hash, slots.length - 1) / partition) | 0)
    before[c] = last[pair] as number
    last[pair] = c
  }
  chunk.made[maker] = from + count - maker * room
}

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

/** Packs the successors of a state into those from `at` on; how many, or why not. */
function successors(
  { size, packed, model, word, shift, mask }: Shared,
  { rows, fair, changed }: Chunk,
  state: number,
  codes: readonly number[],
  row: Int32Array,
  next: Int32Array,
  at: number,
  last: number,
): number {
  const { code, absorbed } = model
  const base = state * size
  let c = at
  for (let e = 0; e < codes.length; e++) {
    let i = (codes[e] as number) + 1
    const end = i + (code[i - 1] as number)
    while (i < end) {
      if (c === last) return NOT_MADE
      const start = c * size
      for (let w = 0; w < size; w++) rows[start + w] = packed[base + w] as number
      fair[c] = code[i++] as number
      const first = i
      let changes = NONE
      for (let sets = code[i++] as number; sets > 0; sets--, i += 2) {
        const cell = code[i] as number
        const integer = code[i + 1] as number
        const difference = integer ^ (next[cell] as number)
        if (difference === 0) continue
        if (integer > (mask[cell] as number)) return NOT_KNOWN
        const place = start + (word[cell] as number)
        rows[place] = (rows[place] as number) ^ (difference << (shift[cell] as number))
        next[cell] = integer
        changes |= bitOf(cell)
      }
      for (let sends = code[i++] as number; sends > 0; sends--, i += 2) {
        const cell = code[i] as number
        const integer = entryOf(absorbed[cell]!, code[i + 1] as number, next[cell] as number) - 1
        const difference = integer ^ (next[cell] as number)
        if (difference === 0) continue
        if (integer < 0 || integer > (mask[cell] as number)) return NOT_KNOWN
        const place = start + (word[cell] as number)
        rows[place] = (rows[place] as number) ^ (difference << (shift[cell] as number))
        next[cell] = integer
        changes |= bitOf(cell)
      }
      changed[c] = changes
      // What was touched is put back.
      let back = first
      for (let sets = code[back++] as number; sets > 0; sets--, back += 2)
        next[code[back] as number] = row[code[back] as number] as number
      for (let sends = code[back++] as number; sends > 0; sends--, back += 2)
        next[code[back] as number] = row[code[back] as number] as number
      c++
    }
  }
  return c - at
}

/** Looks at so many successors at a time that the waits for memory overlap. */
const BATCH = 64

/**
 * Finds the successors of a chunk that fall into a partition, as far as they are wanted, or says where they will be. Before that, what was new in the chunk before it, and has been
 * numbered since, is put there. False where all partitions have been taken.
 */
export function findPartition(shared: Shared): boolean {
  const { turn, members, partitions, slots, packed, size, tagShift, room } = shared
  const partition = Atomics.add(turn, NEXT, 1)
  if (partition >= partitions) return false
  const which = turn[WHICH] as 0 | 1
  putNumbers(shared, shared.chunks[(1 - which) as 0 | 1], partition)
  const chunk = shared.chunks[which]
  const { rows, hashes, found, last, before, wanted } = chunk
  const numberMask = 2 ** tagShift - 1
  const batch = new Int32Array(BATCH)
  for (let maker = 0; maker <= members; maker++) {
    const most = maker * room + (wanted[maker] as number)
    let c = last[maker * partitions + partition] as number
    while (c >= most) c = before[c] as number
    while (c >= 0) {
      let count = 0
      for (; c >= 0 && count < BATCH; c = before[c] as number) batch[count++] = c
      for (let k = 0; k < count; k++) {
        const hash = hashes[batch[k] as number] as number
        found[batch[k] as number] = slots[firstSlot(hash, slots.length - 1)] as number
      }
      for (let k = 0; k < count; k++) {
        const entry = found[batch[k] as number] as number
        const tag = tagOf(hashes[batch[k] as number] as number, numberMask)
        found[batch[k] as number] = entry >= 0 && (entry & ~numberMask) === tag ? entry & numberMask : -1
      }
      for (let k = 0; k < count; k++) {
        const one = batch[k] as number
        const number = found[one] as number
        if (number < 0 || !areSame(packed, number * size, rows, one * size, size))
          found[one] = find(shared, chunk, one, partition)
      }
    }
  }
  return true
}

/** The number of a successor; or that it is new, or the same as a new one. */
function find(shared: Shared, chunk: Chunk, c: number, partition: number): number {
  const { slots, packed, size, tagShift, partitions } = shared
  const { rows, hashes, slotOf, lastNew, before } = chunk
  const wrap = slots.length / partitions - 1
  const hash = hashes[c] as number
  const numberMask = 2 ** tagShift - 1
  const tag = tagOf(hash, numberMask)
  let slot = firstSlot(hash, slots.length - 1)
  for (;;) {
    const entry = slots[slot] as number
    if (entry === -1) {
      slots[slot] = -2 - c
      slotOf[c] = slot
      before[c] = lastNew[partition] as number
      lastNew[partition] = c
      return -1
    }
    if (entry < -1) {
      if (areSame(rows, (-2 - entry) * size, rows, c * size, size)) return entry
    } else if ((entry & ~numberMask) === tag) {
      const number = entry & numberMask
      if (areSame(packed, number * size, rows, c * size, size)) return number
    }
    slot = slotAfter(slot, wrap)
  }
}

/** Puts the numbers of what is new in a chunk into a partition of the slots, once. */
export function putNumbers({ slots, tagShift }: Shared, chunk: Chunk, partition: number): void {
  const { lastNew, before, hashes, found, slotOf } = chunk
  const numberMask = 2 ** tagShift - 1
  for (let c = lastNew[partition] as number; c >= 0; c = before[c] as number)
    slots[slotOf[c] as number] = tagOf(hashes[c] as number, numberMask) | (found[c] as number)
  lastNew[partition] = -1
}

function areSame(one: Int32Array, from: number, other: Int32Array, at: number, size: number): boolean {
  for (let i = 0; i < size; i++) if (one[from + i] !== other[at + i]) return false
  return true
}
