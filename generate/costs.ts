import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { Pool } from '../analysis/threads/pool.ts'
import { everyHandoff } from '../claims/costs/every.ts'
import { costsPage } from '../claims/costs/text.ts'
import { costsRowTask } from './costs-row.ts'

/** Writes `docs/costs.md`: what a handoff costs, of each variant of each protocol. `npm run costs`; three quarters of a minute on two idle cores. */
const targets = everyHandoff()
const outcomes = await new Pool({ workers: Math.min(4, availableParallelism()) }).run(costsRowTask, targets)
const rows = outcomes.map((outcome) => {
  if (outcome.kind === 'failed') throw outcome.error
  return outcome.found
})
const leftOut = targets.filter((_, i) => rows[i] === null)
writeFileSync(
  new URL('../../docs/costs.md', import.meta.url),
  costsPage(
    rows.filter((row) => row !== null),
    leftOut,
  ),
)
