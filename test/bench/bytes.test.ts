import { expect, test } from 'vitest'
import { modelOf } from '../../bench/instances.ts'
import { check } from '../../checker/check.ts'

// What is counted is the same in each run: bounds of bytes, not of seconds.
test.each([
  ['mipv6/stationary-proxies both-move', 1_957_377, 40],
  ['sip/resend-add-branch-491 both-move-fair-loss', 148_543, 55],
] as const)(
  '%s, all properties: %i states, edges and cycles too, take at most %i bytes each',
  async (name, states, bytes) => {
    const { model, properties } = await modelOf(name, true)
    const { statistics } = check(model, properties).at(-1)!
    expect(statistics.states).toBe(states)
    expect(statistics.memory / states).toBeLessThanOrEqual(bytes)
  },
)
