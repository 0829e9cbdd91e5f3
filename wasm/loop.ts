/**
 * The innermost loop of a search, in AssemblyScript: what `checker/explore.ts` does with one state after another, over the same tables, rows and slots, as far as the tables know all. That one says what it
 * has to find; this one finds it sooner. Numbers are 32-bit integers, and addresses of such in the one memory that there is. What is made of a chunk of states may be made by several threads, each with a loop of its own.
 */

/** The tables (checker/frozen.ts): of each group seven words and one that is not used. */
let width: i32 = 0
let groups: i32 = 0
let groupsAt: i32 = 0
let absorbedAt: i32 = 0
let codeAt: i32 = 0
/** The store (checker/store.ts): how rows are packed (words, bytes that are stored, a mask of the last word's), the rows, and the slots. */
let size: i32 = 0
let rowBytes: i32 = 0
let lastMask: i32 = 0
let wordAt: i32 = 0
let shiftAt: i32 = 0
let maskAt: i32 = 0
let packedAt: i32 = 0
let slotsAt: i32 = 0
let slots: i32 = 0
let numberMask: i32 = 0
/** Sleep sets (checker/sleep.ts), a ring of them; none where its mask is below 0. The first state of the next layer, and the cells of which changes have to be seen. */
let ringAt: i32 = 0
let ringMask: i32 = -1
let nextLayer: i32 = 0
let looked: i32 = 0
/** By member the integers of a state and of a successor, the places of what is enabled, and the state's packed row: room for so many words each. */
let scratchAt: i32 = 0
let scratch: i32 = 0

/** What all work on, in the order in which checker/common.ts writes it. */
function use(common: i32): void {
  reading = common
  width = word()
  groups = word()
  groupsAt = word()
  absorbedAt = word()
  codeAt = word()
  size = word()
  rowBytes = word()
  lastMask = word()
  wordAt = word()
  shiftAt = word()
  maskAt = word()
  packedAt = word()
  slotsAt = word()
  slots = word()
  numberMask = (1 << word()) - 1
  ringAt = word()
  ringMask = word() - 1
  nextLayer = word()
  looked = word()
  scratchAt = word()
  scratch = word()
}

/** A chunk: the states from one, or below 0 where slots are to be filled, to another; how many states there were when it was begun, or ALONE where one fills slots without others; the first that nobody has taken; by member how many successors it has made. */
let from: i32 = 0
let to: i32 = 0
let known: i32 = 0
let nextAt: i32 = 0
let madeAt: i32 = 0
/** What is found: by state where its successors begin, how many there are, and how many states there are after it; by successor the rest. Each member has room for so many successors. */
let startsAt: i32 = 0
let countsAt: i32 = 0
let afterAt: i32 = 0
let rowsAt: i32 = 0
let fairAt: i32 = 0
let changedAt: i32 = 0
let hashesAt: i32 = 0
let foundAt: i32 = 0
let asleepAt: i32 = 0
let room: i32 = 0
/** States that a member takes at a time. All successors of these are made before any is looked up, so that the waits for memory overlap. */
let block: i32 = 0

function useChunk(chunk: i32): void {
  reading = chunk
  from = word()
  to = word()
  known = word()
  nextAt = word()
  madeAt = word()
  startsAt = word()
  countsAt = word()
  afterAt = word()
  rowsAt = word()
  fairAt = word()
  changedAt = word()
  hashesAt = word()
  foundAt = word()
  asleepAt = word()
  room = word()
  block = word()
}

let reading: i32 = 0

function word(): i32 {
  const integer = at(reading, 0)
  reading += 4
  return integer
}

/** Words of a line of the cache, so that members do not write to the same one. */
const LINE: i32 = 16

/** Instead of how many successors a state has: the tables do not know all; nobody had room for them. */
const NOT_KNOWN: i32 = -1
const NOT_MADE: i32 = -2

/** The integers of the state and of the successor in hand; the places of what is enabled; the state's packed row; whether nothing is enabled. */
let rowAt: i32 = 0
let nextRowAt: i32 = 0
let enabledAt: i32 = 0
let baseAt: i32 = 0
let isEnd: bool = false

/** Does the next part that nobody has taken of what is to be done. False where there is none left, or no room. */
export function make(common: i32, chunk: i32, member: i32): bool {
  use(common)
  useChunk(chunk)
  useScratch(member)
  return from < 0 ? fillNext() : makeNext(member)
}

