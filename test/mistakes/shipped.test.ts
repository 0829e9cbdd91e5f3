import { expect, test } from 'vitest'
import { mistakesIn, rehearse } from '../../analysis/mistakes/index.ts'
import { worldOf } from '../../analysis/world.ts'
import { protocols } from '../../spec/protocols.ts'

test.each(protocols.map((protocol) => [protocol.name, protocol] as const))('%s has no mistakes', (_, protocol) => {
  expect(mistakesIn({ protocol, file: null })).toEqual([])
})

/** One scenario of each variant, another one from variant to variant. */
const sampled = protocols.flatMap((protocol) =>
  protocol.variants.map((variant, i) => ({
    protocol,
    variant,
    scenario: variant.scenarios[i % variant.scenarios.length]!,
  })),
)

test('a rehearsal of what ships meets none', () => {
  for (const { scenario, ...target } of sampled)
    expect(
      rehearse(worldOf(target, scenario), 80),
      `${target.protocol.name}/${target.variant.name} ${scenario.name}`,
    ).toEqual([])
})
