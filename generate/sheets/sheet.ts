import type { BoundsAsked } from '../../analysis/timing/bounds.ts'
import type { DurationAsked } from '../../analysis/timing/durations.ts'

/** A question about time, with what was searched for its answer. */
export interface Sheet {
  /** Of the page, in `docs/bounds/`. */
  readonly file: string
  readonly title: string
  readonly question: string
  /** What paper or RFC says of it, with its section. */
  readonly says: string
  /** What follows of what was found; numbers are in what was found. */
  readonly answer: string
  readonly asked: readonly Query[]
  /** What is not answered. */
  readonly open?: string
}

/** What was searched: for which parameters a property holds, or how long something takes. `expect`: what came out, in words. */
export type Query = { readonly target: string; readonly note?: string; readonly expect: readonly string[] } & (
  | ({ readonly kind: 'bounds' } & BoundsAsked)
  | ({ readonly kind: 'duration' } & DurationAsked)
)
