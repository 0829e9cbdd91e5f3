import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Given } from '../analysis/timing/parameters.ts'

/** The double jump of a variant, with a clock: a row of `docs/timed.json`. */
export interface TimedRow {
  readonly target: string
  readonly states: number
  /** By property: its verdict without a clock, and with one. */
  readonly verdicts: Readonly<Record<string, readonly [without: string, withClock: string]>>
}

/** What `npm run timed` found, with what was given of time, and the most states of a search. */
export interface TimedFile {
  readonly version: 1
  readonly given: Given
  readonly states: number
  readonly rows: readonly TimedRow[]
}

/** Equal latencies: with those of an interval, many variants are too large. Handoffs and timers are as usual. */
export const GIVEN: Given = { d: [25, 25], blackout: [20, 1700] }
export const MOST_STATES = 400_000

const file = new URL('../../docs/timed.json', import.meta.url)

export const savedTimed = (): readonly TimedRow[] =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as TimedFile).rows : []

export function saveTimed(rows: readonly TimedRow[]): void {
  const content: TimedFile = { version: 1, given: GIVEN, states: MOST_STATES, rows }
  // A line a variant.
  const { rows: _, ...head } = content
  const lines = rows.map((row) => `    ${JSON.stringify(row)}`).join(',\n')
  writeFileSync(file, `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "rows": [\n${lines}\n  ]\n}\n`)
}
