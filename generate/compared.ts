import { readFileSync, writeFileSync } from 'node:fs'
import { comparedTable } from '../conform/compared.ts'
import { mappings } from '../conform/judge.ts'

/** Writes the table of fields in `docs/reality.md`: what of a log is held against the model. `npm run compared`. */
const page = new URL('../../docs/reality.md', import.meta.url)
const BLOCK = /(<!-- compared -->\n)[\s\S]*(<!-- \/compared -->)/
writeFileSync(
  page,
  readFileSync(page, 'utf8').replace(BLOCK, (_, from, to) => `${from}${comparedTable(mappings)}${to}`),
)
