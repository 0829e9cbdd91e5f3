/**
 * The innermost loop of a search, in AssemblyScript: what `checker/explore.ts` does with one state after another, over the same tables, rows and slots, as long as the tables know all. That one says what it
 * has to find; this one finds it sooner. Numbers are 32-bit integers, and addresses of such in the one memory that there is.
 */

/** The tables (checker/frozen.ts): of each group seven words and one that is not used. */
let width: i32 = 0
let groups: i32 = 0
let groupsAt: i32 = 0
let absorbedAt: i32 = 0
let codeAt: i32 = 0

export function useModel(cells: i32, many: i32, ofGroups: i32, ofAbsorbed: i32, ofCode: i32): void {
  width = cells
  groups = many
  groupsAt = ofGroups
  absorbedAt = ofAbsorbed
  codeAt = ofCode
}

/** The store (checker/store.ts): how rows are packed, the rows, and the slots. */
let size: i32 = 0
let wordAt: i32 = 0
let shiftAt: i32 = 0
let maskAt: i32 = 0
let packedAt: i32 = 0
let slotsAt: i32 = 0
let slotMask: i32 = 0
let numberMask: i32 = 0

export function useLayout(words: i32, ofWord: i32, ofShift: i32, ofMask: i32): void {
  size = words
  wordAt = ofWord
  shiftAt = ofShift
  maskAt = ofMask
}

export function useStore(ofPacked: i32, ofSlots: i32, slots: i32, tagShift: i32): void {
  packedAt = ofPacked
  slotsAt = ofSlots
  slotMask = slots - 1
  numberMask = (1 << tagShift) - 1
}

/** What is found: by state where its successors begin and how many there are; by successor the rest. */
let startsAt: i32 = 0
let countsAt: i32 = 0
let rowsAt: i32 = 0
let fairAt: i32 = 0
let changedAt: i32 = 0
let hashesAt: i32 = 0
let foundAt: i32 = 0
let asleepAt: i32 = 0
let room: i32 = 0
/** The integers of a state and of a successor; the places of what is enabled. */
let rowAt: i32 = 0
let nextAt: i32 = 0
let enabledAt: i32 = 0

export function useChunk(
  ofStarts: i32,
  ofCounts: i32,
  ofRows: i32,
  ofFair: i32,
  ofChanged: i32,
  ofHashes: i32,
  ofFound: i32,
  ofAsleep: i32,
  successors: i32,
): void {
  startsAt = ofStarts
  countsAt = ofCounts
  rowsAt = ofRows
  fairAt = ofFair
  changedAt = ofChanged
  hashesAt = ofHashes
  foundAt = ofFound
  asleepAt = ofAsleep
  room = successors
}

export function useScratch(ofRow: i32, ofNext: i32, ofEnabled: i32): void {
  rowAt = ofRow
  nextAt = ofNext
  enabledAt = ofEnabled
}

/** Sleep sets (checker/sleep.ts), a ring of them; none where its mask is below 0. The first state of the next layer, and the cells of which changes have to be seen. */
let ringAt: i32 = 0
let ringMask: i32 = -1
let nextLayer: i32 = 0
let looked: i32 = 0

export function useSleep(ofRing: i32, mask: i32, next: i32, seen: i32): void {
  ringAt = ofRing
  ringMask = mask
  nextLayer = next
  looked = seen
}

/** States that there are. */
export let count: i32 = 0
/** Whether the room for successors ended an expansion. */
export let wasFull: bool = false
/** Whether nothing can happen in the state in hand. */
let isEnd: bool = false

/** Of so many states at a time all successors are made before any is looked up, so that the waits for memory overlap. */
const AT_A_TIME: i32 = 32

/**
 * Expands states one after another: makes their successors, finds them in the store or puts them there.
 *
 * @returns the state before which it stopped: the last one, or one of which the tables do not know all, or its successors have no room
 */
export function expand(from: i32, to: i32, known: i32): i32 {
  count = known
  wasFull = false
  let made = 0
  let state = from
  while (state < to) {
    const end = min(state + AT_A_TIME, to)
    const first = made
    for (; state < end; state++) {
      const more = successors(state, made)
      if (more < 0) break
      put(startsAt, state - from, isEnd ? -1 : made)
      put(countsAt, state - from, more)
      made += more
    }
    lookUp(first, made)
    if (state < end) break
  }
  return state
}

