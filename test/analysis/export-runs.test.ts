// What is claimed of whole runs, asked of SPIN: it builds the product with its own automaton, and searches acceptance cycles by its own notion of fairness.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { guardedOf } from '../../analysis/export/guarded.ts'
import { promelaOfRuns, whyNot } from '../../analysis/export/promela-runs.ts'
import { explore } from '../../checker/explore.ts'
import type { Model } from '../../checker/model.ts'
import { is, ltl, type Property, until, withinSteps } from '../../checker/property.ts'
import { ours, spinOfRuns } from '../../generate/other-checkers.ts'
import { full } from '../full.ts'
import { describeWith, spin } from '../programs.ts'
import { claimsOfRuns, exported, modelsToExport, p, q } from './to-export.ts'

const claims: readonly Property[] = [...claimsOfRuns, { id: 'until', ...ltl(until(is(p), is(q))) }]

/** With fairness that SPIN has as well. */
const models = modelsToExport.map((model): Model => {
  const weak = model.rules.map((rule): Model['rules'][number] => ({
    ...rule,
    fire: (look) =>
      rule
        .fire(look)
        .map((outcome) =>
          outcome.fair === undefined ? outcome : { ...outcome, fair: { ...outcome.fair, strength: 'weak' } },
        ),
  }))
  return { ...model, rules: weak }
})

test('what counts steps is not asked', () => {
  const model = fc.sample(models, { numRuns: 1, seed: 1 })[0]!
  const counted: Property = { id: 'in two steps', ...ltl(withinSteps(2, is(p))) }
  const { runs } = guardedOf(explore(model), [counted, claims[0]!])
  expect(runs.map((run) => whyNot(run) !== null)).toEqual([true, false])
})

test('each fairness class is a process, and one that may rest', () => {
  const { guarded } = exported('mobike/single-homed', 'both-move')
  const text = promelaOfRuns(guarded, guarded.runs, 'a title */')
  const owed = new Set(guarded.fairness.keys())
  expect(text.match(/^active proctype owed_\d+/gm)).toHaveLength(owed.size)
  expect(text).toContain('/* it rests */')
  expect(text).toContain('ltl claim_0 { (<> ([] p0)) }')
  expect(text.match(/\*\//g)!.length).toBe(text.match(/\/\*/g)!.length)
})

describeWith(spin, 'SPIN', () => {
  test('says what we say of random models', () => {
    const told = new Set<string>()
    for (const model of fc.sample(models, { numRuns: full ? 200 : 6, seed: 7 })) {
      const { guarded, holds } = ours(model, claims)
      expect(spinOfRuns(guarded, holds)).toMatchObject({ open: [], differ: [] })
      for (const [id, so] of Object.entries(holds)) told.add(`${id} ${so}`)
    }
    expect(told.size).toBeGreaterThan(7)
  })

  test('says it of a protocol, and another thing of twins that owe nothing, or claim the contrary', () => {
    const { guarded, holds } = exported('mobike/re-established-by-name', 'both-move')
    expect(Object.values(holds)).toEqual([true, true, true])
    expect(spinOfRuns(guarded, holds)).toMatchObject({ open: [], differ: [], agree: Object.keys(holds) })
    const contrary = Object.fromEntries(Object.keys(holds).map((id) => [id, false]))
    expect(spinOfRuns(guarded, contrary).differ).toEqual(Object.keys(holds))
    const owesNothing = JSON.parse(
      JSON.stringify(guarded, (key, value) => (key === 'fair' ? -1 : value instanceof Map ? [...value] : value)),
    )
    const twin = { ...owesNothing, fairness: [], absorbed: guarded.absorbed }
    expect(spinOfRuns(twin, holds).differ).toContain('binding-eventually-correct')
  })

  test('finds the double jump that breaks a session for good', () => {
    const { guarded, holds } = exported('hip/direct', 'both-move')
    expect(Object.values(holds)).toContain(false)
    expect(spinOfRuns(guarded, holds)).toMatchObject({ open: [], differ: [] })
  })
})
