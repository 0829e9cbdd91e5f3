/**
 * What a slot of a hash table of states holds: the number of a state, and above it, as far as there is room, bits of its hash, so that most others are told apart without a look at them. −1 where there is none.
 * A search that comes to a slot that is taken goes on to the next one, round and round. There are four to seven times as many slots as a power of two, so that a table has not to become twice as long at once.
 */

/** Of the slots, so many hold a state at most. */
const MOST_LOAD = 0.8

/** Tables of less than 64 MiB become twice as long: they are soon filled anew. */
const SMALL = 2 ** 24

/** The least number of slots. */
export const LEAST_SLOTS = 4

/** So many states have room in so many slots. */
export const mostIn = (slots: number): number => Math.floor(slots * MOST_LOAD)

/** The next number of slots. */
export const moreThan = (slots: number): number => (slots < SMALL ? 2 * slots : slots + 2 ** (29 - Math.clz32(slots)))

/** Bits that the numbers of all states need which have room in so many slots. */
export const bitsOfNumber = (slots: number): number => 32 - Math.clz32(mostIn(slots) - 1)

/** Where the search for a hash begins, of so many slots: the same part of them as another hash of it is of 2^32. */
export function firstSlot(hash: number, slots: number): number {
  const other = Math.imul(hash, 0x9e3779b1) >>> 0
  // Whole numbers below 2^53 all the way.
  return Math.floor(((other >>> 16) * slots + Math.floor(((other & 0xffff) * slots) / 2 ** 16)) / 2 ** 16)
}

/** The bits of a hash that stand above a number. */
export const tagOf = (hash: number, numberMask: number): number => hash & ~numberMask & 0x7fffffff
