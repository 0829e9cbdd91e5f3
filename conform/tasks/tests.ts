import { errors as targetErrors } from '../../analysis/errors.ts'
import { resolveTargets } from '../../analysis/load/resolve.ts'
import { scenarioOf, single } from '../../analysis/target.ts'
import { taskOf } from '../../analysis/threads/task.ts'
import { worldOf } from '../../analysis/world.ts'
import { check } from '../../checker/check.ts'
import type { Control } from '../../checker/limits.ts'
import { type Cover, type Suite, suiteFor, suiteOfRuns } from '../suite.ts'

export interface TestsGiven {
  readonly target: string
  readonly scenario: string
  readonly role: string
  readonly cover: Cover | 'counterexamples'
  /** States of the scenario that are looked at. */
  readonly most: number
}

/** A suite, the source of what it holds an implementation against, and the protocol that it is of. */
export interface MadeSuite {
  readonly suite: Suite
  readonly source: string
  readonly protocol: string
}

/** A suite for an implementation of one role. */
export const testsTask = taskOf(
  import.meta.url,
  'testsTask',
  async ({ target: name, scenario, role, cover, most }: TestsGiven, control: Control): Promise<MadeSuite> => {
    const [found] = await resolveTargets([name])
    const target = single(found!, name)
    const { protocol, variant } = target
    const { internet, properties } = worldOf(target, scenarioOf(target, scenario))
    const roles = internet.layout.topology.nodes.map((n) => n.name)
    if (!roles.includes(role)) throw targetErrors.noRole(role, roles)
    const about = { source: variant.source, protocol: protocol.name }
    if (cover !== 'counterexamples')
      return { ...about, suite: suiteFor(internet, role, most, cover, protocol.sections, control) }
    const verdicts = check(internet.model, properties, { limits: { states: most }, control })
    const runs = verdicts.flatMap((verdict) =>
      verdict.kind === 'violated' && verdict.trace !== undefined
        ? [{ name: verdict.property, trace: verdict.trace }]
        : [],
    )
    const complete = verdicts.every(({ kind }) => kind !== 'incomplete')
    return { ...about, suite: { ...suiteOfRuns(internet, role, runs, protocol.sections), complete } }
  },
)
