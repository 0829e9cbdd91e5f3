import { taskOf } from '../analysis/threads/task.ts'
import type { Control, Limits } from '../checker/limits.ts'
import { ABLATIONS, type Ablation } from './ablations.ts'
import { decide, decideCase } from './decide.ts'
import { claims } from './list.ts'
import { type ClaimReport, reportOf } from './report.ts'
import { Searches } from './searches.ts'

/** A claim, or one case of it (from 1), within the bounds of each search; with the protocols as they are, or broken. */
export interface Asked {
  readonly id: string
  readonly case?: number
  readonly limits: Limits
  readonly ablation?: Ablation
}

/** What one thread has searched serves its next claims as well, if they are asked alike. */
let searches: { readonly control: Control; readonly how: string; readonly by: Searches } | null = null

/** Decides a claim, now. */
export const claimTask = taskOf(
  import.meta.url,
  'claimTask',
  ({ id, case: only, limits, ablation }: Asked, control: Control): ClaimReport => {
    const how = JSON.stringify([limits, ablation])
    if (searches?.control !== control || searches.how !== how) {
      // What is violated is the verdict of a case, and no news.
      const { found: _, ...quiet } = control
      searches = { control, how, by: new Searches(ablation && ABLATIONS[ablation], quiet, limits) }
    }
    // A calculation asks for no time by itself.
    control.now()
    const claim = claims.find((one) => one.id === id)!
    return reportOf(only === undefined ? decide(claim, searches.by) : decideCase(claim, only, searches.by), ablation)
  },
  {
    // Claims compare protocols.
    about: () => [],
    isFinal: ({ cases }) => cases.every(({ because }) => because === null || because === 'vacuous'),
  },
)
