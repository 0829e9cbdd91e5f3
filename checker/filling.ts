import type { Room } from './frozen.ts'

/** Instead of how many states a chunk knows of: as in wasm/loop.ts. */
const ALONE = 1

/** The words that `make` of wasm/loop.ts reads instead of a chunk's where slots are to be filled anew: −1, how many states, whether one thread does it alone, and the address of the next state. */
export class Filling {
  readonly at: number
  readonly #words: Int32Array
  /** The first state that nobody has taken. */
  readonly #next: Int32Array

  constructor(memory: Room) {
    this.#words = memory.ints(16)
    this.#next = memory.ints(1)
    this.at = this.#words.byteOffset
    this.#words.set([-1, 0, 0, this.#next.byteOffset])
  }

  /** Nothing of it has been done; nobody helps where it is done alone. */
  begin(states: number, alone: boolean): void {
    this.#words[1] = states
    this.#words[2] = alone ? ALONE : 0
    this.#next[0] = 0
  }
}
