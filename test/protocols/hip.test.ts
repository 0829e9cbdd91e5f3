import { expect, test } from 'vitest'
import { ask, kindsOf, told } from './ask.ts'

test('RFC 8046 §3.2: one host that moves, even twice in quick succession, is followed', () => {
  for (const scenario of ['one-moves', 'one-moves-twice', 'one-moves-one-loss']) {
    expect(kindsOf(ask('hip/direct', scenario)), scenario).toMatchObject({
      'binding-eventually-correct': 'holds',
      'session-survives': 'holds',
    })
  }
})

test('§3.2.3: without a rendezvous server a double jump closes the association', () => {
  const verdicts = ask('hip/direct', 'both-move')
  expect(kindsOf(verdicts)).toMatchObject({ 'binding-eventually-correct': 'violated', 'session-survives': 'violated' })
  expect(told(verdicts['session-survives']!).some((text) => /^UPDATE \(LOCATOR_SET\).* is lost/.test(text))).toBe(true)
  expect(told(verdicts['session-survives']!).pop()).toMatch(/^UPDATE time-out fires/)
})

test('§3.2.3: with one, in parallel or when sent again, it holds, also with loss, fair loss and reordering', () => {
  for (const variant of ['hip/rvs-when-sent-again', 'hip/rvs-in-parallel']) {
    for (const scenario of ['both-move', 'both-move-one-loss', 'both-move-fair-loss', 'both-move-reordered']) {
      expect(kindsOf(ask(variant, scenario)), `${variant} ${scenario}`).toMatchObject({
        'binding-eventually-correct': 'holds',
        'session-survives': 'holds',
      })
    }
  }
})

test('it leans on registrations that arrive before the last try', () => {
  expect(kindsOf(ask('hip/rvs-in-parallel', 'both-move-eager'))['session-survives']).toBe('violated')
})

test('RFC 7401 §6.11: an echo request that is never answered closes the association too', () => {
  const verdict = ask('hip/rvs-in-parallel', 'one-moves-tries-spent')['session-survives']!
  expect(verdict.kind).toBe('violated')
  expect(told(verdict).pop()).toMatch(/^UPDATE time-out fires at b/)
  expect(kindsOf(ask('hip/rvs-in-parallel', 'one-moves'))['session-survives']).toBe('holds')
})
