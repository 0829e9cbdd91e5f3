import { inOrder, type Log, LogError, type LogLine } from '../observation.ts'

/**
 * Several logs of one run, taken at different places by clocks that agree, as one: in the order of their times, and what one packet showed in two of them shows once, as
 * it was seen first. Times begin with the first line; with several logs the lines are counted anew.
 *
 * @param latency seconds between which the same in two logs is one packet
 * @throws LogError where one is in no order, or two are of times that have nothing in common
 */
export function merged(logs: readonly Log[], latency: number): Log {
  const warnings = logs.flatMap((log) => log.warnings)
  if (logs.length === 1) return { lines: sinceFirst(logs[0]!.lines), warnings }
  mustMeet(logs)
  const all = logs.flatMap(({ lines }, log) => inOrder(lines).map((line) => ({ line, log })))
  all.sort((one, other) => one.line.time - other.line.time)
  const kept: LogLine[] = []
  /** What was seen, by its fields, and in which logs the same packet was. */
  const shown = new Map<string, { readonly time: number; readonly logs: Set<number> }[]>()
  for (const { line, log } of all) {
    const key = JSON.stringify(line.fields)
    const same = shown.get(key) ?? []
    const twin = same.find(({ time, logs: known }) => line.time - time < latency && !known.has(log))
    if (twin !== undefined) {
      twin.logs.add(log)
      continue
    }
    shown.set(key, [...same, { time: line.time, logs: new Set([log]) }])
    kept.push({ ...line, line: kept.length + 1 })
  }
  return {
    lines: sinceFirst(kept),
    warnings: [...warnings, `${logs.length} logs are read as one: lines are counted in the order of their times.`],
  }
}

/** Days between two logs are no run: an instant of one clock, and seconds since some beginning. */
const FAR_APART = 86_400

function mustMeet(logs: readonly Log[]): void {
  const spans = logs.map(({ lines }) => [lines[0]!.time, lines.at(-1)!.time] as const)
  const [earliestEnd, latestBeginning] = [
    Math.min(...spans.map(([, end]) => end)),
    Math.max(...spans.map(([begin]) => begin)),
  ]
  if (latestBeginning - earliestEnd <= FAR_APART) return
  throw new LogError(
    'The times of these logs have nothing in common: one begins more than a day after another has ended. The likeliest cause is a log with times since its own beginning beside one with times of day. Give logs with times of clocks that agree.',
  )
}

const sinceFirst = (lines: readonly LogLine[]): LogLine[] => {
  const first = lines[0]?.time ?? 0
  return lines.map((line) => ({ ...line, time: line.time - first }))
}
