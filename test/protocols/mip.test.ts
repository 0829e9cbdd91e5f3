import { expect, test } from 'vitest'
import { ask, kindsOf } from './ask.ts'

const variants = ['mip/co-located', 'mip/foreign-agent']

test('000 §III.A: MIP does not have a problem with simultaneous mobility', () => {
  for (const variant of variants) {
    for (const scenario of [
      'both-move',
      'both-move-twice',
      'both-move-one-loss',
      'both-move-fair-loss',
      'both-move-reordered',
    ]) {
      expect(kindsOf(ask(variant, scenario)), `${variant} ${scenario}`).toMatchObject({
        'binding-eventually-correct': 'holds',
        'eventually-reachable-both-ways': 'holds',
        'no-stale-overwrite': 'holds',
        'no-forwarding-loop': 'holds',
      })
    }
  }
})

test('RFC 5944 §3.6.1.2: a host that returns home deregisters, and is reached there', () => {
  for (const variant of variants) {
    expect(kindsOf(ask(variant, 'one-returns-home'))['eventually-reachable-both-ways']).toBe('holds')
  }
})

test('what it leans on: registrations that are sent again, and a home agent that remembers', () => {
  for (const variant of variants) {
    expect(kindsOf(ask(variant, 'both-move-no-retransmission'))['eventually-reachable-both-ways']).toBe('violated')
    expect(kindsOf(ask(variant, 'home-agent-crashes'))['eventually-reachable-both-ways']).toBe('violated')
    expect(kindsOf(ask(variant, 'home-agent-crashes-lifetimes'))['eventually-reachable-both-ways']).toBe('holds')
  }
})

test('a home agent that has crashed takes an old registration for a new one', () => {
  expect(kindsOf(ask('mip/co-located', 'home-agent-crashes-lifetimes'))['no-stale-overwrite']).toBe('violated')
})

test('RFC 5944 §2.3.2: a foreign agent that has crashed is mended by its next advertisement, and until then it is not', () => {
  const verdicts = (scenario: string) => kindsOf(ask('mip/foreign-agent', scenario))
  expect(verdicts('foreign-agent-crashes')['eventually-reachable-both-ways']).toBe('violated')
  expect(verdicts('foreign-agent-crashes-advertises')).toMatchObject({
    'eventually-reachable-both-ways': 'holds',
    'data-sent-when-quiet-arrive': 'violated',
  })
})
