import { expandRange, findInPartition, type Shared } from './partitioned.ts'

/** What each member of a crew does of a chunk of states, all at the same time: makes the successors of its range of states; looks for those of its partition of the store. */
export type Phase = 'expand' | 'find'

/** Some that search together: the one that searches, and helpers on other cores. */
export interface Crew {
  readonly size: number
  /** Gives all what they work on, whenever an array was replaced by another. */
  hand(shared: Shared): void
  /** Does a phase, and comes back when all are done with it. */
  all(phase: Phase): void
  /** It is not needed any more. */
  end(): void
}

/** The part of one member. */
export function takePart(phase: Phase, shared: Shared, member: number): void {
  if (phase === 'expand') expandRange(shared, member)
  else findInPartition(shared, member)
}

/** A crew whose members take turns: what it finds is what any other finds. */
export function alone(size: number): Crew {
  let given: Shared | null = null
  return {
    size,
    hand: (shared) => {
      given = shared
    },
    all: (phase) => {
      for (let member = 0; member < size; member++) takePart(phase, given!, member)
    },
    end: () => {},
  }
}
