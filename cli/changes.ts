import type { Result } from '../analysis/job.ts'

type Verdicts = ReadonlyMap<string, Result['verdict']>

const verdictsOf = (results: readonly Result[]): Verdicts =>
  new Map(
    results.map(({ protocol, variant, scenario, property, verdict }) => [
      `${protocol}/${variant} · ${scenario} · ${property}`,
      verdict,
    ]),
  )

/** What is not as it was the last time, a line each: verdicts that have changed, checks that are new, or gone. */
export function changesBetween(before: readonly Result[], after: readonly Result[]): string[] {
  const [was, is] = [verdictsOf(before), verdictsOf(after)]
  return [
    ...[...is].flatMap(([check, verdict]) => {
      const last = was.get(check)
      if (last === undefined) return [`${check}: new, ${verdict}`]
      return last === verdict ? [] : [`${check}: ${last} → ${verdict}`]
    }),
    ...[...was.keys()].flatMap((check) => (is.has(check) ? [] : [`${check}: gone`])),
  ]
}
