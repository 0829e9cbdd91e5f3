import { type Budget, Stopped } from './budget.ts'

/**
 * Every state found, stored exactly: its cells' integers, and who found it first. States are numbered in the order in which
 * they were found, so that in a breadth-first search the store is the queue. A hash table of state numbers finds duplicates;
 * the bits of a slot that the number does not need carry a tag of the hash, so that most misses are decided in the slot.
 */
export class StateStore {
  readonly width: number
  words = new Int32Array(0)
  parents = new Int32Array(0)
  count = 0
  readonly #budget: Budget
  readonly #maxStates: number
  readonly #weights: Int32Array
  // Nothing is taken before the first state: a row may be large.
  #capacity = 0
  #slots = new Int32Array(2).fill(-1)
  #mask = 1
  #tagShift = 0

  constructor(width: number, budget: Budget) {
    this.width = width
    this.#budget = budget
    this.#maxStates = budget.limits.states ?? Number.POSITIVE_INFINITY
    this.#weights = weights(width)
  }

  /** The part of the hash that cell `cell` with integer `word` contributes: contributions add up, so a change is cheap. */
  weight(cell: number): number {
    return this.#weights[cell] as number
  }

  hash(words: Int32Array, base: number): number {
    let sum = 0
    for (let i = 0; i < this.width; i++)
      sum = (sum + Math.imul(words[base + i] as number, this.#weights[i] as number)) | 0
    return sum
  }

  /**
   * Finds or adds the state in `words[at..at+width)`, whose `hash` is given. Returns its number if it was known, the bitwise
   * complement of its number if it is new.
   * @throws Stopped when a bound leaves no room for it
   */
  add(words: Int32Array, at: number, sum: number, parent: number): number {
    const { width } = this
    const hash = scramble(sum)
    const slot = this.#slotOf(words, at, hash)
    const entry = this.#slots[slot] as number
    const numberMask = (1 << this.#tagShift) - 1
    if (entry !== -1) return entry & numberMask
    if (this.count >= this.#maxStates) throw new Stopped('states')
    if (this.count === this.#capacity) {
      this.#grow()
      return this.add(words, at, sum, parent)
    }
    const number = this.count++
    const base = number * width
    for (let i = 0; i < width; i++) this.words[base + i] = words[at + i] as number
    this.parents[number] = parent
    this.#slots[slot] = (hash & ~numberMask & 0x7fffffff) | number
    return ~number
  }

  /**
   * Looks up `count` states, side by side in `words`, with their hashes in `sums`: each state's number goes to `found`, or −1
   * where the first look does not settle it (`add` then does). One look after another at memory that is far away costs a wait
   * each; looking up all successors of a state in two short loops lets the processor wait for them together.
   */
  lookUp(words: Int32Array, sums: Int32Array, count: number, found: Int32Array): void {
    const { width } = this
    const slots = this.#slots
    const mask = this.#mask
    const stored = this.words
    const numberMask = (1 << this.#tagShift) - 1
    for (let k = 0; k < count; k++) {
      const hash = scramble(sums[k] as number)
      const entry = slots[(hash ^ (hash >>> 15)) & mask] as number
      found[k] = entry !== -1 && (entry & ~numberMask) === (hash & ~numberMask & 0x7fffffff) ? entry & numberMask : -1
    }
    for (let k = 0; k < count; k++) {
      const number = found[k] as number
      if (number < 0) continue
      const base = number * width
      const at = k * width
      for (let i = 0; i < width; i++) {
        if (stored[base + i] !== words[at + i]) {
          found[k] = -1
          break
        }
      }
    }
  }

  /** The number of a state that is in the store; −1 if it is not. */
  find(words: Int32Array): number {
    const entry = this.#slots[this.#slotOf(words, 0, scramble(this.hash(words, 0)))] as number
    return entry === -1 ? -1 : entry & ((1 << this.#tagShift) - 1)
  }

  /** The slot of a state: the one that holds it, or the empty one where it belongs. */
  #slotOf(words: Int32Array, at: number, hash: number): number {
    const { width } = this
    const numberMask = (1 << this.#tagShift) - 1
    const tag = hash & ~numberMask & 0x7fffffff
    let slot = (hash ^ (hash >>> 15)) & this.#mask
    for (;;) {
      const entry = this.#slots[slot] as number
      if (entry === -1) return slot
      if ((entry & ~numberMask) === tag) {
        const base = (entry & numberMask) * width
        let i = 0
        while (i < width && this.words[base + i] === words[at + i]) i++
        if (i === width) return slot
      }
      slot = (slot + 1) & this.#mask
    }
  }

  /** In an order that leaves the store as it was wherever there is no room. */
  #grow(): void {
    const capacity = this.#capacity === 0 ? firstCapacity(this.width) : this.#capacity * 2
    if (capacity > MOST_STATES) throw new Stopped('memory')
    this.words = this.#budget.enlarged(this.words, capacity * this.width)
    this.parents = this.#budget.enlarged(this.parents, capacity)
    const slots = this.#budget.ints(capacity * 2).fill(-1)
    this.#budget.give(this.#slots.byteLength)
    this.#slots = slots
    this.#capacity = capacity
    this.#mask = slots.length - 1
    this.#tagShift = Math.log2(capacity)
    const numberMask = capacity - 1
    for (let number = 0; number < this.count; number++) {
      const hash = scramble(this.hash(this.words, number * this.width))
      let slot = (hash ^ (hash >>> 15)) & this.#mask
      while (slots[slot] !== -1) slot = (slot + 1) & this.#mask
      slots[slot] = (hash & ~numberMask & 0x7fffffff) | number
    }
  }
}

/** Numbers of states and a bit of a tag share a slot of 31 bits. */
const MOST_STATES = 2 ** 30

/** A thousand states, or fewer where they are wide: a power of two. */
function firstCapacity(width: number): number {
  return 2 ** Math.min(10, Math.max(1, Math.floor(Math.log2(2 ** 16 / Math.max(width, 1)))))
}

function scramble(sum: number): number {
  let hash = Math.imul(sum ^ (sum >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

/** Fixed odd multipliers, so that runs are reproducible (splitmix32). */
function weights(width: number): Int32Array {
  const list = new Int32Array(width)
  let seed = 0x9e3779b9
  for (let i = 0; i < width; i++) {
    seed = (seed + 0x9e3779b9) | 0
    let mixed = Math.imul(seed ^ (seed >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    list[i] = (mixed ^ (mixed >>> 15)) | 1
  }
  return list
}
