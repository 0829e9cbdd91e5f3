import type { Result } from '../../analysis/job.ts'
import type { Reporter } from './index.ts'
import { escapeXml, outcomeOf } from './words.ts'

/** A test suite a variant; a check fails when it is not as expected. */
export const junit: Reporter = ({ results, seconds }) => {
  const suites = new Map<string, Result[]>()
  for (const result of results) {
    const name = `${result.protocol}/${result.variant}`
    suites.set(name, [...(suites.get(name) ?? []), result])
  }
  const failures = results.filter((result) => !result.asExpected).length
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="doublejump" tests="${results.length}" failures="${failures}" time="${seconds.toFixed(3)}">`,
    ...[...suites].flatMap(([name, list]) => [
      `  <testsuite name="${escapeXml(name)}" tests="${list.length}" failures="${list.filter((r) => !r.asExpected).length}">`,
      ...list.map(testcase),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n')
}

function testcase(result: Result): string {
  const attributes = `classname="${escapeXml(`${result.protocol}/${result.variant}`)}" name="${escapeXml(
    `${result.scenario} · ${result.property}`,
  )}" time="${result.seconds.toFixed(3)}"`
  if (result.asExpected) return `    <testcase ${attributes}/>`
  const type = result.verdict === 'failed' ? 'error' : 'failure'
  return `    <testcase ${attributes}><${type} type="${result.verdict}" message="${escapeXml(outcomeOf(result))}"/></testcase>`
}
