import { writeFileSync } from 'node:fs'
import { captures } from './altered/captures.ts'
import { judgementsOf } from './altered/judged.ts'
import { alteredPage } from './altered/text.ts'

/** Writes `docs/altered-logs.md`: captures of real software with one field changed, and what is said of each. `npm run altered`, about a minute. */
const judgements = captures.flatMap(([capture, target]) => judgementsOf(capture, target))
writeFileSync(new URL('../../docs/altered-logs.md', import.meta.url), alteredPage(judgements))
