import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { benchConform } from './conform.ts'
import { compareAll, type Row } from './others.ts'
import { line, resultsText } from './results.ts'
import { benchTimed } from './timed.ts'

/** `npm run bench`: beside SPIN and Rumur, into `bench/RESULTS.md`; `-- --only <name>`: one of them, only printed; `-- timed`: what has a clock; `-- conform`: logs. */
const [what, only] = process.argv.slice(2)
if (what === 'timed') benchTimed()
else if (what === 'conform') benchConform()
else {
  const rows: Row[] = []
  for (const row of compareAll(what === '--only' ? only : undefined)) {
    rows.push(row)
    process.stdout.write(`${line(row)}\n`)
  }
  if (what === undefined) writeFileSync(resolve(import.meta.dirname, '../../bench/RESULTS.md'), resultsText(rows))
}
