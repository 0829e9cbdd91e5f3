import { type FrozenMap, placeOf, type Room } from './frozen.ts'

/** From two non-negative integers to a positive one, in flat arrays: open addressing, no removal. */
export class StepMap {
  /** Three words an entry: both keys and the value, which is 0 where there is none. */
  #entries: Int32Array = new Int32Array(3 * 8)
  #mask = 7
  #count = 0
  #frozen: FrozenMap | null = null
  #room: Room | null = null

  get bytes(): number {
    return this.#entries.byteLength
  }

  /** The value of two keys; 0 where there is none. */
  get(one: number, other: number): number {
    const entries = this.#entries
    let at = placeOf(one, other) & this.#mask
    for (;;) {
      const value = entries[at * 3 + 2] as number
      if (value === 0 || (entries[at * 3] === one && entries[at * 3 + 1] === other)) return value
      at = (at + 1) & this.#mask
    }
  }

  /** Gives two keys that have none a value. */
  set(one: number, other: number, value: number): void {
    if (this.#count * 2 > this.#mask) this.#grow()
    this.#count++
    this.#put(one, other, value)
  }

  /** How many have a value. */
  get size(): number {
    return this.#count
  }

  /** Its entries, from now on where others look at them. */
  frozen(room: Room): FrozenMap {
    if (this.#frozen === null) {
      this.#room = room
      const entries = room.ints(this.#entries.length)
      entries.set(this.#entries)
      this.#entries = entries
      this.#frozen = { entries, mask: this.#mask }
    }
    return this.#frozen
  }

  /** All that has a value. */
  forEach(tell: (one: number, other: number, value: number) => void): void {
    const entries = this.#entries
    for (let i = 0; i < entries.length; i += 3)
      if (entries[i + 2] !== 0) tell(entries[i] as number, entries[i + 1] as number, entries[i + 2] as number)
  }

  #put(one: number, other: number, value: number): void {
    let at = placeOf(one, other) & this.#mask
    while (this.#entries[at * 3 + 2] !== 0) at = (at + 1) & this.#mask
    this.#entries[at * 3] = one
    this.#entries[at * 3 + 1] = other
    this.#entries[at * 3 + 2] = value
  }

  #grow(): void {
    const old = this.#entries
    this.#mask = this.#mask * 2 + 1
    const length = 3 * (this.#mask + 1)
    this.#entries = this.#room?.ints(length) ?? new Int32Array(length)
    if (this.#frozen !== null) this.#frozen = { entries: this.#entries, mask: this.#mask }
    for (let i = 0; i < old.length; i += 3)
      if (old[i + 2] !== 0) this.#put(old[i] as number, old[i + 1] as number, old[i + 2] as number)
  }
}
