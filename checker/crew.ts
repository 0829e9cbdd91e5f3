import { expandBlock, findPartition, type Shared } from './partitioned.ts'

/** What the members of a crew do at the same time: make the successors of a chunk of states; look for them in the store. */
export type Phase = 'expand' | 'find'

/** Some that search together: the one that searches, and helpers on other cores. */
export interface Crew {
  readonly size: number
  /** Whether all are there. */
  readonly isReady: boolean
  /** Gives all what they work on, whenever an array was replaced by another. */
  hand(shared: Shared): void
  /** Helpers begin a phase. */
  begin(phase: Phase): void
  /** Takes part in it, and comes back when all is done. */
  finish(phase: Phase): void
  /** It is not needed any more. */
  end(): void
}

/** A piece of a phase; false where there is none left. */
export const doPiece = (phase: Phase, shared: Shared, member: number): boolean =>
  phase === 'expand' ? expandBlock(shared, member) : findPartition(shared)

/**
 * A crew of members that take turns: what it finds is what any other finds.
 *
 * @param early whether helpers do all that they can before the one that searches takes part
 */
export function alone(size: number, early: boolean): Crew {
  let shared: Shared | null = null
  const members = Array.from({ length: size }, (_, member) => member)
  const take = (phase: Phase, who: readonly number[]): void => {
    for (let some = true; some; ) some = who.map((member) => doPiece(phase, shared!, member)).includes(true)
  }
  return {
    size,
    isReady: true,
    hand: (given) => {
      shared = given
    },
    begin: (phase) => {
      if (early) take(phase, members.slice(1))
    },
    finish: (phase) => take(phase, members),
    end: () => {},
  }
}
