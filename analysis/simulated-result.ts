import type { Property } from '../checker/property.ts'
import { costs, type Story, sentence } from '../counterexamples/index.ts'
import type { Expected } from '../spec/protocol.ts'
import type { Job } from './job.ts'
import type { Simulation } from './simulate.ts'

/** One line of what random runs say, as `simulate --json` prints it. */
export interface SimulatedResult {
  readonly protocol: string
  readonly variant: string
  readonly scenario: string
  readonly property: string
  readonly kind: Property['kind']
  /** Never `holds`: random runs do not see everything. */
  readonly verdict: 'violated' | 'incomplete' | 'failed'
  readonly expected: Expected
  readonly asExpected: boolean
  readonly runs: number
  /** Runs that violate it; of a reachability property, runs that come to such a state. */
  readonly shownIn: number
  /** Runs in which it was put to the test; all, where it has no witness. */
  readonly testedIn: number
  readonly moves: number | null
  readonly faults: number | null
  readonly steps: number | null
  readonly loopStart: number | null
  readonly reason: string | null
  readonly incompleteBecause: string | null
  /** The violation in one sentence. */
  readonly explanation: string | null
  readonly assumptions: readonly string[]
  /** From a file of the user's own. */
  readonly own: boolean
  /** Of the minimised run, where there is one. */
  readonly story: Story | null
}

const BECAUSE: Readonly<Record<Property['kind'], string>> = {
  safety: 'random runs do not see everything',
  reachable: 'random runs do not see everything',
  deadlock: 'random runs do not see everything, and only those that end say something of it',
  liveness: 'liveness is not decided by random runs: only those that end, or come back to a state, say something of it',
}

/**
 * What random runs say of each property that a job asks.
 *
 * @param stories by property: the minimised runs
 */
export function simulatedResults(
  { protocol, variant, scenario, file }: Job,
  { runs, failed, tallies, assumptions }: Simulation,
  stories: Readonly<Record<string, Story | null>>,
): SimulatedResult[] {
  // Which runs came after one that throws depends on who did them: they do not count.
  const counted = failed === null ? tallies : tallies.map((tally) => ({ ...tally, shownIn: 0, testedIn: 0 }))
  return counted.map(({ property, kind, expected, shownIn, testedIn }) => {
    const violated = shownIn > 0 && kind !== 'reachable'
    const verdict = failed !== null ? 'failed' : violated ? 'violated' : 'incomplete'
    const story = failed === null ? (stories[property] ?? null) : null
    const cost = story === null ? null : costs(story)
    return {
      protocol,
      variant,
      scenario,
      property,
      kind,
      verdict,
      expected,
      asExpected: verdict === expected,
      runs: failed?.run ?? runs,
      shownIn,
      testedIn,
      moves: cost?.moves ?? null,
      faults: cost?.faults ?? null,
      steps: story?.steps.length ?? null,
      loopStart: story?.loopStart ?? null,
      reason: failed?.message ?? story?.reason ?? null,
      incompleteBecause: verdict === 'incomplete' ? BECAUSE[kind] : null,
      explanation: story !== null && violated ? sentence(story) : null,
      assumptions,
      own: file !== null,
      story,
    }
  })
}
