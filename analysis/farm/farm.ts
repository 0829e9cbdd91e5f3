import type { Done, Planned } from '../plan/plan.ts'
import type { InFolder } from '../resumable.ts'

/** A search that is handed out, with what its maker must have for it. */
export interface Order {
  readonly planned: Planned
  /** Digests of the sources that it is about. */
  readonly sources: readonly string[]
  /** Where it is one that several make together: in which folder, which all of them have. */
  readonly together?: Together
}

export interface Together {
  readonly place: InFolder
  /** Which of those who make it, and when it was asked: what was found before is in the folder, not at the server. */
  readonly id: string
}

/** What is asked and told of orders while they are carried out. */
export interface News {
  readonly onDone: (order: Order, done: Done) => void
  /** It was tried as often as is tried, and each time something went wrong that is no verdict. */
  readonly onFailed: (order: Order, why: string) => void
  /** Whether an answer that the server still has, from an earlier try, is taken. */
  readonly isWanted: (done: Done) => boolean
  /** Told of what goes wrong with the server: it is tried again. */
  readonly onTrouble: (why: string) => void
  /** How many states those in work have found so far, in words, and on how many machines or threads. */
  readonly onProgress: (told: string) => void
}

/**
 * How a worker carries out an order.
 *
 * @param until aborted where it is not wanted any more
 * @returns 'given back' where another worker is to do it
 * @throws Error that says why it cannot: then it is tried elsewhere, or again
 */
export type CarryOut = (
  order: Order,
  progress: (told: string) => void,
  until: AbortSignal,
) => Promise<Done | 'given back'>

export interface Serving {
  /** Searches at a time. */
  readonly workers: number
  /** A worker of which nothing has been heard for so many seconds has died: what it had goes to another. */
  readonly lease: number
  /** Told of what goes wrong with the server: it is tried again. */
  readonly onTrouble: (why: string) => void
}

/**
 * Hands out searches to workers on any machines, by a server that keeps them: what was handed in is carried out though workers and the server are ended and begun
 * anew, and each answer is told once. All that take part have the same program: those of another one have another farm.
 */
export interface Farm {
  /** Hands in orders and waits for all; those of an earlier try that the server still has are not carried out again. */
  carriedOut(orders: readonly Order[], news: News, until: AbortSignal): Promise<void>
  /** Takes back what is not done: who has begun it ends it. */
  withdraw(orders: readonly Order[]): Promise<void>
  /** How many workers there are now; null where the server does not say. */
  workers(): Promise<number | null>
  /** Carries out what there is, for ever. */
  serve(carryOut: CarryOut, serving: Serving, until: AbortSignal): Promise<void>
  close(): Promise<void>
}
