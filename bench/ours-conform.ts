import { variantOf } from '../analysis/target.ts'
import { judge } from '../conform/judge.ts'
import type { LogLine } from '../conform/observation.ts'
import { captured, dataLog, loopOf491, misdirected } from './logs.ts'

/** What `ours-conform.ts` prints: what came of a log, and what that took. */
export interface ConformMeasured {
  readonly lines: number
  readonly verdict: string
  readonly seconds: number
  /** Mebibytes of the whole process at its greatest. */
  readonly peak: number
}

// A process of its own: judges a log against variants, and prints what that took as JSON.
const [log = 'data', size = '1000', wrongAt = '', ...variants] = process.argv.slice(2)

function made(): LogLine[] {
  if (log === 'data') return dataLog(Number(size))
  return log === 'loop' ? loopOf491(Number(size)) : captured(log)
}

const lines = wrongAt === '' ? made() : misdirected(made(), Number(wrongAt))
const started = performance.now()
const verdicts = variants.map((name) => {
  const { protocol, variant } = variantOf(name)
  return judge(protocol, variant, lines, { most: 150_000, tolerance: 0.1 }).verdict.kind
})
const seconds = (performance.now() - started) / 1000
const counts = [...new Set(verdicts)].map((kind) => `${verdicts.filter((one) => one === kind).length} ${kind}`)
const measured: ConformMeasured = {
  lines: lines.length,
  verdict: counts.join(', '),
  seconds,
  peak: process.resourceUsage().maxRSS / 1024,
}
process.stdout.write(JSON.stringify(measured))
