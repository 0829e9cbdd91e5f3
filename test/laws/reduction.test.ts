// Without dead packets the verdicts are those of the whole model, and each run is one of it (docs/decisions/0016).
import { describe, expect, test } from 'vitest'
import { replayStory } from '../../analysis/replay.ts'
import { checkVariant, internetOf, shippedVariant, variantOf } from '../../analysis/index.ts'
import type { Reduction } from '../../analysis/reduction/reductions.ts'
import { canonical } from '../../checker/canonical.ts'
import { referenceGraph } from '../../checker/reference.ts'
import { swept, withoutDeadPackets } from '../../spec/internet/dead-packets.ts'
import type { Layout } from '../../spec/internet/layout.ts'
import type { Placed } from '../../spec/internet/topology.ts'
import { protocols } from '../../spec/protocols.ts'
import { full, sample } from '../full.ts'

/** Beyond so many states a search is left alone. */
const MOST = full ? 2_000_000 : 20_000

const cases = protocols.flatMap((protocol) =>
  protocol.variants.flatMap((variant) =>
    variant.scenarios
      .filter(({ name }) => full || variant.large?.includes(name) !== true)
      .map((scenario) => ({ protocol, variant, scenario, name: `${protocol.name}/${variant.name} · ${scenario.name}` })),
  ),
)

test.each(sample(cases, 23))('the verdicts are the same, and runs can be replayed: $name', ({ protocol, variant, scenario }) => {
  const target = variantOf(protocol, variant.name)
  const results = (given: { reduce?: Reduction }) =>
    checkVariant(target, scenario, { ...given, limits: { states: MOST } })
  const whole = results({})
  for (const [i, result] of results({ reduce: 'dead-packets' }).entries()) {
    if (result.verdict === 'incomplete' || whole[i]!.verdict === 'incomplete') continue
    const { property, verdict, heldBack, story, states } = result
    expect({ property, verdict, heldBack }).toEqual({
      property,
      verdict: whole[i]!.verdict,
      heldBack: verdict === 'violated' ? heldBack : whole[i]!.heldBack,
    })
    expect(states).toBeLessThanOrEqual(whole[i]!.states)
    if (story !== null) expect(replayStory(target, story), property).toMatchObject({ kind: 'still happens' })
  }
})

/** The states that are left, and those that should be: the dead packets of all states taken out. */
function leftAndExpected(name: string, scenario: string, twin: (layout: Layout) => Layout) {
  const { model, layout } = internetOf(name, scenario)
  const all = referenceGraph(model)
  const states = (of: readonly string[]) => [...new Set(of)].sort()
  return {
    left: states(referenceGraph(withoutDeadPackets(twin(layout), model)).states),
    expected: states(all.values.map((state) => canonical(swept(layout, state)))),
    all: new Set(all.states),
  }
}

describe.each([
  ['hip/direct', 'both-move'],
  ['sip/direct', 'one-returns'],
])('%s · %s', (name, scenario) => {
  test('what is left are the states without their dead packets, each of them one of the whole model', () => {
    const { left, expected, all } = leftAndExpected(name, scenario, (layout) => layout)
    expect(left).toEqual(expected)
    expect(left.length).toBeLessThan(all.size)
    for (const state of left) expect(all).toContain(state)
  })
})
