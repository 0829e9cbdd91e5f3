import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readNdjson } from '../conform/read/ndjson.ts'
import { captures } from './altered/captures.ts'
import { type Judgement, judgementsOf } from './altered/judged.ts'
import { alteredPage } from './altered/text.ts'

// Writes `docs/altered-logs.md`: captures of real software with one field changed, and what is said of each. `npm run altered`, which takes minutes.
const logOf = (capture: string) =>
  readNdjson(fileURLToPath(new URL(`../../test/conform/captures/${capture}.ndjson`, import.meta.url)))
const judgements: Judgement[] = []
for (const [capture, target] of captures) {
  const { lines } = await logOf(capture)
  judgements.push(...judgementsOf(capture, target, lines))
}
writeFileSync(new URL('../../docs/altered-logs.md', import.meta.url), alteredPage(judgements))
