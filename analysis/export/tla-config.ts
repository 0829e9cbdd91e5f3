import type { Guarded, GuardedClaim } from './guarded.ts'
import { type NamedRun, namedRuns } from './tla-runs.ts'
import { comment, named } from './tla-words.ts'

/** What a module is called where nobody says otherwise. */
export const MODEL = 'model'

/** How TLC is run on it. */
export const runTlc = (name: string): string =>
  `java -cp tla2tools.jar tlc2.TLC -workers auto -config ${name}.cfg ${name}.tla`

export const RUN_TLC = runTlc(MODEL)

/** Names that a module cannot have, since it extends these, or they are built of them. */
const TAKEN = ['TLC', 'Integers', 'Naturals', 'Sequences', 'FiniteSets', 'Peano', 'ProtoReals', 'Reals']

/** Whether a module may be called so. */
export const isModuleName = (name: string): boolean =>
  /^\w*[a-zA-Z]\w*$/.test(name) && !/^(WF_|SF_)/.test(name) && !TAKEN.includes(name)

/**
 * The configuration that goes with the module.
 *
 * @param asked the ids of what TLC is to look for violations of; unless given, of all but what is to be reachable: that is to be violated, and TLC stops there
 */
export function tlaConfig(model: Guarded, asked?: readonly string[]): string {
  const claims = namedClaims(model)
  const line = ({ kind, operator }: NamedClaim): string => `${kind === 'steps' ? 'PROPERTY' : 'INVARIANT'} ${operator}`
  const now = claims.filter(({ id, kind }) => (asked === undefined ? kind !== 'reachable' : asked.includes(id)))
  const later = asked === undefined ? claims.filter(({ kind }) => kind === 'reachable') : []
  const runs = asked === undefined ? namedRuns(model) : []
  return [
    ...head('Spec'),
    ...now.map(line),
    ...(later.length === 0 ? [] : [comment('One at a time: that it is violated says that it can be reached.')]),
    ...later.map((claim) => comment(line(claim))),
    ...(runs.length === 0 ? [] : [comment('Of whole runs, in place of all above; faster with -lncheck final:')]),
    ...(runs.length === 0 ? [] : [...head('FairSpec'), ...runs.map(ofRun)].map(comment)),
    '',
  ].join('\n')
}

/** The configuration for claims of runs. */
export const tlaRunsConfig = (runs: readonly NamedRun[]): string =>
  [...head('FairSpec'), ...runs.map(ofRun), ''].join('\n')

const head = (specification: string): string[] => [`SPECIFICATION ${specification}`, 'CHECK_DEADLOCK FALSE']

const ofRun = ({ operator }: NamedRun): string => `PROPERTY ${operator}`

/** A claim, and the operator that says it. */
export interface NamedClaim extends GuardedClaim {
  readonly operator: string
}

export function namedClaims({ claims }: Guarded): NamedClaim[] {
  return named(claims, ({ kind }) => PREFIX[kind])
}

const PREFIX: Readonly<Record<GuardedClaim['kind'], string>> = {
  always: 'Always',
  ends: 'Ends',
  steps: 'Steps',
  reachable: 'Not',
}