/** Makes the successors of a state from a place on; how many, or −1. */
function successors(state: i32, first: i32): i32 {
  const base = packedAt + ((state * size) << 2)
  for (let cell = 0; cell < width; cell++) {
    const integer = (<u32>at(base, at(wordAt, cell)) >>> at(shiftAt, cell)) & at(maskAt, cell)
    put(rowAt, cell, integer)
    put(nextAt, cell, integer)
  }
  const enabled = enable()
  if (enabled < 0) return -1
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
      if (c === room) {
        wasFull = true
        return -1
      }
      put(fairAt, c, at(codeAt, i))
      i = follow(i + 1, base, c)
      if (i < 0) return -1
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
function follow(from: i32, base: i32, c: i32): i32 {
  const start = rowsAt + ((c * size) << 2)
  for (let w = 0; w < size; w++) put(start, w, at(base, w))
  let changed = 0
  let i = from
  for (let sets = at(codeAt, i++); sets > 0; sets--, i += 2) {
    const cell = at(codeAt, i)
    const integer = at(codeAt, i + 1)
    if (integer > at(maskAt, cell)) return -1
    changed |= change(start, cell, integer)
  }
  for (let sends = at(codeAt, i++); sends > 0; sends--, i += 2) {
    const cell = at(codeAt, i)
    const absorbed = absorbedAt + (cell << 3)
    const integer = entryOf(at(absorbed, 0), at(absorbed, 1), at(codeAt, i + 1), at(nextAt, cell)) - 1
    if (integer < 0 || integer > at(maskAt, cell)) return -1
    changed |= change(start, cell, integer)
  }
  put(changedAt, c, changed)
  // What was touched is put back.
  let back = from
  for (let list = 0; list < 2; list++)
    for (let cells = at(codeAt, back++); cells > 0; cells--, back += 2) {
      const cell = at(codeAt, back)
      put(nextAt, cell, at(rowAt, cell))
    }
  return i
}

/** Gives a cell of a successor an integer: the set of that cell, or none where it has it. */
function change(start: i32, cell: i32, integer: i32): i32 {
  const difference = integer ^ at(nextAt, cell)
  if (difference === 0) return 0
  const word = at(wordAt, cell)
  put(start, word, at(start, word) ^ (difference << at(shiftAt, cell)))
  put(nextAt, cell, integer)
  return 1 << cell
}

/** Finds successors in the store, or puts them there. */
function lookUp(from: i32, to: i32): void {
  for (let c = from; c < to; c++) {
    const hash = hashOf(rowsAt + ((c * size) << 2))
    put(hashesAt, c, hash)
  }
  for (let c = from; c < to; c++) put(foundAt, c, at(slotsAt, firstSlot(at(hashesAt, c))))
  for (let c = from; c < to; c++) {
    const hash = at(hashesAt, c)
    const row = rowsAt + ((c * size) << 2)
    const tag = hash & ~numberMask & 0x7fffffff
    let slot = firstSlot(hash)
    let entry = at(slotsAt, slot)
    let number = 0
    for (;;) {
      if (entry === -1) {
        number = count++
        const target = packedAt + ((number * size) << 2)
        for (let w = 0; w < size; w++) put(target, w, at(row, w))
        put(slotsAt, slot, tag | number)
        if (ringMask >= 0) put(ringAt, number & ringMask, at(asleepAt, c))
        break
      }
      number = entry & numberMask
      if ((entry & ~numberMask) === tag && areSame(packedAt + ((number * size) << 2), row)) {
        if (ringMask >= 0 && number >= nextLayer)
          put(ringAt, number & ringMask, at(ringAt, number & ringMask) | at(asleepAt, c))
        break
      }
      slot = (slot + 1) & slotMask
      entry = at(slotsAt, slot)
    }
    put(foundAt, c, number)
  }
}

/** Puts so many states of the store into its slots, in which nothing else is then. */
export function fillSlots(states: i32): void {
  memory.fill(<usize>slotsAt, 0xff, (<usize>slotMask + 1) << 2)
  for (let number = 0; number < states; number++) {
    const hash = hashOf(packedAt + ((number * size) << 2))
    let slot = firstSlot(hash)
    while (at(slotsAt, slot) !== -1) slot = (slot + 1) & slotMask
    put(slotsAt, slot, (hash & ~numberMask & 0x7fffffff) | number)
  }
}

/** Packs so many states of the store anew, from the layout that is given into the one in use. Where rows become longer the last one is the first. */
export function repack(states: i32, words: i32, ofWord: i32, ofShift: i32, ofMask: i32): void {
  for (let i = 0; i < states; i++) {
    const state = size > words ? states - 1 - i : i
    const from = packedAt + ((state * words) << 2)
    for (let cell = 0; cell < width; cell++)
      put(rowAt, cell, (<u32>at(from, at(ofWord, cell)) >>> at(ofShift, cell)) & at(ofMask, cell))
    const to = packedAt + ((state * size) << 2)
    for (let w = 0; w < size; w++) put(to, w, 0)
    for (let cell = 0; cell < width; cell++) {
      const word = at(wordAt, cell)
      put(to, word, at(to, word) | (at(rowAt, cell) << at(shiftAt, cell)))
    }
  }
}

/** As in checker/compile.ts: of what is at a place of `code`, the words before it. */
const BIT: i32 = -3
const READS: i32 = -2
const WRITES: i32 = -1

/** Of rules that sleep, those whose steps change nothing that is looked at. */
function unseen(enabled: i32, sleeping: i32): i32 {
  for (let e = 0; e < enabled; e++) {
    const place = at(enabledAt, e)
    if ((at(codeAt, place + WRITES) & looked) !== 0) sleeping &= ~at(codeAt, place + BIT)
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

/** As `entryOf` in checker/frozen.ts. */
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
  return (hash ^ (<u32>hash >>> 15)) & slotMask
}

function areSame(one: i32, other: i32): bool {
  for (let w = 0; w < size; w++) if (at(one, w) !== at(other, w)) return false
  return true
}

function at(list: i32, i: i32): i32 {
  return load<i32>(<usize>(list + (i << 2)))
}

function put(list: i32, i: i32, integer: i32): void {
  store<i32>(<usize>(list + (i << 2)), integer)
}
