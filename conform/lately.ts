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
/** What has learned more than this is begun afresh. */
const MOST_BYTES = 2 ** 26

interface Known extends Tabled {
  readonly protocol: Protocol
  readonly variant: Variant
  readonly scenario: string
}

let lately: readonly Known[] = []

/** One of the last is there still: what its tables have learned, from this log or the one before, they know. */
export function tabled(protocol: Protocol, variant: Variant, meant: Scenario): Tabled {
  const scenario = JSON.stringify(meant)
  const isMeant = (one: Known): boolean =>
    one.protocol === protocol && one.variant === variant && one.scenario === scenario
  const small = lately.filter(({ compiled }) => compiled.tableBytes < MOST_BYTES)
  const known = small.find(isMeant) ?? { protocol, variant, scenario, ...tabledAnew(protocol, variant, meant) }
  lately = [...small.filter((one) => one !== known), known].slice(-MOST)
  return known
}

function tabledAnew(protocol: Protocol, variant: Variant, scenario: Scenario): Tabled {
  const { internet } = worldOf({ protocol, variant }, scenario)
  return { internet, compiled: new CompiledModel(internet.model) }
}
