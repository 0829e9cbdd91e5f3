import { groupBy } from '../../analysis/group-by.ts'
import type { Result } from '../../analysis/job.ts'
import { escapeXml } from '../../counterexamples/xml.ts'
import type { Reporter } from './report.ts'
import { leaningOf, outcomeOf, scenarioOf } from './words.ts'

/**
 * The form that Jenkins, GitLab and others read: a suite a variant, a case a check. What is not as expected is a
 * failure; what could not be judged, because a protocol threw or a bound was hit, is an error. Seconds are those of a search: its checks share
 * them, so that they add up.
 */
export const junit: Reporter = ({ results, seconds }) => {
  const suites = groupBy(results, suiteOf)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="doublejump" ${counts(results, seconds)}>`,
    ...[...suites].flatMap(([name, list]) => [
      `  <testsuite name="${escapeXml(name)}" ${counts(list, sum(list.map((result) => shareOf(result, list))))} skipped="0">`,
      ...list.map((result) => testcase(result, shareOf(result, list))),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n')
}

const suiteOf = ({ protocol, variant }: Result): string => `${protocol}/${variant}`

const sum = (numbers: readonly number[]): number => numbers.reduce((one, other) => one + other, 0)

/** Its part of the seconds of the search that it shares with other checks. */
const shareOf = ({ scenario, seconds }: Result, suite: readonly Result[]): number =>
  seconds / suite.filter((other) => other.scenario === scenario).length

type Kind = 'passed' | 'failure' | 'error'

function kindOf({ asExpected, verdict }: Result): Kind {
  if (asExpected) return 'passed'
  return verdict === 'failed' || verdict === 'incomplete' ? 'error' : 'failure'
}

function counts(results: readonly Result[], seconds: number): string {
  const of = (kind: Kind): number => results.filter((result) => kindOf(result) === kind).length
  return `tests="${results.length}" failures="${of('failure')}" errors="${of('error')}" time="${seconds.toFixed(3)}"`
}

function testcase(result: Result, seconds: number): string {
  const name = escapeXml(`${scenarioOf(result)} · ${result.property}`)
  const open = `    <testcase classname="${escapeXml(suiteOf(result))}" name="${name}" time="${seconds.toFixed(3)}"`
  const kind = kindOf(result)
  const leaning = leaningOf(result)
  if (kind === 'passed')
    return leaning === null ? `${open}/>` : `${open}><system-out>${escapeXml(leaning)}</system-out></testcase>`
  const why = escapeXml(outcomeOf(result))
  return `${open}><${kind} type="${result.verdict}" message="${why}">${why}</${kind}></testcase>`
}
