import { readFileSync, writeFileSync } from 'node:fs'
import { leaningText } from '../analysis/assumptions/leaning.ts'
import { describe } from '../analysis/describe.ts'
import type { Result } from '../analysis/job.ts'
import { jobsFor } from '../analysis/jobs.ts'
import { ATTACKER, type Cell, columns, type Survival, survivalTable } from '../analysis/survival.ts'
import { survivalSummary } from '../analysis/survival-summary.ts'
import { summaryMarkdown, survivalMarkdown } from '../analysis/survival-text.ts'
import { shipped } from '../analysis/target.ts'
import { checkTask } from '../analysis/tasks/check.ts'
import { Pool } from '../analysis/threads/pool.ts'
import { ladder } from '../counterexamples/index.ts'
import { DOUBLE_JUMP } from '../spec/law.ts'
import { BINDING, HIJACK, REACH, SESSION } from '../spec/property-ids.ts'
import { savedLeanings } from './leaning-file.ts'

/**
 * Writes the small table in `README.md`, a row a protocol, and `docs/survival.md`: all variants, and under the table, for each variant that does not, the ladder of a shortest run
 * (for one that does, of the first scenario in which it fails). `npm run survival`.
 */
const targets = shipped()
const scenarios = new Set([
  ...columns.map(({ scenario }) => scenario),
  ...targets.flatMap(({ variants }) =>
    variants.flatMap((v) => v.scenarios.map((s) => s.name).filter((name) => name.includes(ATTACKER))),
  ),
])
const properties = new Set([BINDING, REACH, SESSION, HIJACK])
const jobs = jobsFor(targets.map(describe), { properties: [...properties], limits: { memory: 4 * 2 ** 30 } }).filter(
  ({ scenario }) => scenarios.has(scenario),
)
const outcomes = await new Pool({ workers: 2 }).run(checkTask, jobs)
const results = outcomes.flatMap((outcome) => {
  if (outcome.kind === 'failed') throw outcome.error
  return outcome.found
})
const rows = survivalTable(results)

const anchorOf = (row: Survival, cell: Cell): string =>
  `${row.protocol}-${row.variant}-${cell.because!.scenario}`.replaceAll(/[^a-z0-9-]/gi, '-')

/** The cells of a row that are shown: the double jump and the attacker, or else the first that is not well. */
function shown(row: Survival): Cell[] {
  const bad = row.cells.filter((cell) => cell.because !== null)
  const chief = bad.filter(({ because }) => because!.scenario === DOUBLE_JUMP || because!.scenario.includes(ATTACKER))
  return chief.length > 0 ? chief : bad.slice(0, 1)
}

const link = (row: Survival, cell: Cell): string | null =>
  shown(row).includes(cell) ? `#${anchorOf(row, cell)}` : null

function runOf(row: Survival, cell: Cell): Result | undefined {
  const here = results.filter(
    (r) => r.protocol === row.protocol && r.variant === row.variant && r.scenario === cell.because!.scenario,
  )
  // A session that is closed says more than data that are lost.
  const wanted = cell.because!.property === REACH ? [SESSION, REACH] : [cell.because!.property]
  return wanted.flatMap((id) => here.filter((r) => r.property === id && r.verdict === 'violated'))[0]
}

const ladders = rows.flatMap((row) =>
  shown(row).flatMap((cell) => {
    const story = runOf(row, cell)?.story
    if (story === undefined || story === null) return []
    return [
      `<a id="${anchorOf(row, cell)}"></a>`,
      '',
      `### ${row.protocol}/${row.variant}: ${cell.because!.scenario}`,
      '',
      `${row.title}.`,
      '',
      '```',
      ladder(story).trimEnd(),
      '```',
      '',
    ]
  }),
)

const leanings = new Map(savedLeanings().map((row) => [row.target, leaningText(row)]))
const leansOn = ({ protocol, variant }: Survival): string => leanings.get(`${protocol}/${variant}`) ?? '?'

const page = new URL('../../docs/survival.md', import.meta.url)
const readme = new URL('../../README.md', import.meta.url)
const BLOCK = /(<!-- survival -->\n)[\s\S]*(<!-- \/survival -->)/

const inReadme = summaryMarkdown(survivalSummary(rows), (row, cell) => {
  const to = link(row, cell)
  return to === null ? null : `docs/survival.md${to}`
})
writeFileSync(
  readme,
  readFileSync(readme, 'utf8').replace(BLOCK, (_, open, close) => `${open}${inReadme}${close}`),
)

writeFileSync(
  page,
  [
    '# Which mobility protocols survive a double jump',
    '',
    'Made by `npm run survival`. ✓: data flow both ways again, for good, and no end closes the session. *data only*: they do, but some end stays wrong about the other. ✗: they do not. ·: not asked. A link leads to a shortest run.',
    '',
    '*Leans on*: the assumptions of the double jump without each of which, alone, the ✓ under *both move* is a ✗; `?` before what was too big to search. `npx doublejump breaks` shows the runs, and sets of several.',
    '',
    'Under *attacker* (or a stranger who is given an address): ✓ means that nobody else gets the data, from any of the places that were tried.',
    '',
    survivalMarkdown(rows, link, leansOn),
    ...ladders,
  ].join('\n'),
)
