import { readFileSync, writeFileSync } from 'node:fs'
import { comparedTable } from '../conform/compared.ts'
import { mappings } from '../conform/judge.ts'
import { realLog } from './altered/captures.ts'
import { column, columns, whichTable } from './reality/which.ts'

// Writes the tables of `docs/reality.md`: which variant of `sip` each capture is a run of, and what of a log is compared. `npm run reality`, a minute or less.
const page = new URL('../../docs/reality.md', import.meta.url)
const found = []
for (const [, capture] of columns) found.push(column(await realLog(capture)))

const tables = { which: whichTable(found), compared: comparedTable(mappings) }
const written = Object.entries(tables).reduce(
  (text, [name, table]) =>
    text.replace(
      new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*(<!-- /${name} -->)`),
      (_, from, to) => `${from}${table}${to}`,
    ),
  readFileSync(page, 'utf8'),
)
writeFileSync(page, written)
