/** What a search may spend. */
export interface Limits {
  readonly states?: number
  /** Bytes. */
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
  /** Told about once a second. */
  progress?(progress: Progress): void
}

export const wallClock: Control = { now: () => performance.now() / 1000 }
