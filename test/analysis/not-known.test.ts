// What was not searched to its end is not told as if it had been.
import { expect, test } from 'vitest'
import { breaksOf } from '../../analysis/breaks.ts'
import { whereItBites } from '../../analysis/compare.ts'
import { describe as described } from '../../analysis/describe.ts'
import { checkVariant } from '../../analysis/job.ts'
import { jobsFor } from '../../analysis/jobs.ts'
import { replayStory } from '../../analysis/replay.ts'
import { type Asked, survivalTable } from '../../analysis/survival.ts'
import { shippedTarget, variantOf } from '../../analysis/target.ts'
import { HIJACK } from '../../spec/property-ids.ts'

const BINDING = 'binding-eventually-correct'
const hurried = { now: () => 0, interrupted: () => true }

test('the table of what survives: an attacker whose search was cut off', () => {
  const asked = (scenario: string, property: string, verdict: Asked['verdict']): Asked => ({
    protocol: 'mipv6',
    variant: 'tunnel',
    scenario,
    property,
    verdict,
  })
  const attacker = (verdict: Asked['verdict']) =>
    survivalTable([asked('both-move', BINDING, 'holds'), asked('attacker-off-path', HIJACK, verdict)])[0]!.cells.at(-1)!
  expect(attacker('incomplete').says).toBe('not known')
  expect(attacker('failed').says).toBe('not known')
  expect(attacker('holds').says).toBe('yes')
  expect(attacker('violated').says).toBe('no')
})

test('breaks: what the scenario itself is', () => {
  const cut = breaksOf(variantOf('sip/direct'), BINDING, { states: 10 })
  expect(cut).toMatchObject({ inScenario: { kind: 'not known', because: 'more than 10 states' }, leansOn: null })
  expect(breaksOf(variantOf('wireguard/roaming'), BINDING, { mostAtOnce: 1 })).toMatchObject({
    inScenario: { kind: 'violated' },
    leansOn: { direction: 'stronger' },
  })
})

test('compare: no run was found, but not everything was searched', () => {
  const bites = whereItBites(
    variantOf('sip-paper/direct'),
    variantOf('sip-paper/interceptor'),
    BINDING,
    undefined,
    hurried,
  )
  expect(bites).toEqual({ notKnown: expect.stringMatching(/^sip-paper\/direct, .*: out of interrupted/) })
})

test('nothing but large scenarios is not "all as expected"', () => {
  const target = described(shippedTarget('hip/direct'))
  const large = {
    ...target,
    variants: target.variants.map((one) => ({ ...one, scenarios: one.scenarios.map((s) => ({ ...s, large: true })) })),
  }
  expect(() => jobsFor([large], { limits: {} })).toThrow(/only large scenarios ask that .*--large/)
  expect(jobsFor([large], { limits: {}, large: true }).length).toBeGreaterThan(0)
})

test('a story of many thousand steps is replayed', () => {
  const target = variantOf('sip-paper/direct')
  const { story } = checkVariant(target, 'both-move', { properties: [BINDING] })[0]!
  const { loopStart, steps, scenario, property } = story!
  const loop = steps.slice(loopStart!)
  const rounds = Math.ceil(20_000 / loop.length)
  const long = [...steps.slice(0, loopStart!), ...Array.from({ length: rounds }, () => loop).flat()]
  expect(replayStory(target, { scenario, property, loopStart, steps: long }).kind).toBe('still happens')
})
