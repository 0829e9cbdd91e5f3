import { taskOf } from '../analysis/threads/task.ts'
import type { Control } from '../checker/limits.ts'
import { decide } from './decide.ts'
import { claims } from './index.ts'
import { type ClaimReport, reportOf } from './report.ts'
import { Searches } from './searches.ts'

/** Decides claims by their ids, now. */
export const claimsTask = taskOf(
  import.meta.url,
  'claimsTask',
  (ids: readonly string[], control: Control): ClaimReport[] => {
    const searches = new Searches(undefined, control)
    return claims
      .filter(({ id }) => ids.includes(id))
      .map((claim) => {
        // A calculation asks for no time by itself.
        control.now()
        return reportOf(decide(claim, searches))
      })
  },
)
