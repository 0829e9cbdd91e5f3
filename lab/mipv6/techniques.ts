import fc from 'fast-check'
import { scenarioOf, variantOf } from '../../analysis/target.ts'
import { internetOf, worldOf as worldWith } from '../../analysis/world.ts'
import { canonical } from '../../checker/canonical.ts'
import type { Value } from '../../checker/model.ts'
import { commandsOf, worldOf } from '../../conform/commands.ts'
import { withForged } from '../../conform/forged.ts'
import { judge } from '../../conform/judge.ts'
import { LogError } from '../../conform/observation.ts'
import { type Suite, suiteFor } from '../../conform/suite.ts'
import type { Internet } from '../../spec/internet/compose.ts'
import type { Mipv6Message } from '../../spec/mipv6/messages.ts'
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

const MOST = 200_000

/** A mobile node that does not wait for answers to its tests: it sends them again, and then comes the answer to the first. */
function impatient(): Place {
  const target = variantOf('mipv6/ro-rfc')
  const { timers, ...oneMoves } = scenarioOf(target, 'one-moves')
  const { internet } = worldWith(target, {
    ...oneMoves,
    timers: {
      ...timers,
      'RR retransmission': 'eager',
      'home BU retransmission': 'never',
      'BU retransmission': 'never',
    },
    options: { ...oneMoves.options, retransmissions: 2 },
  })
  return {
    name: 'a of ro-rfc, one-moves without patience',
    internet,
    suite: suiteFor(internet, 'a', MOST),
    reForwards: false,
  }
}

/** A Binding Update with tokens that nobody has given out: its authenticator is wrong. */
function forgedUpdate(event: { readonly kind: string }): { readonly kind: string } | null {
  if (event.kind !== 'BU') return null
  const { homeToken, coToken, ...update } = event as Extract<Mipv6Message, { kind: 'BU' }>
  const forged: Mipv6Message = {
    ...update,
    homeToken: { ...homeToken, by: 'nobody' },
    coToken: { ...coToken, by: 'nobody' },
  }
  return forged
}

/** The suite of a correspondent, with an attacker that has no tokens. */
function attacked({ internet, suite, ...place }: Place): Place {
  return { ...place, name: `${place.name}, forged`, internet, suite: withForged(internet, suite, forgedUpdate) }
}

let places: readonly Place[] | null = null

/** Made once: a suite is a search. */
function suites(): readonly Place[] {
  if (places !== null) return places
  const common = PLACES.map(({ variant, scenario, role }): Place => {
    const internet = internetOf(`mipv6/${variant}`, scenario)
    const suite = suiteFor(internet, role, MOST)
    return { name: `${role} of ${variant}, ${scenario}`, internet, suite, reForwards: variant === 'home-address' }
  })
  places = [...common, impatient(), ...common.filter(({ suite }) => suite.role === 'b').map(attacked)]
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
  // A forged step is in no run.
  for (const { name, internet, suite, reForwards } of suites().slice(0, PLACES.length)) {
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