/** Makes the successors of the next states of a chunk, and finds those that were known when it was begun. */
function makeNext(member: i32): bool {
  const first = atomic.add<i32>(<usize>nextAt, block)
  if (first >= to) return false
  const last = (member + 1) * room
  const start = member * room + at(madeAt, member * LINE)
  let c = start
  let more = 0
  const end = min(first + block, to)
  for (let state = first; state < end && more !== NOT_MADE; state++) {
    more = successors(state, c, last)
    put(startsAt, state - from, isEnd ? -1 : c)
    put(countsAt, state - from, more)
    if (more > 0) c += more
  }
  find(start, c)
  put(madeAt, member * LINE, c - member * room)
  return more !== NOT_MADE
}

function useScratch(member: i32): void {
  const bytes = scratch << 2
  rowAt = scratchAt + 4 * member * bytes
  nextRowAt = rowAt + bytes
  enabledAt = nextRowAt + bytes
  baseAt = enabledAt + bytes
}

/** Makes the successors of a state from a place on, up to another; how many, or why not. */
function successors(state: i32, first: i32, last: i32): i32 {
  isEnd = false
  unstore(state, size, rowBytes, lastMask)
  for (let cell = 0; cell < width; cell++) {
    const integer = (<u32>at(baseAt, at(wordAt, cell)) >>> at(shiftAt, cell)) & at(maskAt, cell)
    put(rowAt, cell, integer)
    put(nextRowAt, cell, integer)
  }
  const enabled = enable()
  if (enabled < 0) return NOT_KNOWN
  isEnd = enabled === 0
  let sleeping = ringMask < 0 ? 0 : at(ringAt, state & ringMask)
  if (sleeping !== 0) sleeping = unseen(enabled, sleeping)
  let c = first
  for (let e = 0; e < enabled; e++) {
    const place = at(enabledAt, e)
    if ((at(codeAt, place + BIT) & sleeping) !== 0) continue
    const end = place + 1 + at(codeAt, place)
    let writes = end
    for (let i = place + 1; i < end; c++) {
      if (c === last) return NOT_MADE
      put(fairAt, c, at(codeAt, i))
      i = follow(i + 1, c)
      if (i < 0) return NOT_KNOWN
      if (ringMask >= 0) put(asleepAt, c, asleepAfter(e, at(codeAt, writes++)))
    }
  }
  return c - first
}

/** Fills what is enabled in the state in hand; how much, or −1 where a table does not know. */
function enable(): i32 {
  let enabled = 0
  let lowest = i32.MAX_VALUE
  for (let g = 0; g < groups; g++) {
    const group = groupsAt + (g << 5)
    const rank = at(group, 0)
    if (at(group, 1) !== 0 && rank > lowest) break
    const cells = at(group, 2)
    let node = 0
    let cell = at(cells, 0)
    if (cell >= 0) {
      const integer = at(rowAt, cell)
      node = integer < at(group, 4) ? at(at(group, 3), integer) : 0
      while (node !== 0) {
        cell = at(cells, node)
        if (cell < 0) break
        node = entryOf(at(group, 5), at(group, 6), node, at(rowAt, cell))
      }
      if (node === 0) return -1
    }
    const place = at(at(group, 7), node)
    if (place < 0) return -1
    if (at(codeAt, place) === 0) continue
    put(enabledAt, enabled++, place)
    if (rank < lowest) lowest = rank
  }
  return enabled
}

/** Does what an outcome does, whose sets begin at a place: packs the successor c. The place after it; −1 where something is not known, or has no room. */
function follow(sets: i32, c: i32): i32 {
  const start = rowsAt + ((c * size) << 2)
  for (let w = 0; w < size; w++) put(start, w, at(baseAt, w))
  let changed = 0
  let i = sets
  for (let cells = at(codeAt, i++); cells > 0; cells--, i += 2) {
    const cell = at(codeAt, i)
    const integer = at(codeAt, i + 1)
    if (integer > at(maskAt, cell)) return -1
    changed |= change(start, cell, integer)
  }
  for (let parcels = at(codeAt, i++); parcels > 0; parcels--, i += 2) {
    const cell = at(codeAt, i)
    const absorbed = absorbedAt + (cell << 3)
    const integer = entryOf(at(absorbed, 0), at(absorbed, 1), at(codeAt, i + 1), at(nextRowAt, cell)) - 1
    if (integer < 0 || integer > at(maskAt, cell)) return -1
    changed |= change(start, cell, integer)
  }
  put(changedAt, c, changed)
  // What was touched is put back.
  let back = sets
  for (let list = 0; list < 2; list++)
    for (let cells = at(codeAt, back++); cells > 0; cells--, back += 2) {
      const cell = at(codeAt, back)
      put(nextRowAt, cell, at(rowAt, cell))
    }
  return i
}

/** Gives a cell of a successor an integer: the set of that cell, or none where it has it. */
function change(start: i32, cell: i32, integer: i32): i32 {
  const difference = integer ^ at(nextRowAt, cell)
  if (difference === 0) return 0
  const word = at(wordAt, cell)
  put(start, word, at(start, word) ^ (difference << at(shiftAt, cell)))
  put(nextRowAt, cell, integer)
  return 1 << cell
}

