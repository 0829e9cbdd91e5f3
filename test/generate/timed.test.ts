// Which verdicts stand with a clock: the table, its reasons, and that a sample of it comes out the same.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { checkVariant } from '../../analysis/job.ts'
import { nameOf, scenarioOf, shipped, variantOf } from '../../analysis/target.ts'
import { timingWith } from '../../analysis/timing/parameters.ts'
import { backOffTable } from '../../generate/back-offs.ts'
import { GIVEN, MOST_STATES, type TimedFile } from '../../generate/timed-file.ts'
import { reasons } from '../../generate/timed-reasons.ts'
import { differences, timedText } from '../../generate/timed-text.ts'
import { DOUBLE_JUMP } from '../../spec/law.ts'
import { protocols } from '../../spec/protocols.ts'

const read = (file: string): string => readFileSync(resolve(import.meta.dirname, '../../docs', file), 'utf8')
const { rows, given, states } = JSON.parse(read('timed.json')) as TimedFile

test('every variant that is asked the double jump has a row, with all of its properties', () => {
  const asked = shipped().flatMap((target) =>
    target.variants
      .filter(({ scenarios }) => scenarios.some(({ name }) => name === DOUBLE_JUMP))
      .map((variant) => nameOf({ protocol: target.protocol, variant })),
  )
  expect(rows.map(({ target }) => target).sort()).toEqual(asked.sort())
})

test('each difference has one reason, and each reason a difference for each of its properties', () => {
  const differing = differences(rows)
  const isOf = (one: (typeof differing)[number]) => (reason: (typeof reasons)[number]) =>
    reason.of.test(one.target) && reason.properties.includes(one.property)
  expect(differing.length).toBeGreaterThan(0)
  for (const one of differing) expect(reasons.filter(isOf(one)), `${one.target}: ${one.property}`).toHaveLength(1)
  for (const reason of reasons) {
    for (const property of reason.properties) {
      const met = differing.some((one) => one.property === property && isOf(one)(reason))
      expect(met, `${reason.of}: ${property}`).toBe(true)
    }
  }
})

test('the table of timers that back off is what the roles say', () => {
  expect(read('time.md'), 'npm run timed -- none').toContain(`<!-- back-offs -->\n${backOffTable(protocols)}`)
})

test('the page is what the searches and the reasons say', () => {
  const page = read('timed.md')
  expect({ given, states }).toEqual({ given: GIVEN, states: MOST_STATES })
  expect(page).toBe(timedText(rows, reasons, MOST_STATES))
  expect(page).not.toContain('| ? |')
})

test('a difference without a reason shows, as does a verdict that is not known', () => {
  const made = timedText(
    [
      { target: 'one/stands', states: 1, verdicts: { p: ['holds', 'holds'] } },
      { target: 'other/falls', states: 2, verdicts: { p: ['holds', 'violated'], q: ['holds', 'incomplete'] } },
    ],
    [],
    10,
  )
  expect(made).toContain('3 verdicts of 2 variants: 1 stand, 1 come out otherwise, 1 are not known')
  expect(made).toContain('| `other/falls` | p | holds | violated | ? |')
  expect(made).toContain('Nothing comes out otherwise for `one`.')
})

test.each(['mip-lr/revised-answers', 'wireguard/roaming', 'hip/rvs-when-sent-again', 'mobike/single-homed'])(
  '%s: searched again, its row is the same',
  (target) => {
    const variant = variantOf(target)
    const scenario = { ...scenarioOf(variant, DOUBLE_JUMP), time: timingWith(GIVEN) }
    const results = checkVariant(variant, scenario, { limits: { states: MOST_STATES } })
    const row = rows.find((one) => one.target === target)!
    expect(Object.fromEntries(results.map((one) => [one.property, [one.expected, one.verdict]]))).toEqual(row.verdicts)
    expect(Math.max(...results.map(({ states }) => states))).toBe(row.states)
  },
)
