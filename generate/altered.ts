import { writeFileSync } from 'node:fs'
import { captures, realLog } from './altered/captures.ts'
import { type Judgement, judgementsOf } from './altered/judged.ts'
import { alteredPage } from './altered/text.ts'

// Writes `docs/altered-logs.md`: captures of real software with one field changed, and what is said of each. `npm run altered`, which takes minutes.
const judgements: Judgement[] = []
for (const [capture, target] of captures) judgements.push(...judgementsOf(capture, target, await realLog(capture)))
writeFileSync(new URL('../../docs/altered-logs.md', import.meta.url), alteredPage(judgements))
