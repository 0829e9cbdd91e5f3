import fc from 'fast-check'
import { internetOf } from '../../analysis/world.ts'
import { canonical } from '../../checker/canonical.ts'
import type { Value } from '../../checker/model.ts'
import { commandsOf, worldOf } from '../../conform/commands.ts'
import { judge } from '../../conform/judge.ts'
import { LogError } from '../../conform/observation.ts'
import { type Suite, suiteFor } from '../../conform/suite.ts'
import type { Internet } from '../../spec/internet/compose.ts'
import { protocols } from '../../spec/protocols.ts'
import { systemOf } from './adapter.ts'
import type { Bug, Bugs } from './bugs.ts'
import { logOf } from './log.ts'
import { simulate } from './simulation.ts'
import { trialOf } from './trials.ts'

/** The suites that the implementation is held against: a role of a variant in a scenario. */
const PLACES = [
  { variant: 'ro-rfc', scenario: 'both-move', role: 'a' },
  { variant: 'ro-rfc', scenario: 'both-move-reordered', role: 'a' },
  { variant: 'ro-rfc', scenario: 'one-moves-twice', role: 'a' },
  { variant: 'ro-rfc', scenario: 'one-moves-twice', role: 'b' },
  { variant: 'home-address', scenario: 'both-move', role: 'ha-a' },
  { variant: 'home-address', scenario: 'one-moves-twice', role: 'ha-a' },
] as const

interface Place {
  readonly name: string
  readonly internet: Internet
  readonly suite: Suite
  readonly reForwards: boolean
}

let places: readonly Place[] | null = null

/** Made once: a suite is a search. */
function suites(): readonly Place[] {
  places ??= PLACES.map(({ variant, scenario, role }) => {
    const internet = internetOf(`mipv6/${variant}`, scenario)
    const suite = suiteFor(internet, role, 200_000)
    return { name: `${role} of ${variant}, ${scenario}`, internet, suite, reForwards: variant === 'home-address' }
  })
  return places
}

/** The first test of the generated suites that fails, in words; null if all pass. */
export function foundBySuite(bugs: Bugs): string | null {
  for (const { name, internet, suite, reForwards } of suites()) {
    for (const { steps } of suite.tests) {
      const system = systemOf(internet, suite.role, bugs, reForwards)
      for (const { text, event, sends } of steps) {
        if (canonical(system.step(event) as Value) !== canonical(sends as Value)) return `${name}: ${text}`
      }
    }
  }
  return null
}

/** Random runs of the world, shrunk to a short one that fails; the same numbers each time. */
export function foundByRandomRuns(bugs: Bugs, numRuns = 60): string | null {
  for (const { name, internet, suite, reForwards } of suites()) {
    const result = fc.check(
      fc.property(commandsOf(internet, suite.role), (commands) => {
        fc.modelRun(
          () => ({ model: worldOf(internet), real: systemOf(internet, suite.role, bugs, reForwards) }),
          commands,
        )
      }),
      { numRuns, seed: 1 },
    )
    if (result.failed) return `${name}: ${String(result.counterexample?.[0]).split(',').length} steps`
  }
  return null
}

/** The variants that runs are held against. */
const VARIANTS = { 'ro-rfc': false, 'home-address': true } as const
export const TRIALS = 40

/** The first run of simulated networks that is none of the model's, with the line that does not fit; null if all conform. */
export function foundByConform(bugs: Bugs, trials = TRIALS): string | null {
  const protocol = protocols.find(({ name }) => name === 'mipv6')!
  for (let seed = 1; seed <= trials; seed++) {
    for (const [name, reForwards] of Object.entries(VARIANTS)) {
      const variant = protocol.variants.find((one) => one.name === name)!
      const lines = logOf(simulate(trialOf(seed, reForwards), bugs))
      try {
        const { verdict } = judge(protocol, variant, lines, { most: 60_000, tolerance: 0.1 })
        if (verdict.kind === 'diverges')
          return `${name}, run ${seed}: ${verdict.at === null ? 'something that must be seen is missing' : verdict.at.words}`
        if (verdict.kind === 'inconclusive') return `${name}, run ${seed}: inconclusive`
      } catch (error) {
        if (error instanceof LogError) return `${name}, run ${seed}: ${error.message}`
        throw error
      }
    }
  }
  return null
}

export const techniques = {
  'generated suite': foundBySuite,
  'random runs': foundByRandomRuns,
  'captures judged': foundByConform,
} as const

export const withBug = (bug: Bug): Bugs => new Set([bug])
