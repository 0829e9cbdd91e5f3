import { checksOf, matchers, variantOf } from 'doublejump/vitest'
import { expect, test } from 'vitest'
import protocol from './protocol.ts'

expect.extend(matchers)

test('unpatched, a double jump breaks it: two moves, and the network loses nothing', () => {
  expect(variantOf(protocol, 'unpatched')).toViolate('binding-eventually-correct', { moves: 2, faults: 0 })
})

// Everything that the repair says of itself: each property in each scenario.
for (const check of checksOf(protocol))
  if (check.target.variant.repairs) test(check.title, () => expect(check).toComeOutAsExpected())
