import type { Running } from './log-clock.ts'
import type { Sent, State, Step } from './tabulated-world.ts'

/** A packet that was sent and not seen yet. */
export interface Pending extends Sent {
  /** The position of the first line before which it must have been seen. */
  readonly overdue: number
}

/** A state of the model, and how far the log has been read. */
export interface Place {
  readonly state: State
  readonly cursor: number
  /** Sent, and not seen yet. */
  readonly pending: readonly Pending[]
  readonly running: readonly Running[]
  readonly before: Place | null
  readonly step: Step | null
  /** The line that was read to get here. */
  readonly line: number | null
}
