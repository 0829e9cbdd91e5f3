import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { Pool } from '../analysis/threads/pool.ts'
import { figures } from '../claims/figures/index.ts'
import { made } from '../claims/figures/made.ts'
import { claims } from '../claims/list.ts'
import { numbersPage } from '../claims/pages/numbers.ts'
import { pageOf } from '../claims/pages/page.ts'
import { papers } from '../claims/pages/papers.ts'
import { printedNumbers } from '../claims/printed.ts'
import { innerPoints } from '../claims/printed-others.ts'
import { Searches } from '../claims/searches.ts'
import { claimTask } from '../claims/task.ts'

/**
 * Writes `docs/papers/`: a page for each paper, every printed number, and the redrawn figures with their numbers. `npm run papers`; about a minute.
 */
const folder = new URL('../../docs/papers/', import.meta.url)
const pictures = new URL('figures/', folder)
rmSync(pictures, { recursive: true, force: true })
mkdirSync(pictures, { recursive: true })

const searches = new Searches()
for (const figure of figures) {
  const result = await made(figure, searches)
  if (result === null) continue
  writeFileSync(new URL(`${figure.id}.svg`, pictures), result.svg)
  writeFileSync(new URL(`${figure.id}.csv`, pictures), result.csv)
}

const numbers = printedNumbers(searches)
writeFileSync(new URL('numbers.md', folder), numbersPage(numbers, innerPoints(searches)))

const outcomes = await new Pool({ workers: 2 }).run(
  claimTask,
  claims.map(({ id }) => ({ id, limits: {} })),
)
const reports = outcomes.map((outcome) => {
  if (outcome.kind === 'failed') throw outcome.error
  return outcome.found
})
for (const paper of papers)
  writeFileSync(
    new URL(`${paper.number}.md`, folder),
    pageOf({ paper, claims: reports, numbers, figures, pictures: 'figures' }),
  )
