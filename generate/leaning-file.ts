import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { type Leaning, MOST_STATES_OF_LEANING } from '../analysis/assumptions/leaning.ts'

/** What `npm run leans-on` found: it takes longer than the rest of the tables, which are made of it. */
interface LeaningFile {
  readonly version: 1
  /** Of each search. */
  readonly states: number
  readonly rows: readonly Leaning[]
}

const file = new URL('../../docs/leans-on.json', import.meta.url)

/** None before it was made for the first time. */
export const savedLeanings = (): readonly Leaning[] =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as LeaningFile).rows : []

export function saveLeanings(rows: readonly Leaning[]): void {
  const content: LeaningFile = { version: 1, states: MOST_STATES_OF_LEANING, rows }
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`)
}
