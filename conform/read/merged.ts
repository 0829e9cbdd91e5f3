import type { Log, LogLine } from '../observation.ts'

/**
 * Several logs of one run, taken at different places by clocks that agree, as one: in the order of their times, and what one packet showed in two of them shows once, as
 * it was seen first. Times begin with the first line; with several logs the lines are counted anew.
 *
 * @param latency seconds between which the same in two logs is one packet
 */
export function merged(logs: readonly Log[], latency: number): Log {
  const warnings = logs.flatMap((log) => log.warnings)
  if (logs.length === 1) return { lines: sinceFirst(logs[0]!.lines), warnings }
  const all = logs.flatMap(({ lines }, log) => lines.map((line) => ({ line, log })))
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

const sinceFirst = (lines: readonly LogLine[]): LogLine[] => {
  const first = lines[0]?.time ?? 0
  return lines.map((line) => ({ ...line, time: line.time - first }))
}
