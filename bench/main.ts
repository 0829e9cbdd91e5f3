import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { benchConform } from './conform.ts'
import { INSTANCES } from './instances.ts'
import { compareAll, type Row } from './others.ts'
import { line, resultsText } from './results.ts'
import { benchTimed } from './timed.ts'

const EXIT_BAD_INPUT = 10
const WITHOUT_RUMUR = '--without-rumur'

/** `npm run bench`: beside SPIN and Rumur, into `bench/RESULTS.md`; `-- --only <name>`: one of them, only printed, perhaps `--without-rumur`, which takes longest of large ones; `-- timed`: what has a clock; `-- conform`: logs. */
const [what, only, ...without] = process.argv.slice(2)
const names = INSTANCES.map(({ name }) => name)
if (what === 'timed') benchTimed()
else if (what === 'conform') benchConform()
else if (what !== undefined && what !== '--only')
  refuse(`There is no bench '${what}'. There are: timed, conform, --only <name>; without any, all.`)
else if (what === '--only' && !names.some((name) => only !== undefined && name.startsWith(only)))
  refuse(`No line begins with '${only ?? ''}'. There are: ${names.join(', ')}.`)
else if (without.length > 0 && without.join(' ') !== WITHOUT_RUMUR)
  refuse(`After a name comes ${WITHOUT_RUMUR}, or nothing; here: ${without.join(' ')}.`)
else {
  const rows: Row[] = []
  for (const row of compareAll(what === '--only' ? only : undefined, without.length === 0)) {
    rows.push(row)
    process.stdout.write(`${line(row)}\n`)
  }
  if (what === undefined) writeFileSync(resolve(import.meta.dirname, '../../bench/RESULTS.md'), resultsText(rows))
}

function refuse(why: string): void {
  process.stderr.write(`${why}\n`)
  process.exitCode = EXIT_BAD_INPUT
}
