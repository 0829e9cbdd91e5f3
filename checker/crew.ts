import type { LinearMemory } from './wasm/engine.ts'

/** What a crew works on: the memory of a search, and where in it stands what all its members use (wasm/loop.ts). */
export interface Work {
  readonly memory: LinearMemory
  readonly common: number
}

/** Some that make the successors of a search's next states, or fill its slots anew: the one that searches, and helpers on other cores. */
export interface Crew {
  readonly size: number
  /** Whether all are there. */
  readonly isReady: boolean
  /** Gives all what they work on, once. */
  hand(work: Work): void
  /** Helpers begin to make what there is to be made of a chunk, or of a filling, given by its address (checker/chunk.ts, checker/filling.ts). */
  begin(chunk: number): void
  /** Takes part in it, and comes back when nobody is at it any more. */
  finish(): void
  /** It is not needed any more. */
  end(): void
}
