import { taskOf } from '../analysis/threads/task.ts'
import type { Control } from '../checker/limits.ts'
import { decide, decideCase } from './decide.ts'
import { claims } from './index.ts'
import { type ClaimReport, reportOf } from './report.ts'
import { Searches } from './searches.ts'

/** A claim, or one case of it (from 1). */
export interface Asked {
  readonly id: string
  readonly case?: number
}

/** What one thread has searched serves its next claims as well. */
let searches: { readonly control: Control; readonly by: Searches } | null = null

/** Decides a claim, now. */
export const claimTask = taskOf(
  import.meta.url,
  'claimTask',
  ({ id, case: only }: Asked, control: Control): ClaimReport => {
    if (searches?.control !== control) {
      // What is violated is the verdict of a case, and no news.
      const { found: _, ...quiet } = control
      searches = { control, by: new Searches(undefined, quiet) }
    }
    // A calculation asks for no time by itself.
    control.now()
    const claim = claims.find((one) => one.id === id)!
    return reportOf(only === undefined ? decide(claim, searches.by) : decideCase(claim, only, searches.by))
  },
)
