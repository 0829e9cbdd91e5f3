import { expect, test } from 'vitest'
import { mobilityAgent } from '../../spec/sims/agent.ts'
import { ask, told } from './ask.ts'

const envelope = { source: 'west-2/ma', destination: 'west-1/ma', hops: 8 } as const
const request = (relay: string, number: number) =>
  ({
    kind: 'RelayRequest',
    address: 'west-1/a',
    credential: { of: 'west-1/a', for: null },
    relay,
    number,
    ...envelope,
    source: relay,
  }) as const

test('an agent says that a relay may stop until that relay says that it has', () => {
  const origin = mobilityAgent({ network: 'west-1', numbered: true, credentials: 'none' })
  const [first] = origin.step(origin.start, request('west-2/ma', 1))
  expect(origin.armed!(first)).toEqual([])
  const [moved, sent] = origin.step(first, request('west-3/ma', 2))
  const stop = expect.objectContaining({
    message: { kind: 'RelayStop', address: 'west-1/a', number: 2 },
    to: 'west-2/ma',
  })
  expect(sent).toContainEqual(stop)
  expect(origin.step(moved, { kind: 'stop retry' })[1]).toEqual([stop])
  const [done] = origin.step(moved, { kind: 'RelayStopAck', address: 'west-1/a', number: 2, ...envelope })
  expect(origin.armed!(done)).toEqual([])
})

test('a lost RelayStop leaves no relay behind', () => {
  expect(ask('sims/credentials', 'one-moves-twice-one-loss')['no-relay-is-left-behind']?.kind).toBe('holds')
})

test('an intruder takes the sessions over by what it saw, and by nothing before', () => {
  const hijack = ask('sims/credentials', 'one-moves-on-attacker-was-visited')['no-hijack']!
  expect(hijack.kind).toBe('violated')
  const steps = told(hijack)
  const saw = steps.findIndex((step) => step.includes('overhears Attach'))
  expect(saw).toBeGreaterThan(0)
  expect(steps.findIndex((step) => step.includes('request fires at eve'))).toBeGreaterThan(saw)
})

// What a bound credential is good for does not change when it is sent again: the relay is the one that the host asked for.
test('a bound credential that is replayed takes nothing over', () => {
  for (const scenario of ['both-move-attacker-was-visited', 'one-moves-on-attacker-was-visited']) {
    const verdicts = ask('sims/bound-credentials', scenario)
    expect(verdicts['no-hijack']?.kind).toBe('holds')
    expect(verdicts['binding-eventually-correct']?.kind).toBe('holds')
  }
})
