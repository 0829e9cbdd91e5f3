/**
 * What a slot of a hash table of states holds: the number of a state, and above it, as far as there is room, bits of its hash, so that most others are told apart without a look at them. −1 where there is none.
 * A search that comes to a slot that is taken goes on to the next one, round and round.
 */

/** Where the search for a hash begins, of so many slots less one. */
export const firstSlot = (hash: number, mask: number): number => (hash ^ (hash >>> 15)) & mask

/** The bits of a hash that stand above a number. */
export const tagOf = (hash: number, numberMask: number): number => hash & ~numberMask & 0x7fffffff
