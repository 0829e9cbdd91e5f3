import { errors as targetErrors } from '../../analysis/errors.ts'
import { scenarioOf } from '../../analysis/target.ts'
import { theVariant } from '../../analysis/tasks/targets.ts'
import { taskOf } from '../../analysis/threads/task.ts'
import { worldOf } from '../../analysis/world.ts'
import { check } from '../../checker/check.ts'
import type { Control } from '../../checker/limits.ts'
import { type RoleReference, referenceOf } from '../reference.ts'
import { type Cover, type Suite, suiteFor, suiteOfRuns } from '../suite.ts'

export interface TestsGiven {
  readonly target: string
  readonly scenario: string
  readonly role: string
  readonly cover: Cover | 'counterexamples'
  /** States of the scenario that are looked at. */
  readonly most: number
}

/** A suite, the source of what it holds an implementation against, the protocol that it is of, and what an adapter has to know. */
export interface MadeSuite {
  readonly suite: Suite
  readonly reference: RoleReference
  /** Those that there are suites of. */
  readonly scenarios: readonly { readonly name: string; readonly title: string }[]
  readonly source: string
  readonly protocol: string
}

/** A suite for an implementation of one role. */
export const testsTask = taskOf(
  import.meta.url,
  'testsTask',
  async ({ target: name, scenario, role, cover, most }: TestsGiven, control: Control): Promise<MadeSuite> => {
    const target = await theVariant(name, control)
    const { protocol, variant } = target
    const { internet, properties } = worldOf(target, scenarioOf(target, scenario))
    const roles = internet.layout.topology.nodes.map((n) => n.name)
    if (!roles.includes(role)) throw targetErrors.noRole(role, roles)
    const made = (suite: Suite): MadeSuite => ({
      suite,
      reference: referenceOf(internet, suite),
      scenarios: variant.scenarios.map(({ name, title }) => ({ name, title })),
      source: variant.source,
      protocol: protocol.name,
    })
    if (cover !== 'counterexamples') return made(suiteFor(internet, role, most, cover, protocol.sections, control))
    const verdicts = check(internet.model, properties, { limits: { states: most }, control })
    const runs = verdicts.flatMap((verdict) =>
      verdict.kind === 'violated' && verdict.trace !== undefined
        ? [{ name: verdict.property, trace: verdict.trace }]
        : [],
    )
    const complete = verdicts.every(({ kind }) => kind !== 'incomplete')
    return made({ ...suiteOfRuns(internet, role, runs, protocol.sections), complete })
  },
)
