import type { Crew } from './crew.ts'
import type { Value } from './model.ts'

/** What a search may spend. */
export interface Limits {
  readonly states?: number
  /** Bytes: of what is counted, and of what the process takes where that is known. */
  readonly memory?: number
  readonly seconds?: number
}

/** Why a search stopped before it had seen everything. */
export type Incomplete = 'states' | 'memory' | 'seconds' | 'interrupted'

/** Where a search stands, for a progress line. */
export interface Progress {
  readonly states: number
  readonly transitions: number
  readonly depth: number
  /** States found and not yet expanded. */
  readonly frontier: number
  /** Bytes. */
  readonly memory: number
  readonly seconds: number
}

/** The world outside the search. A search asks for the time, never for a console. */
export interface Control {
  /** Seconds since some fixed moment. */
  now(): number
  /** Asked often; true ends the search with what was found so far. */
  interrupted?(): boolean
  /**
   * Whether the process takes more than so many bytes, as the system says: asked some times a second, and before much is taken. Where nobody says, only what is counted is bounded.
   *
   * @param bound bytes; infinitely many where there is none, or it was passed already
   * @param counted bytes that the search counts itself
   * @param more bytes that it is about to take
   */
  takesMoreThan?(bound: number, counted: number, more: number): boolean
  /** Others that search with whoever searches, where there are any: asked by a search that has become large, and again after a while where it gets none. */
  crew?(): Crew | null
  /** Told about once a second. */
  progress?(progress: Progress): void
  /** Told of each violation once, as soon as it is known: of a liveness property, in what has been searched so far. */
  found?(found: Found): void
  /** Told what runs before it runs, so that something that never comes back can be named. Slow. */
  readonly watch?: Watch
}

/** A violation that is known while the search goes on. */
export interface Found {
  readonly property: string
  readonly reason: string
  /** States that had been found by then. */
  readonly states: number
}

/** A readable function runs (a rule, a predicate, `absorb`), and looks at cells. */
export interface Watch {
  entering(where: string): void
  looked(cell: string, value: Value): void
}

export const wallClock: Control = { now: () => performance.now() / 1000 }
