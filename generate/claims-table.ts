import { readFileSync, writeFileSync } from 'node:fs'
import { claims } from '../claims/index.ts'
import { otherwiseTable } from '../claims/otherwise.ts'

/** Writes the table in `claims/README.md`: where a reader might expect another verdict. `npm run claims-table`. */
const readme = new URL('../../claims/README.md', import.meta.url)
const BLOCK = /(<!-- otherwise -->\n)[\s\S]*(<!-- \/otherwise -->)/
writeFileSync(
  readme,
  readFileSync(readme, 'utf8').replace(BLOCK, (_, from, to) => `${from}${otherwiseTable(claims)}${to}`),
)
