import { expect, test } from 'vitest'
import { checkVariant, isFinal } from '../../analysis/job.ts'
import { variantOf } from '../../analysis/target.ts'

const SAFETY = 'no-stale-overwrite'

test('where time does not last to find out which timers are held back for ever, that is said, and the answer is not kept', () => {
  const target = variantOf('mipv6/ro-rfc')
  const asked = (asks: number) => {
    let asked = 0
    const control = { now: () => (asked++ < asks ? 0 : 100) }
    const results = checkVariant(target, 'both-move', { properties: [SAFETY], limits: { seconds: 50 }, control })
    return { results, asked }
  }
  const whole = asked(Number.POSITIVE_INFINITY)
  expect(whole.results).toMatchObject([{ verdict: 'holds' }])
  expect(isFinal(whole.results)).toBe(true)
  // From the last question backwards: out of time later and later ends what comes after the search, and earlier the search.
  const seen = new Set<string>()
  for (let asks = whole.asked - 1; asks > whole.asked - 200 && seen.size < 2; asks--) {
    const { results } = asked(asks)
    const [{ verdict, heldBack, assumptions, incompleteBecause }] = results as [(typeof results)[0]]
    const notFoundOut = heldBack === null
    expect(assumptions.some((assumption) => assumption.startsWith('no timer is held back'))).toBe(notFoundOut)
    if (verdict === 'incomplete') expect(incompleteBecause).toBe('seconds')
    else expect([verdict, isFinal(results)]).toEqual(['holds', !notFoundOut])
    if (verdict === 'incomplete' || notFoundOut) seen.add(verdict)
  }
  expect([...seen].sort()).toEqual(['holds', 'incomplete'])
})
