import { taskOf } from '../analysis/threads/task.ts'
import type { Control } from '../checker/limits.ts'
import { claims } from './index.ts'
import { type ClaimReport, reportOf } from './report.ts'
import { Runner } from './run.ts'

/** Decides claims by their ids, now. */
export const claimsTask = taskOf(
  import.meta.url,
  'claimsTask',
  (ids: readonly string[], control: Control): ClaimReport[] => {
    const runner = new Runner(undefined, control)
    return claims
      .filter(({ id }) => ids.includes(id))
      .map((claim) => {
        // A calculation asks for no time by itself.
        control.now()
        return reportOf(runner.decide(claim))
      })
  },
)
