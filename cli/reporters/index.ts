import type { Result } from '../../analysis/job.ts'
import { github } from './github.ts'
import { json } from './json.ts'
import { junit } from './junit.ts'
import { markdown } from './markdown.ts'
import { pretty } from './pretty.ts'
import { sarif } from './sarif.ts'

/** Everything that a report is made of. */
export interface Report {
  readonly results: readonly Result[]
  readonly exitCode: number
  readonly seconds: number
  readonly colour: boolean
  /** Everything was asked: the table of what survives is made of it. */
  readonly overview: boolean
}

export type Reporter = (report: Report) => string

export const reporters: Readonly<Record<string, Reporter>> = { pretty, json, junit, sarif, github, markdown }
