import { lineOf } from '../../analysis/plan/lines.ts'
import type { Reporter } from './report.ts'

/** A line a search, with all that came of it: what `doublejump merge` puts together. */
export const ndjson: Reporter = ({ searches }) => searches.map(lineOf).join('')
