import { type Budget, longer, Stopped } from './budget.ts'
import type { Cells } from './cells.ts'
import { hashOf, Layout } from './layout.ts'
import { RisingList } from './rising-list.ts'
import { Rows } from './rows.ts'
import { bitsOfNumber, firstSlot, LEAST_SLOTS, moreThan, mostIn, tagOf } from './slots.ts'

/** The values that a cell has had so far are numbered from 0 up to this. */
export interface Domain {
  readonly size: number
}

/** Where a store can lie so that somebody else works on it too: its rows and slots, as long as they are asked to be. */
export interface Home {
  /** The rows, or the slots, as long as they are to be, with what is in them; null where there is no room. */
  rows(length: number): Int32Array | null
  slots(length: number): Int32Array | null
  /** Packs all rows anew, from a layout to that which the store has now; false where it cannot. */
  repack(store: StateStore, from: Layout): boolean
  /** Makes the slots those of all states; false where it cannot. */
  fillSlots(store: StateStore): boolean
}

/**
 * Every state found, stored exactly: its cells' integers, packed into as few bytes as they need now (see `layout.ts`; packed anew when they need more), and who found it first.
 * States are numbered in the order in which they were found, so that in a breadth-first search the store is the queue. A hash table of state numbers finds duplicates;
 * the bits of a slot that the number does not need carry a tag of the hash, so that most misses are decided in the slot.
 */
export class StateStore {
  /** Cells of a state. */
  readonly width: number
  layout: Layout
  #rows = new Rows(new Int32Array(0))
  count = 0
  /** Who found each state first: in a breadth-first search no number is less than the one before it. */
  readonly #parents: RisingList
  readonly #domains: readonly Domain[]
  readonly #budget: Budget
  readonly #maxStates: number
  // Nothing is taken before the first state: a row may be large.
  #capacity = 0
  #slots: Int32Array = new Int32Array(LEAST_SLOTS).fill(-1)
  #tagShift = 0
  #mostInSlots = 0
  #home: Home | null = null
  #isClosed = false
  /** Two packed rows, of states that are looked at. */
  #one = new Int32Array(0)
  #other = new Int32Array(0)

  constructor(domains: readonly Domain[], budget: Budget) {
    this.width = domains.length
    this.#domains = domains
    this.#budget = budget
    this.#maxStates = budget.limits.states ?? Number.POSITIVE_INFINITY
    this.#parents = new RisingList(budget)
    this.layout = this.#fitting()
    this.#useLayout()
  }