/** Finds successors in the store: the number of each; or, complemented, the slot from which on it has to be looked for among states that are newer than the chunk. */
function find(first: i32, end: i32): void {
  for (let c = first; c < end; c++) put(hashesAt, c, hashOf(rowsAt + ((c * size) << 2)))
  for (let c = first; c < end; c++) put(foundAt, c, at(slotsAt, firstSlot(at(hashesAt, c))))
  for (let c = first; c < end; c++) {
    const hash = at(hashesAt, c)
    const row = rowsAt + ((c * size) << 2)
    const tag = hash & ~numberMask & 0x7fffffff
    let slot = firstSlot(hash)
    let entry = at(foundAt, c)
    let number = ~slot
    while (entry !== -1) {
      number = entry & numberMask
      if ((entry & ~numberMask) === tag && (number >= known || isStored(number, row))) break
      slot = slotAfter(slot)
      entry = at(slotsAt, slot)
      number = ~slot
    }
    put(foundAt, c, number < known ? number : ~slot)
  }
}

/**
 * Takes what was made of the states of a chunk from one on, in their order: finds successors among the states that are newer, or puts them there.
 *
 * @param count how many states there are
 * @param anew whether the slots are not those in which they were looked for
 * @returns the state before which it stopped: the end of the chunk, or one of which not all was made
 */
export function take(common: i32, chunk: i32, first: i32, count: i32, anew: bool): i32 {
  use(common)
  useChunk(chunk)
  for (let state = first; state < to; state++) {
    const successors = at(countsAt, state - from)
    if (successors < 0) return state
    const start = at(startsAt, state - from)
    for (let c = start; c < start + successors; c++) {
      let number = at(foundAt, c)
      if (number < 0) {
        number = newer(c, anew ? firstSlot(at(hashesAt, c)) : ~number, count)
        put(foundAt, c, number)
        if (number === count) {
          count++
          if (ringMask >= 0) put(ringAt, number & ringMask, 0)
        }
      }
      if (ringMask >= 0 && number >= nextLayer)
        put(ringAt, number & ringMask, at(ringAt, number & ringMask) | at(asleepAt, c))
    }
    put(afterAt, state - from, count)
  }
  return to
}

/** The number of a successor, looked for from a slot on; or the next one, where there is none yet. */
function newer(c: i32, first: i32, count: i32): i32 {
  const row = rowsAt + ((c * size) << 2)
  const tag = at(hashesAt, c) & ~numberMask & 0x7fffffff
  let slot = first
  for (;;) {
    const entry = at(slotsAt, slot)
    if (entry === -1) break
    const number = entry & numberMask
    if ((entry & ~numberMask) === tag && isStored(number, row)) return number
    slot = slotAfter(slot)
  }
  keep(count, row)
  put(slotsAt, slot, tag | count)
  return count
}

/** Takes what there is out of the slots. */
export function emptySlots(common: i32): void {
  use(common)
  memory.fill(<usize>slotsAt, 0xff, (<usize>slots) << 2)
}

/** States that a member puts into the slots at a time. */
const FILLED: i32 = 512

/** Puts the next states of the store into its slots, which others fill too. */
function fillNext(): bool {
  const begun = atomic.add<i32>(<usize>nextAt, FILLED)
  if (begun >= to) return false
  const end = min(begun + FILLED, to)
  for (let first = begun; first < end; first += scratch) fill(first, min(first + scratch, end))
  return true
}

/** The same of no more states than there is room for in the scratch. */
function fill(first: i32, end: i32): void {
  for (let number = first; number < end; number++) {
    unstore(number, size, rowBytes, lastMask)
    const hash = hashOf(baseAt)
    const slot = firstSlot(hash)
    put(rowAt, number - first, hash)
    put(nextRowAt, number - first, slot)
    // The waits for memory overlap.
    put(enabledAt, number - first, at(slotsAt, slot))
  }
  for (let number = first; number < end; number++) {
    const entry = (at(rowAt, number - first) & ~numberMask & 0x7fffffff) | number
    let slot = at(nextRowAt, number - first)
    while (at(slotsAt, slot) !== -1 || !takes(slot, entry)) slot = slotAfter(slot)
  }
}

/** Takes a slot that was free; false where another one was sooner. One that fills alone needs no atomic write. */
function takes(slot: i32, entry: i32): bool {
  if (known === ALONE) {
    put(slotsAt, slot, entry)
    return true
  }
  return atomic.cmpxchg<i32>(<usize>(slotsAt + (slot << 2)), -1, entry) === -1
}

/** Instead of how many states there were: as in checker/filling.ts. */
const ALONE: i32 = 1

