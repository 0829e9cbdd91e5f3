import { type Guarded, guardedOf } from '../analysis/export/guarded.ts'
import { murphi } from '../analysis/export/murphi.ts'
import { promela } from '../analysis/export/promela.ts'
import { claimName, promelaOfRuns, whyNot } from '../analysis/export/promela-runs.ts'
import { tla } from '../analysis/export/tla.ts'
import { namedClaims, tlaConfig, tlaRunsConfig } from '../analysis/export/tla-config.ts'
import { namedRuns } from '../analysis/export/tla-runs.ts'
import { check } from '../checker/check.ts'
import { explore } from '../checker/explore.ts'
import type { Model } from '../checker/model.ts'
import type { Property } from '../checker/property.ts'
import type { Verdict } from '../checker/verdict.ts'
import { fairlyWithSpin, fairlyWithTlc, withRumur, withSpin, withTlc } from './verifiers.ts'

/** What a checker finds of a model. */
export interface Found {
  readonly states: number
  readonly transitions: number
  /** By claim: whether something was seen that decides it: a violation, or, of one of reachability, what is to be reachable. */
  readonly seen: Readonly<Record<string, boolean>>
}

/** What we find, and the model as others are given it. */
export function ours(
  model: Model,
  properties: readonly Property[],
): {
  readonly guarded: Guarded
  readonly found: Found
  /** By claim of runs: whether it holds. */
  readonly holds: Readonly<Record<string, boolean>>
} {
  const graph = explore(model)
  const guarded = guardedOf(graph, properties)
  const verdicts = new Map(check(model, properties).map((verdict) => [verdict.property, verdict.kind]))
  const seen = guarded.claims.map(({ id, kind }) => {
    const holds = verdicts.get(id) === 'holds' || verdicts.get(id) === 'vacuous'
    return [id, kind === 'reachable' ? holds : !holds] as const
  })
  return {
    guarded,
    found: {
      states: graph.store.count,
      transitions: graph.transitions,
      seen: Object.fromEntries(seen),
    },
    holds: Object.fromEntries(guarded.runs.map(({ id }) => [id, isSo(verdicts.get(id))])),
  }
}

/** Whether a claim of runs is so. @throws Error where we do not know it */
function isSo(verdict: Verdict['kind'] | undefined): boolean {
  if (verdict === 'incomplete' || verdict === 'failed') throw new Error(`A claim of runs is ${verdict}.`)
  return verdict !== 'violated'
}

/** What SPIN finds; a text where it was cut off. Needs `spin` and `gcc`. */
export function spinOf(guarded: Guarded): Found | string {
  const run = withSpin(promela(guarded, 'model'), ['-O0'], 22, (spin) => spin.run())
  return typeof run === 'string' ? run : { states: run.states, transitions: run.transitions, seen: run.seen }
}

/** What a claim of runs may take: SPIN's weak fairness is a copy of the states for each class. */
export const SECONDS_OF_RUNS = 120

/**
 * What came of claims of runs: those of which SPIN says what we say; those that we find violated, and SPIN too, by a run that need not be strongly fair; those that its weak fairness, or its time, does
 * not decide; in what we differ.
 */
export interface OfRuns {
  readonly agree: readonly string[]
  readonly weaker: readonly string[]
  readonly open: readonly string[]
  readonly differ: readonly string[]
}

/**
 * What SPIN says of claims of runs, with weak fairness. What holds for all weakly fair runs holds for those that are strongly fair; what does not may yet, where a class is strong. Claims that count
 * steps are not asked.
 *
 * @param seconds of each claim: what takes longer is open
 */
export function spinOfRuns(
  guarded: Guarded,
  holds: Readonly<Record<string, boolean>>,
  seconds = SECONDS_OF_RUNS,
): OfRuns {
  const runs = guarded.runs.filter((run) => whyNot(run) === null)
  const strong = guarded.fairness.some(({ strength }) => strength === 'strong')
  const said =
    runs.length === 0
      ? []
      : fairlyWithSpin(
          promelaOfRuns(guarded, runs, 'model'),
          runs.map((_, i) => claimName(i)),
          seconds,
        )
  const judged = runs.map(({ id }, i) => {
    const theirs = said[i]!
    if (typeof theirs === 'string') return { id: `${id} (${theirs})`, how: theirs === 'too long' ? 'open' : 'differ' }
    if (theirs === false && strong) return { id, how: holds[id] ? 'open' : 'weaker' }
    return { id, how: theirs === holds[id] ? 'agree' : 'differ' }
  })
  const of = (how: string): string[] => judged.flatMap((one) => (one.how === how ? [one.id] : []))
  return { agree: of('agree'), weaker: of('weaker'), open: of('open'), differ: of('differ') }
}

/**
 * What Rumur finds; a text where a claim fails. It stops at a claim that does not hold, and is asked only those that do by what we found. Needs `rumur` and `gcc`.
 */
export function rumurOf(guarded: Guarded, { seen }: Found): Found | string {
  const claims = guarded.claims.filter(({ id, kind }) => seen[id] === (kind === 'reachable'))
  const run = withRumur(murphi({ ...guarded, claims }, 'model'), ['-O0'], (rumur) => rumur.run())
  return typeof run === 'string' ? run : { states: run.states, transitions: run.transitions, seen }
}

/**
 * What TLC finds; a text where it ends in an error, or a claim fails that we found to hold. It stops at a violation: all states are those of a run that looks for none that we found,
 * and each of those is looked for in a run of its own. Needs `java`, and TLC where the variable TLA_TOOLS says.
 */
export function tlcOf(guarded: Guarded, { seen }: Found): Found | string {
  const isSeen = ({ id }: { readonly id: string }): boolean => seen[id] === true
  const claims = namedClaims(guarded)
  return withTlc(tla(guarded, 'model'), (run) => {
    const ids = claims.filter((claim) => !isSeen(claim)).map(({ id }) => id)
    const whole = run(tlaConfig(guarded, ids))
    if (typeof whole === 'string') return whole
    if (whole.violated !== null) return `${whole.violated} is violated`
    const theirs = claims.map((claim) => {
      const one = isSeen(claim) ? run(tlaConfig(guarded, [claim.id])) : whole
      return [claim.id, typeof one !== 'string' && one.violated === claim.operator] as const
    })
    // It counts the initial state as well.
    return { states: whole.states, transitions: whole.generated - 1, seen: Object.fromEntries(theirs) }
  })
}

/** What TLC may take for a claim of runs: its start alone is some seconds. */
const SECONDS_OF_TLC = 60

/**
 * What TLC says of claims of runs, with the fairness that they have: `agree`, `differ`, or a text where it ends in an error or takes too long. Claims that are not said in TLA+ are not asked.
 *
 * @param seconds of each claim
 */
export function tlcOfRuns(
  guarded: Guarded,
  holds: Readonly<Record<string, boolean>>,
  seconds = SECONDS_OF_TLC,
): Record<string, string> {
  const runs = namedRuns(guarded)
  const configs = runs.map((run) => tlaRunsConfig([run]))
  const said = runs.length === 0 ? [] : fairlyWithTlc(tla(guarded, 'model'), configs, seconds)
  const judged = said.map((theirs, i) => {
    const { id } = runs[i]!
    return [id, typeof theirs === 'string' ? theirs : theirs === holds[id] ? 'agree' : 'differ'] as const
  })
  return Object.fromEntries(judged)
}
