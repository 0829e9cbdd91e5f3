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

/** Estimated bytes of all their tables when the next one is asked for. */
const MOST_BYTES = 2 ** 27

/** Those of the variant that was asked for last, by scenario. */
let lately: { readonly protocol: Protocol; readonly variant: Variant; readonly by: Map<string, Tabled> } | null = null

/** A log is judged by some scenarios of a variant, and the next one perhaps by the same: what their tables have learned they know. */
export function tabled(protocol: Protocol, variant: Variant, scenario: Scenario): Tabled {
  if (lately?.protocol !== protocol || lately.variant !== variant) lately = { protocol, variant, by: new Map() }
  const { by } = lately
  if (bytesOf(by) > MOST_BYTES) by.clear()
  const key = JSON.stringify(scenario)
  const known = by.get(key) ?? tabledAnew(protocol, variant, scenario)
  by.set(key, known)
  return known
}

const bytesOf = (by: ReadonlyMap<string, Tabled>): number =>
  [...by.values()].reduce((sum, { compiled }) => sum + compiled.tableBytes, 0)

function tabledAnew(protocol: Protocol, variant: Variant, scenario: Scenario): Tabled {
  const { internet } = worldOf({ protocol, variant }, scenario)
  return { internet, compiled: new CompiledModel(internet.model) }
}
