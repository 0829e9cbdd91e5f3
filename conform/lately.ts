import { worldOf } from '../analysis/world.ts'
import { CompiledModel } from '../checker/compile.ts'
import type { Internet } from '../spec/internet/compose.ts'
import type { Scenario } from '../spec/internet/scenario.ts'
import type { Protocol, Variant } from '../spec/protocol.ts'

/** A variant in a scenario, with the tables of its rules. */
export interface Tabled {
  readonly internet: Internet
  readonly compiled: CompiledModel
}

/** A log is judged by some scenarios, one after another. */
const MOST = 8

const lately: (Tabled & { readonly protocol: Protocol; readonly variant: Variant; readonly scenario: string })[] = []

/** One of the last is there still: what its tables have learned, from this log or the one before, they know. */
export function tabled(protocol: Protocol, variant: Variant, scenario: Scenario): Tabled {
  const asked = { protocol, variant, scenario: JSON.stringify(scenario) }
  const at = lately.findIndex(
    (one) => one.protocol === protocol && one.variant === variant && one.scenario === asked.scenario,
  )
  const [known = { ...asked, ...tabledAnew(protocol, variant, scenario) }] = at < 0 ? [] : lately.splice(at, 1)
  lately.push(known)
  if (lately.length > MOST) lately.shift()
  return known
}

function tabledAnew(protocol: Protocol, variant: Variant, scenario: Scenario): Tabled {
  const { internet } = worldOf({ protocol, variant }, scenario)
  return { internet, compiled: new CompiledModel(internet.model) }
}