  #useLayout(): void {
    this.#one = new Int32Array(this.layout.size)
    this.#other = new Int32Array(this.layout.size)
  }

  /** The number of the state that found a state first, −1 where it is an initial one. */
  parentOf(state: number): number {
    return this.#parents.at(state)
  }

  /** The integers of a state, a cell each. */
  row(state: number): Int32Array {
    const row = new Int32Array(this.width)
    this.unpack(state, row)
    return row
  }

  /** Puts the integers of a state into a row of cells. */
  unpack(state: number, row: Int32Array): void {
    this.load(state, this.#one)
    this.layout.unpack(this.#one, 0, row)
  }

  /** Puts the words of a state's packed row into others, from the first one on. */
  load(state: number, packed: Int32Array): void {
    this.#rows.load(state, this.layout, packed, 0)
  }

  /** The cells in which two states differ, as a set. */
  changes(one: number, other: number): Cells {
    this.load(one, this.#one)
    this.load(other, this.#other)
    return this.layout.changes(this.#one, 0, this.#other, 0)
  }

  /**
   * Packs all states anew, so that every value that cells have had so far fits.
   * @throws Stopped when there is no room for that
   */
  widen(): void {
    const [old, next, rows] = [this.layout, this.#fitting(), this.#rows]
    // Rows that are no longer than before take the places of the old ones.
    if (next.bytes > old.bytes) this.#rows = new Rows(this.#longer(Rows.words(this.#capacity, next)))
    this.layout = next
    if (this.#home?.repack(this, old) !== true) this.#repack(old, rows)
    this.#useLayout()
    if (this.#rows.room.buffer !== rows.room.buffer) this.#budget.give(rows.room.byteLength)
    this.#fillSlots()
  }

  #repack(old: Layout, rows: Rows): void {
    const [row, from, to] = [this.width, old.size, this.layout.size].map((length) => new Int32Array(length))
    const isLonger = this.layout.bytes > old.bytes
    for (let i = 0; i < this.count; i++) {
      // The new rows may lie where the old ones do: then the last one is the first.
      const state = isLonger ? this.count - 1 - i : i
      rows.load(state, old, from!, 0)
      old.unpack(from!, 0, row!)
      this.layout.pack(row!, to!, 0)
      this.#rows.put(state, this.layout, to!, 0)
    }
  }

  /**
   * Finds or adds the state in `packed[at..]`. Returns its number if it was known, the bitwise complement of its number if it is new.
   *
   * @param parent no less than the last time
   * @throws Stopped when a bound leaves no room for it
   */
  add(packed: Int32Array, at: number, parent: number, hash = hashOf(packed, at, this.layout.size)): number {
    const slot = this.#slotOf(packed, at, hash)
    const entry = this.#slots[slot] as number
    const numberMask = (1 << this.#tagShift) - 1
    if (entry !== -1) return entry & numberMask
    if (this.count >= this.#maxStates) throw new Stopped('states')
    if (this.count === this.#capacity) this.#growRows()
    if (this.count >= this.#mostInSlots) {
      this.#growSlots()
      return this.add(packed, at, parent, hash)
    }
    const number = this.took(parent)
    this.#rows.put(number, this.layout, packed, at)
    this.#slots[slot] = tagOf(hash, numberMask) | number
    return ~number
  }

  /**
   * Looks up `count` states, side by side in `packed`: each state's hash goes to `hashes`, its number to `found`, or −1
   * where the first look does not settle it (`add` then does). One look after another at memory that is far away costs a wait
   * each; looking up all successors of a state in short loops lets the processor wait for them together.
   */
  lookUp(packed: Int32Array, count: number, hashes: Int32Array, found: Int32Array): void {
    this.#mustBeOpen()
    const { size } = this.layout
    const slots = this.#slots
    const { length } = slots
    const numberMask = (1 << this.#tagShift) - 1
    for (let k = 0; k < count; k++) {
      const hash = hashOf(packed, k * size, size)
      hashes[k] = hash
      found[k] = slots[firstSlot(hash, length)] as number
    }
    for (let k = 0; k < count; k++) {
      const entry = found[k] as number
      const tag = tagOf(hashes[k] as number, numberMask)
      found[k] = entry !== -1 && (entry & ~numberMask) === tag ? entry & numberMask : -1
    }
    for (let k = 0; k < count; k++) {
      const number = found[k] as number
      if (number >= 0 && !this.#rows.isSame(number, this.layout, packed, k * size)) found[k] = -1
    }
  }

  /** The number of a state that is in the store; −1 if it is not. */
  find(row: Int32Array): number {
    const { layout } = this
    if (!layout.fits(row)) return -1
    const packed = new Int32Array(layout.size)
    layout.pack(row, packed, 0)
    return this.numberOf(packed, 0)
  }

  /** The same of the state in `packed[at..]`. */
  numberOf(packed: Int32Array, at: number): number {
    const entry = this.#slots[this.#slotOf(packed, at, hashOf(packed, at, this.layout.size))] as number
    return entry === -1 ? -1 : entry & ((1 << this.#tagShift) - 1)
  }

  /** No state is looked for, or added, any more. Gives away what that took. */
  close(): Int32Array {
    this.#isClosed = true
    return this.#slots
  }

  #mustBeOpen(): void {
    if (this.#isClosed)
      throw new Error('A state is looked for after the search has given that up: a bug in the checker.')
  }

  #fitting(): Layout {
    return new Layout(this.#domains.map(({ size }) => size))
  }

  /** The slot of a state: the one that holds it, or the empty one where it belongs. */
  #slotOf(packed: Int32Array, at: number, hash: number): number {
    this.#mustBeOpen()
    const { layout } = this
    const numberMask = (1 << this.#tagShift) - 1
    const tag = tagOf(hash, numberMask)
    const slots = this.#slots
    let slot = firstSlot(hash, slots.length)
    for (;;) {
      const entry = slots[slot] as number
      if (entry === -1) return slot
      if ((entry & ~numberMask) === tag && this.#rows.isSame(entry & numberMask, layout, packed, at)) return slot
      if (++slot === slots.length) slot = 0
    }
  }

  #growRows(): void {
    this.#growRowsTo(this.#capacity === 0 ? firstCapacity(this.layout.size) : this.#nextCapacity)
  }

  /** What grows where it is has no need to grow in large steps. */
  get #nextCapacity(): number {
    return this.#home === null ? longer(this.#capacity) : this.#capacity + IN_PLACE
  }

  /** The store is as it was where there is no room, here and below. */
  #growRowsTo(capacity: number): void {
    const [rows, longer] = [this.#rows.room, this.#longer(Rows.words(capacity, this.layout))]
    if (longer.buffer !== rows.buffer) {
      // With shorter rows than before it may be shorter than what there was.
      longer.set(rows.subarray(0, Math.min(rows.length, Rows.words(this.count, this.layout))))
      this.#budget.give(rows.byteLength)
    }
    this.#rows = new Rows(longer)
    this.#capacity = capacity
  }

  /** Room for rows, in words: that which they have, made longer; or other, where what is in them is still to be put. */
  #longer(length: number): Int32Array {
    const rows = this.#home?.rows(length) ?? null
    if (rows !== null) this.#budget.take(rows.byteLength - this.#rows.room.byteLength)
    else this.#home = null
    return rows ?? this.#budget.ints(length)
  }

  #growSlots(): void {
    this.#growSlotsTo(this.#mostInSlots === 0 ? firstCapacity(this.layout.size) * 2 : moreThan(this.#slots.length))
  }

  #growSlotsTo(length: number): void {
    if (length / 2 > MOST_STATES) throw new Stopped('memory')
    this.#slots = this.#longerSlots(length)
    this.#mostInSlots = Math.min(mostIn(length), MOST_STATES)
    this.#tagShift = Math.min(30, bitsOfNumber(length))
    this.#fillSlots()
  }

  /** Slots in the place of those that there are, where these are, or elsewhere; to be filled. */
  #longerSlots(length: number): Int32Array {
    const given = this.#slots.byteLength
    let slots = this.#home?.slots(length) ?? null
    if (slots !== null) this.#budget.take(slots.byteLength - given)
    else {
      this.#home = null
      slots = this.#budget.ints(length)
      this.#budget.give(given)
    }
    return slots
  }

  // For a kernel.

  /** Lies from now on where somebody else works on it too, as long as there is room there; false where there is none. */
  moveTo(home: Home): boolean {
    const { room } = this.#rows
    const [rows, slots] = [home.rows(room.length), home.slots(this.#slots.length)]
    if (rows === null || slots === null) return false
    rows.set(room)
    slots.set(this.#slots)
    this.#rows = new Rows(rows)
    this.#slots = slots
    this.#home = home
    return true
  }

  /** Counts a state: `add` puts its row where the next one belongs, or a kernel has put it there. */
  took(parent: number): number {
    this.#mustBeOpen()
    this.#parents.push(parent)
    return this.count++
  }

  /**
   * Makes room for so many more states.
   * @returns false where a bound leaves none
   */
  reserve(more: number): boolean {
    const count = this.count + more
    if (count > this.#maxStates || count > MOST_STATES) return false
    if (count > this.#capacity) this.#growRowsTo(Math.max(count, this.#nextCapacity))
    let length = this.#slots.length
    while (count > mostIn(length)) length = moreThan(length)
    if (length !== this.#slots.length) this.#growSlotsTo(length)
    return true
  }

  /** What the rows lie in. */
  get rows(): Int32Array {
    return this.#rows.room
  }

  /** The slots, and up to which bit of one there is a number. */
  get slots(): { readonly slots: Int32Array; readonly tagShift: number } {
    return { slots: this.#slots, tagShift: this.#tagShift }
  }

  /** Makes the slots those of the states that are in the store. */
  mend(): void {
    this.#fillSlots()
  }

  #fillSlots(): void {
    this.#mustBeOpen()
    if (this.#home?.fillSlots(this) !== true) this.#fill()
  }

  #fill(): void {
    const { size } = this.layout
    const slots = this.#slots.fill(-1)
    const numberMask = (1 << this.#tagShift) - 1
    for (let number = 0; number < this.count; number++) {
      this.load(number, this.#one)
      const hash = hashOf(this.#one, 0, size)
      let slot = firstSlot(hash, slots.length)
      while (slots[slot] !== -1) if (++slot === slots.length) slot = 0
      slots[slot] = tagOf(hash, numberMask) | number
    }
  }
}

/** States that rows which grow where they are get room for at a time. */
const IN_PLACE = 2 ** 14

/** Numbers of states and a bit of a tag share a slot of 31 bits. */
const MOST_STATES = 2 ** 30

/** A thousand states, or fewer where they are wide: a power of two. */
function firstCapacity(size: number): number {
  return 2 ** Math.min(10, Math.max(1, Math.floor(Math.log2(2 ** 16 / Math.max(size, 1)))))
}
