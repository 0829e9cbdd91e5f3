import type { Limits } from '../checker/limits.ts'
import type { ScenarioDescription, TargetDescription } from './describe.ts'
import { errors } from './errors.ts'
import type { Job } from './job.ts'
import { reductionsOf } from './reduction/reductions.ts'
import { type Given, mustBeKnown } from './timing/parameters.ts'

/** What to ask of what was asked for; all of it where it does not say. */
export interface Selection {
  readonly scenarios?: readonly string[]
  readonly properties?: readonly string[]
  /** Also what takes minutes or gigabytes; a scenario that is named is asked for as well. */
  readonly large?: boolean
  readonly limits: Limits
  /** With time: what is not as usual, by the name of the parameter. */
  readonly time?: Given
  /** Fewer states or steps, by the names of what takes them away. */
  readonly reduce?: readonly string[]
}

/**
 * The searches that are asked for, in the order of reports.
 *
 * @throws InputError where no variant has a scenario or property that is named, where only large scenarios are left to ask, and where there is no such reduction, or it is of what has time
 */
export function jobsFor(targets: readonly TargetDescription[], selection: Selection): Job[] {
  const { scenarios, properties, large = false, limits, time } = selection
  const reduce = selection.reduce === undefined ? undefined : reductionsOf(selection.reduce)
  if (reduce !== undefined && time !== undefined) throw errors.reducedTimed()
  const all = targets.flatMap((target) =>
    target.variants.flatMap((variant) => variant.scenarios.map((scenario) => ({ target, variant, scenario }))),
  )
  const known = [...new Set(all.map(({ scenario }) => scenario.name))]
  for (const name of scenarios ?? []) if (!known.includes(name)) throw errors.noScenario(name, known)
  const meant = all.filter(({ scenario }) => scenarios?.includes(scenario.name) ?? true)
  const askedOf = ({ properties: always, needClock }: ScenarioDescription): readonly string[] =>
    time === undefined ? always : [...always, ...needClock]
  const asked = [...new Set(meant.flatMap(({ scenario }) => askedOf(scenario)))]
  for (const name of properties ?? []) {
    if (asked.includes(name)) continue
    if (meant.some(({ scenario }) => scenario.needClock.includes(name))) throw errors.needsClock(name)
    throw errors.noProperty(name, asked)
  }
  const timed = [
    ...new Map(meant.flatMap(({ scenario }) => scenario.parameters.map((one) => [one.name, one]))).values(),
  ]
  mustBeKnown(Object.keys(time ?? {}), timed)
  const jobs = meant
    .filter(({ scenario }) => !scenario.large || large || scenarios !== undefined)
    .flatMap(({ target, variant, scenario }): Job[] => {
      const wanted = askedOf(scenario).filter((id) => properties?.includes(id) ?? true)
      if (wanted.length === 0) return []
      return [
        {
          file: target.file,
          protocol: target.protocol,
          variant: variant.name,
          scenario: scenario.name,
          properties: properties === undefined ? null : wanted,
          limits,
          ...(time === undefined ? {} : { time }),
          ...(reduce === undefined ? {} : { reduce }),
        },
      ]
    })
  if (jobs.length === 0 && meant.length > 0)
    throw errors.onlyLarge([...new Set(meant.map(({ scenario }) => scenario.name))])
  return jobs
}