/** Packs so many states of the store anew, from the layout that is given into the one in use. Where rows become longer the last one is the first. */
export function repack(
  common: i32,
  states: i32,
  words: i32,
  bytes: i32,
  mask: i32,
  ofWord: i32,
  ofShift: i32,
  ofMask: i32,
): void {
  use(common)
  useScratch(0)
  for (let i = 0; i < states; i++) {
    const state = rowBytes > bytes ? states - 1 - i : i
    unstore(state, words, bytes, mask)
    for (let w = 0; w < size; w++) put(nextRowAt, w, 0)
    for (let cell = 0; cell < width; cell++) {
      const integer = (<u32>at(baseAt, at(ofWord, cell)) >>> at(ofShift, cell)) & at(ofMask, cell)
      const word = at(wordAt, cell)
      put(nextRowAt, word, at(nextRowAt, word) | (integer << at(shiftAt, cell)))
    }
    keep(state, nextRowAt)
  }
}

// Rows as in checker/rows.ts.

/** Makes a state's row, of so many words and bytes, the one in hand. */
function unstore(state: i32, words: i32, bytes: i32, mask: i32): void {
  const from = packedAt + state * bytes
  for (let w = 0; w < words; w++) put(baseAt, w, at(from, w))
  if (words > 0) put(baseAt, words - 1, at(baseAt, words - 1) & mask)
}

/** The other way round, of words that are anywhere: no byte is written that is not of the row. */
function keep(state: i32, row: i32): void {
  let place = packedAt + state * rowBytes
  const last = size - 1
  for (let w = 0; w < last; w++, place += 4) put(place, 0, at(row, w))
  if (last < 0) return
  let word = at(row, last)
  if (lastMask === -1) put(place, 0, word)
  else
    for (let left = lastMask; left !== 0; left >>= 8, place++) {
      store<u8>(<usize>place, <u8>word)
      word >>= 8
    }
}

/** Whether a state has a row. */
function isStored(state: i32, row: i32): bool {
  const stored = packedAt + state * rowBytes
  const last = size - 1
  for (let w = 0; w < last; w++) if (at(stored, w) !== at(row, w)) return false
  return last < 0 || (at(stored, last) & lastMask) === at(row, last)
}

/** As in checker/compile.ts: of what is at a place of `code`, the words before it. */
const BIT: i32 = -3
const READS: i32 = -2
const WRITES: i32 = -1

/** Of rules that sleep, those whose steps change nothing that is looked at; none where every step is. */
function unseen(enabled: i32, sleeping: i32): i32 {
  for (let e = 0; e < enabled; e++) {
    const place = at(enabledAt, e)
    if (looked === -1 || (at(codeAt, place + WRITES) & looked) !== 0) sleeping &= ~at(codeAt, place + BIT)
  }
  return sleeping
}

/** Which rules sleep after an outcome of one of those that are enabled. */
function asleepAfter(which: i32, writes: i32): i32 {
  const reads = at(codeAt, at(enabledAt, which) + READS)
  let asleep = 0
  for (let e = 0; e < which; e++) {
    const place = at(enabledAt, e)
    if ((at(codeAt, place + READS) & writes) === 0 && (at(codeAt, place + WRITES) & (reads | writes)) === 0)
      asleep |= at(codeAt, place + BIT)
  }
  return asleep
}

/** As `StepMap.get`. */
function entryOf(entries: i32, mask: i32, one: i32, other: i32): i32 {
  const hash = (one * <i32>0x9e3779b1) ^ (other * <i32>0x85ebca6b)
  let place = (hash ^ (<u32>hash >>> 15)) & mask
  for (;;) {
    const entry = entries + place * 12
    const value = at(entry, 2)
    if (value === 0 || (at(entry, 0) === one && at(entry, 1) === other)) return value
    place = (place + 1) & mask
  }
  return 0
}

/** As `hashOf` in checker/layout.ts. */
function hashOf(row: i32): i32 {
  let hash: i32 = 0
  for (let w = 0; w < size; w++) {
    hash = (hash ^ at(row, w)) * <i32>0x85ebca6b
    hash = (hash ^ (<u32>hash >>> 13)) * <i32>0xc2b2ae35
    hash ^= <u32>hash >>> 16
  }
  return hash
}

/** As in checker/slots.ts. */
function firstSlot(hash: i32): i32 {
  return <i32>((<u64>(<u32>(hash * <i32>0x9e3779b1)) * <u64>slots) >>> 32)
}

function slotAfter(slot: i32): i32 {
  return slot + 1 === slots ? 0 : slot + 1
}

function at(list: i32, i: i32): i32 {
  return load<i32>(<usize>(list + (i << 2)))
}

function put(list: i32, i: i32, integer: i32): void {
  store<i32>(<usize>(list + (i << 2)), integer)
}
