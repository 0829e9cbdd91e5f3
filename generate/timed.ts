import { readFileSync, writeFileSync } from 'node:fs'
import { describe } from '../analysis/describe.ts'
import { jobsFor } from '../analysis/jobs.ts'
import { shipped } from '../analysis/target.ts'
import { checkTask } from '../analysis/tasks/check.ts'
import { Pool } from '../analysis/threads/pool.ts'
import { DOUBLE_JUMP } from '../spec/law.ts'
import { protocols } from '../spec/protocols.ts'
import { backOffTable } from './back-offs.ts'
import { GIVEN, MOST_STATES, savedTimed, saveTimed, type TimedRow } from './timed-file.ts'
import { reasons } from './timed-reasons.ts'
import { timedText } from './timed-text.ts'

/**
 * Writes `docs/timed.json` and, of it, `docs/timed.md`: which verdicts on the double jump stand with a clock. `npm run timed` searches all of them, which takes
 * minutes, `npm run timed -- hip mip/co-located` some, and keeps the rest; `npm run timed -- none` writes the pages only. With it goes
 * the table of `docs/time.md`: which timers back off.
 */
const asked = process.argv.slice(2)
const selection = { scenarios: [DOUBLE_JUMP], limits: { states: MOST_STATES, memory: 4 * 2 ** 30 }, time: GIVEN }
const all = jobsFor(shipped().map(describe), selection)
const targetOf = ({ protocol, variant }: { protocol: string; variant: string }): string => `${protocol}/${variant}`
const wanted = all.filter(
  (job) => asked.length === 0 || asked.some((one) => targetOf(job) === one || targetOf(job).startsWith(`${one}/`)),
)
const pool = new Pool({ workers: 2 })
const outcomes = await pool.run(checkTask, wanted, {
  onDone: (job, done, of) => process.stderr.write(`${done}/${of} ${targetOf(job)}\n`),
})
const found = outcomes.map((outcome): TimedRow => {
  if (outcome.kind === 'failed') throw outcome.error
  const results = outcome.found
  return {
    target: targetOf(results[0]!),
    states: Math.max(...results.map(({ states }) => states)),
    verdicts: Object.fromEntries(results.map((one) => [one.property, [one.expected, one.verdict]])),
  }
})
const known = new Map([...savedTimed(), ...found].map((row) => [row.target, row]))
const rows = all.flatMap((job) => known.get(targetOf(job)) ?? [])
saveTimed(rows)
writeFileSync(new URL('../../docs/timed.md', import.meta.url), timedText(rows, reasons, MOST_STATES))
const page = new URL('../../docs/time.md', import.meta.url)
const BLOCK = /(<!-- back-offs -->\n)[\s\S]*(<!-- \/back-offs -->)/
writeFileSync(
  page,
  readFileSync(page, 'utf8').replace(BLOCK, (_, from, to) => `${from}${backOffTable(protocols)}${to}`),
)
