import { expect, test } from 'vitest'
import { scenarioOf, variantOf } from '../../analysis/target.ts'
import { worldOf } from '../../analysis/world.ts'
import { canonical } from '../../checker/canonical.ts'
import { explore } from '../../checker/explore.ts'
import { valuesOf } from '../../checker/graph.ts'
import type { Value } from '../../checker/model.ts'
import type { Scenario } from '../../spec/internet/scenario.ts'
import { usualTiming } from '../../spec/internet/timing.ts'

/** What the nodes know and where they are, in each state that is reached. */
function nodesIn(name: string, scenario: Scenario): Set<string> {
  const { internet } = worldOf(variantOf(name), scenario)
  const graph = explore(internet.model, { limits: { states: 300_000 } })
  expect(graph.failure).toBeNull()
  expect(graph.incomplete).toBeNull()
  const nodes = internet.layout.names.flatMap((cell, i) => (cell.startsWith('in flight') ? [] : [i]))
  return new Set(
    Array.from({ length: graph.store.count }, (_, s) => canonical(nodes.map((i) => valuesOf(graph, s)[i] as Value))),
  )
}

/** Without time: timers that may fire at any moment, gaps of any length, as many equal packets as there may be. */
function untimed(name: string, base: Scenario): Scenario {
  const timers = new Set(
    variantOf(name)
      .variant.nodes(base)
      .flatMap((n) => Object.keys((n.role.timers ?? {}) as object)),
  )
  return {
    ...base,
    gaps: 'any',
    overlap: 'any',
    copies: 2,
    timers: Object.fromEntries([...timers].map((timer) => [timer, base.timers[timer] === 'never' ? 'never' : 'eager'])),
  }
}

test.each([
  'mip-lr/direct',
  'mip-lr/revised-answers',
  'mip-lr/hlr-initiated',
  'wireguard/roaming',
  'mip-lr/direct-resends',
])('%s: what is reached with time is reached without, by eager timers and gaps of any length', (name) => {
  const base = scenarioOf(variantOf(name), 'both-move')
  const timed = nodesIn(name, { ...base, time: usualTiming })
  const without = nodesIn(name, untimed(name, base))
  expect(timed.size).toBeGreaterThan(10)
  expect([...timed].filter((state) => !without.has(state))).toEqual([])
  // A clock rules something out: time is not nothing.
  expect(without.size).toBeGreaterThanOrEqual(timed.size)
})
