import { expect, test } from 'vitest'
import { minimisedRun, type SimulateOptions, simulate, together } from '../../analysis/simulate.ts'
import { scenarioOf, variantOf } from '../../analysis/target.ts'
import { worldOf } from '../../analysis/world.ts'
import { check } from '../../checker/check.ts'
import { costOf } from '../../checker/cost.ts'
import type { Label } from '../../checker/model.ts'
import { BINDING, SESSION, STALE } from '../../spec/property-ids.ts'

const options: SimulateOptions = { seed: 1, runs: 100, steps: 200, choosing: 'mixed' }

function simulated(name: string, scenarioName = 'both-move', changed: Partial<SimulateOptions> = {}) {
  const target = variantOf(name)
  const scenario = scenarioOf(target, scenarioName)
  const simulation = simulate(target, scenario, null, { ...options, ...changed })
  const tallyOf = (id: string) => simulation.tallies.find(({ property }) => property === id)!
  const storyOf = (id: string) =>
    minimisedRun(
      target,
      scenario,
      id,
      tallyOf(id).cheapest.map(({ run }) => run),
      options,
    )
  return { target, scenario, simulation, tallyOf, storyOf }
}

const costOfSteps = (steps: readonly Label[]): number => steps.reduce((sum, label) => sum + costOf(label), 0)

test.each([
  ['sip/direct', SESSION],
  ['sip/direct', BINDING],
  ['hip/direct', SESSION],
  ['hip/direct', BINDING],
])(
  '%s: random runs find that %s is violated, and the minimised run costs what the least run costs',
  (name, property) => {
    const { target, scenario, tallyOf, storyOf } = simulated(name)
    expect(tallyOf(property).shownIn).toBeGreaterThan(0)
    const { internet, properties } = worldOf(target, scenario)
    const asked = properties.filter(({ id }) => id === property)
    const [verdict] = check(internet.model, asked, { least: true })
    expect(verdict).toMatchObject({ kind: 'violated' })
    const least = verdict!.kind === 'violated' ? verdict!.trace! : null
    const story = storyOf(property)!
    expect(costOfSteps(story.steps)).toBe(costOfSteps(least!.steps))
    expect(story.loopStart === null).toBe(least!.loopStart === null)
  },
)

test('what holds is not violated, and what can be reached is seen', () => {
  const { simulation, tallyOf } = simulated('hip/rvs-when-sent-again')
  expect(simulation.runs).toBe(100)
  for (const id of [BINDING, SESSION, STALE]) expect(tallyOf(id)).toMatchObject({ shownIn: 0, testedIn: 100 })
  expect(tallyOf('a-good-end-is-reachable').shownIn).toBeGreaterThan(0)
})

test('a share here and a share there are the whole', () => {
  const { target, scenario, simulation } = simulated('sip-paper/direct')
  const shares = [0, 1, 2].map((first) => simulate(target, scenario, null, { ...options, share: { first, every: 3 } }))
  expect(together(shares)).toEqual(simulation)
})

test('another seed draws other runs', () => {
  const stepsOf = (seed: number) => simulated('sip/direct', 'both-move', { seed, runs: 20 }).simulation.steps
  expect(stepsOf(1)).toBe(stepsOf(1))
  expect(stepsOf(1)).not.toBe(stepsOf(2))
})

test('a run of a bounded number of steps stays within it, and an interruption ends the runs', () => {
  const { simulation } = simulated('wireguard/roaming', 'both-move', { runs: 10, steps: 5 })
  expect(simulation).toMatchObject({ runs: 10, steps: 50, ended: 0, stopped: null })
  const { target, scenario } = simulated('sip/direct', 'both-move', { runs: 1 })
  let asked = 0
  const control = { now: () => 0, interrupted: () => ++asked > 3 }
  expect(simulate(target, scenario, null, options, control)).toMatchObject({ runs: 3, stopped: 'interrupted' })
})
