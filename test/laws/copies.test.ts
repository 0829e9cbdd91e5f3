// Identical packets in flight merge where a scenario allows one copy (docs/decisions/0010): that must not decide a verdict.
import { expect, test } from 'vitest'
import { worldOf } from '../../analysis/world.ts'
import { check } from '../../checker/check.ts'
import type { Scenario } from '../../spec/index.ts'
import { full, sample } from '../full.ts'
import { shippedSearches } from './shipped.ts'

/** Beyond so many states a search is left alone. */
const MOST = full ? 2_000_000 : 20_000

const cases = shippedSearches(({ copies }) => copies === 1)

test.each(sample(cases, 29))('a second copy changes no verdict: $name', ({ protocol, variant, scenario }) => {
  const verdicts = (given: Partial<Scenario>) => {
    const { internet, properties } = worldOf({ protocol, variant }, { ...scenario, ...given })
    return check(internet.model, properties, { limits: { states: MOST } })
  }
  const more = verdicts({ copies: 2 })
  const one = verdicts({})
  // What is cut off says nothing.
  for (const [i, { property, kind }] of one.entries())
    if (kind !== 'incomplete' && more[i]!.kind !== 'incomplete') expect(more[i]!.kind, property).toBe(kind)
})
