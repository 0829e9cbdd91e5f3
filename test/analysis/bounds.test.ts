import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkVariant } from '../../analysis/job.ts'
import { scenarioOf, variantOf } from '../../analysis/target.ts'
import { aboutBounds, boundsOf } from '../../analysis/timing/bounds.ts'
import { searchBox } from '../../analysis/timing/box-search.ts'
import { boundsByOthers, type DecidedBox, type SearchBoxes } from '../../analysis/timing/by-others.ts'
import { Grid } from '../../analysis/timing/grid.ts'
import { joined, pointsOf } from '../../analysis/timing/joined.ts'
import { type Box, inequality, type Linear, valueAt } from '../../analysis/timing/linear.ts'
import { timingWith } from '../../analysis/timing/parameters.ts'
import { feasible, type LinearBound } from '../../analysis/timing/project.ts'

const COUNT = 5
const BOX: Box = [
  [0, 6],
  [0, 6],
]

const bound: fc.Arbitrary<LinearBound> = fc
  .tuple(
    fc.integer({ min: 0, max: COUNT - 1 }),
    fc.integer({ min: 1, max: COUNT - 1 }),
    fc.integer({ min: -6, max: 6 }),
    fc.array(fc.integer({ min: -1, max: 1 }), { minLength: 2, maxLength: 2 }),
  )
  .map(([from, on, constant, coefficients]) => ({ from, to: (from + on) % COUNT, least: { constant, coefficients } }))

/** Whether instants meet all bounds: longest paths do not grow for ever. */
function possible(bounds: readonly LinearBound[], point: readonly number[]): boolean {
  const instants = new Array<number>(COUNT).fill(0)
  for (let round = 0; round <= COUNT; round++) {
    let changed = false
    for (const { from, to, least } of bounds) {
      const after = instants[from]! + valueAt(least, point)
      if (after <= instants[to]!) continue
      instants[to] = after
      changed = true
    }
    if (!changed) return true
  }
  return false
}

test('projected, the bounds say for which parameters there are instants', () => {
  let both = 0
  fc.assert(
    fc.property(fc.array(bound, { minLength: 3, maxLength: 10 }), (bounds) => {
      const forms = feasible(bounds, COUNT, BOX)!
      const answers = new Set<boolean>()
      for (let x = 0; x <= 6; x++)
        for (let y = 0; y <= 6; y++) {
          const said = forms.every((form) => valueAt(form, [x, y]) <= 0)
          expect(said).toBe(possible(bounds, [x, y]))
          answers.add(said)
        }
      if (answers.size === 2) both++
    }),
    { numRuns: 500 },
  )
  expect(both).toBeGreaterThan(50)
})

const PROPERTY = 'binding-eventually-correct'

test('MIP-LR: a revision window has to be longer than either handoff, whatever the latency; each point agrees with a search of its own', () => {
  const target = variantOf('mip-lr/revised-answers')
  const vary = [
    { name: 'revision window', from: 0, to: 200, step: 40 },
    { name: 'blackout(b)', from: 0, to: 200, step: 40 },
  ]
  const given = { 'blackout(a)': [100, 100], d: [25, 25] } as const
  const found = boundsOf(target, { scenario: 'both-move', property: PROPERTY, vary, given })
  expect(found.complete).toBe(true)
  const grid = new Grid(vary)
  grid.each(grid.all, (i, [window, blackout]) => {
    const time = timingWith({ ...given, 'revision window': [window!, window!], 'blackout(b)': [blackout!, blackout!] })
    const [result] = checkVariant(target, { ...scenarioOf(target, 'both-move'), time }, { properties: [PROPERTY] })
    expect(found.verdicts[i]).toBe(result!.verdict === 'holds')
    expect(found.verdicts[i]).toBe(window! > 100 && window! > blackout!)
  })
  const names = vary.map(({ name }) => name)
  const texts = found.regions.map(({ forms }) => forms.map((form) => inequality(form, names, '≤')).join(' and '))
  expect(texts).toContain('revision window ≤ blackout(b)')
  // Each region has a run that shows it, with its instants.
  for (const { story } of found.regions) expect(story.time!.instants).toHaveLength(story.steps.length)
})

test('hosts that answer news of their peer need no window', () => {
  const vary = [{ name: 'revision window', from: 0, to: 2000, step: 100 }]
  const found = boundsOf(variantOf('mip-lr/revised-answers-resends'), {
    scenario: 'both-move',
    property: PROPERTY,
    vary,
    given: { d: [25, 25] },
  })
  expect(found.verdicts.every((verdict) => verdict === true)).toBe(true)
})

test('a budget that ends says what is not known', () => {
  const vary = [{ name: 'revision window', from: 0, to: 2000, step: 1 }]
  const asked = { scenario: 'both-move', property: PROPERTY, vary, given: { d: [25, 25] as const }, most: 2 }
  const found = boundsOf(variantOf('mip-lr/revised-answers'), asked)
  expect(found.complete).toBe(false)
  expect(found.verdicts).toContain(null)
})

