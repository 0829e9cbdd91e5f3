import type { Reporter } from './report.ts'

/** The contract with scripts: fields may be added, never renamed without a new version. */
export const json: Reporter = ({ results, kept, exitCode }) =>
  `${JSON.stringify(
    { version: 1, exitCode, kept, checks: results.map(({ story: _, own: __, ...check }) => check) },
    null,
    2,
  )}\n`
