import type { Result } from '../../analysis/job.ts'
import type { Done } from '../../analysis/plan/plan.ts'

/** Everything that a report is made of. */
export interface Report {
  readonly searches: readonly Done[]
  /** Of all searches. */
  readonly results: readonly Result[]
  /** How many of the searches an earlier run had made, with the same program and sources. */
  readonly kept: number
  readonly exitCode: number
  readonly seconds: number
  readonly colour: boolean
  /** Everything was asked: the table of what survives is made of it. */
  readonly overview: boolean
  /** With a clock: the options that say so, to be given again; without one, not there. */
  readonly clock?: string
}

export type Reporter = (report: Report) => string