describe('searched by others, several boxes at once', () => {
  const target = variantOf('mip-lr/revised-answers')
  const vary = [{ name: 'revision window', from: 0, to: 300, step: 20 }]
  const asked = {
    scenario: 'both-move',
    property: PROPERTY,
    vary,
    given: { d: [25, 25], blackout: [100, 100] },
  } as const
  const about = aboutBounds(target, asked)
  const control = { now: () => 0 }
  let searched: string[] = []
  const search: SearchBoxes = async (boxes) => {
    searched.push(...boxes.map(({ box }) => String(box)))
    return boxes.map(
      ({ box, limits }) =>
        () =>
          searchBox(target, about, box, limits, control),
    )
  }
  const by = (atOnce: number, more: { decided?: readonly DecidedBox[]; most?: number } = {}) => {
    searched = []
    const { decided, ...bound } = more
    return boundsByOthers(about, { ...asked, ...bound }, { search, atOnce, ...(decided && { decided }) }, control)
  }

  test('it comes out as one alone finds it', async () => {
    const alone = boundsOf(target, asked)
    expect(alone.searches).toBeGreaterThan(3)
    for (const atOnce of [1, 2, 7]) {
      const { bounds, decided } = await by(atOnce)
      expect(bounds).toEqual(alone)
      expect(searched.length >= decided.length).toBe(true)
      expect(new Set(searched).size).toBe(searched.length)
      if (atOnce === 1) expect(searched).toHaveLength(alone.searches)
    }
  })

  test('what was decided is gone on from, as plain data, but for the first search', async () => {
    const first = await by(1, { most: 3 })
    expect(first.bounds.complete).toBe(false)
    const saved = JSON.parse(JSON.stringify(first.decided)) as DecidedBox[]
    const { bounds } = await by(2, { decided: saved })
    expect(JSON.stringify(bounds)).toBe(JSON.stringify(boundsOf(target, asked)))
    const again = saved.map(({ box }) => String(box))
    expect(searched.filter((box) => again.includes(box))).toEqual([again[0]])
  })

  test('of another model it is refused', async () => {
    const { decided } = await by(1, { most: 1 })
    const other = decided.map((one) => ({ ...one, states: one.states + 1 }))
    await expect(by(1, { decided: other })).rejects.toThrow(/not of today's mip-lr\/revised-answers/)
  })
})

test('inequalities in the names of the parameters', () => {
  const form = (constant: number, ...coefficients: number[]): Linear => ({ constant, coefficients })
  expect(inequality(form(2, 1, -1), ['T_h', 'T_p'], '≤')).toBe('T_h + 2 ≤ T_p')
  expect(inequality(form(-5, 2, 0), ['T_h', 'T_p'], '≤')).toBe('2 T_h ≤ 5')
  expect(inequality(form(0, -1, 0), ['T_h', 'T_p'], '>')).toBe('0 > T_h')
})

test('what is said in words is what is said of the points: also of runs that go round, whose points are decided one by one', () => {
  const found = boundsOf(variantOf('mipv6/stationary-proxies-expedited'), {
    scenario: 'both-move-no-retransmission',
    property: 'binding-eventually-correct',
    vary: [
      { name: 'T_h', from: 100, to: 175, step: 25 },
      { name: 'T_p', from: 25, to: 100, step: 25 },
    ],
    given: { d: [25, 25], blackout: [100, 100], 'leaves(a)': [1000, 1000], 'leaves(b)': [900, 1100] },
  })
  const grid = new Grid(found.parameters)
  const said = new Set<number>()
  for (const forms of found.summary)
    grid.each(grid.all, (i, point) => {
      if (forms.every((form) => valueAt(form, point) <= 0)) said.add(i)
    })
  const failing = found.verdicts.flatMap((verdict, i) => (verdict === false ? [i] : []))
  expect([...said].sort((one, other) => one - other)).toEqual(failing)
  // 004 §IV.B wants T_h > T_p: neither needed nor enough.
  grid.each(grid.all, (i, [hold, answer]) => {
    if (hold === 175 && answer === 100) expect(found.verdicts[i]).toBe(true)
    if (hold === 100 && answer === 75) expect(found.verdicts[i]).toBe(false)
  })
  expect(found.summary.length).toBeLessThan(found.regions.length + 1)
})

const form: fc.Arbitrary<Linear> = fc.record({
  constant: fc.integer({ min: -6, max: 6 }),
  coefficients: fc.array(fc.integer({ min: -1, max: 1 }), { minLength: 2, maxLength: 2 }),
})

test('joined, regions have the same points, and are fewer where they lie side by side', () => {
  const grid = new Grid([
    { name: 'x', from: 0, to: 6, step: 1 },
    { name: 'y', from: 0, to: 6, step: 1 },
  ])
  const all = (regions: readonly (readonly Linear[])[]): number[] =>
    [...new Set(regions.flatMap((forms) => pointsOf(forms, grid)))].sort((one, other) => one - other)
  let fewer = 0
  fc.assert(
    fc.property(fc.array(fc.array(form, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 }), (regions) => {
      const summary = joined(regions, grid)
      expect(all(summary)).toEqual(all(regions))
      expect(summary.length).toBeLessThanOrEqual(regions.length)
      if (summary.length < regions.length) fewer++
    }),
    { numRuns: 300 },
  )
  expect(fewer).toBeGreaterThan(30)
  const between = (from: number, to: number): Linear[] => [
    { constant: from, coefficients: [-1, 0] },
    { constant: -to, coefficients: [1, 0] },
  ]
  expect(joined([between(1, 2), between(4, 5), between(2, 4)], grid)).toHaveLength(1)
  expect(joined([between(1, 2), between(4, 5)], grid)).toHaveLength(2)
})
