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
/** Estimated bytes of all their tables when the next one is asked for. */
const MOST_BYTES = 2 ** 27

interface Kept extends Tabled {
  readonly protocol: Protocol
  readonly variant: Variant
  readonly scenario: string
}

/** The last one is the newest. */
let lately: readonly Kept[] = []

/** One of the last is there still: what its tables have learned, from this log or the one before, they know. */
export function tabled(protocol: Protocol, variant: Variant, meant: Scenario): Tabled {
  const scenario = JSON.stringify(meant)
  const isMeant = (one: Kept): boolean =>
    one.protocol === protocol && one.variant === variant && one.scenario === scenario
  const fit = lately.filter((_, i) => bytesOf(lately.slice(i)) <= MOST_BYTES)
  const known = fit.find(isMeant) ?? { protocol, variant, scenario, ...tabledAnew(protocol, variant, meant) }
  lately = [...fit.filter((one) => one !== known), known].slice(-MOST)
  return known
}

const bytesOf = (kept: readonly Kept[]): number => kept.reduce((sum, { compiled }) => sum + compiled.tableBytes, 0)

function tabledAnew(protocol: Protocol, variant: Variant, scenario: Scenario): Tabled {
  const { internet } = worldOf({ protocol, variant }, scenario)
  return { internet, compiled: new CompiledModel(internet.model) }
}
