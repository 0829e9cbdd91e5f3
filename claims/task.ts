import { taskOf } from '../analysis/threads/task.ts'
import { claims } from './index.ts'
import { type ClaimReport, reportOf } from './report.ts'
import { Runner } from './run.ts'

/** Decides claims by their ids, now. */
export const claimsTask = taskOf(import.meta.url, 'claimsTask', (ids: readonly string[]): ClaimReport[] => {
  const runner = new Runner()
  return claims.filter(({ id }) => ids.includes(id)).map((claim) => reportOf(runner.decide(claim)))
})
