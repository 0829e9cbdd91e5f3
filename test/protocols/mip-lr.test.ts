import { expect, test } from 'vitest'
import { ask, find, kindsOf, told } from './ask.ts'

test('000 §III.A, Fig. 3: MIP-LR suffers the same; its registrations do not', () => {
  expect(kindsOf(ask('mip-lr/direct', 'both-move'))).toMatchObject({
    'binding-eventually-correct': 'violated',
    'eventually-reachable-both-ways': 'violated',
    'registrations-eventually-correct': 'holds',
  })
})

test('000 §IV.D, Fig. 8 shows the lucky order: asked before the other has registered, one side is never told', () => {
  const verdict = ask('mip-lr/hlr-initiated', 'both-move')['binding-eventually-correct']!
  expect(verdict.kind).toBe('violated')
  expect(told(verdict).some((text) => /^HLR Update .* is lost/.test(text))).toBe(true)
  // One side only: the other register asks later and is answered rightly.
  expect('reason' in verdict && verdict.reason.split(';')).toHaveLength(1)
})

test('000 §IV.D: revised answers repair it, if the window is long enough', () => {
  for (const scenario of ['both-move', 'both-move-twice', 'both-move-reordered']) {
    expect(kindsOf(ask('mip-lr/revised-answers', scenario))['binding-eventually-correct'], scenario).toBe('holds')
  }
  expect(kindsOf(ask('mip-lr/revised-answers', 'both-move-short-window'))['binding-eventually-correct']).toBe(
    'violated',
  )
})

test('without numbers, updates of one host overtake each other even on links that keep order', () => {
  expect(kindsOf(ask('mip-lr/revised-answers-unnumbered', 'one-moves-twice'))['no-stale-overwrite']).toBe('violated')
  expect(kindsOf(ask('mip-lr/revised-answers', 'one-moves-twice-reordered'))['no-stale-overwrite']).toBe('holds')
})

test('no window is needed where the host that is told answers by its own update', () => {
  for (const scenario of ['both-move', 'both-move-reordered', 'both-move-short-window']) {
    expect(kindsOf(ask('mip-lr/hlr-initiated-resends', scenario)), scenario).toMatchObject({
      'binding-eventually-correct': 'holds',
      'eventually-reachable-both-ways': 'holds',
    })
  }
  // Its twin, and the same rule without a register that tells anybody.
  for (const target of ['mip-lr/hlr-initiated', 'mip-lr/direct-resends']) {
    expect(kindsOf(ask(target, 'both-move'))['binding-eventually-correct'], target).toBe('violated')
  }
})

test('retransmission mends losses where a register asks; sent to the last address alone it mends no double jump', () => {
  for (const target of ['mip-lr/hlr-initiated-retransmitted', 'mip-lr/revised-answers-retransmitted']) {
    for (const scenario of ['both-move', 'both-move-one-loss']) {
      expect(kindsOf(ask(target, scenario))['binding-eventually-correct'], `${target} ${scenario}`).toBe('holds')
    }
  }
  expect(kindsOf(ask('mip-lr/direct-retransmitted', 'one-moves-one-loss'))['binding-eventually-correct']).toBe('holds')
  expect(kindsOf(ask('mip-lr/direct-retransmitted', 'both-move'))['binding-eventually-correct']).toBe('violated')
  expect(kindsOf(ask('mip-lr/revised-answers', 'both-move-one-loss'))['binding-eventually-correct']).toBe('violated')
})

test('a register that crashes comes back with what it has stored, and never with where its host was at first', () => {
  const registrations = (target: string, scenario: string) => ask(target, scenario)['registrations-eventually-correct']!
  const lost = registrations('mip-lr/direct-retransmitted', 'register-crashes')
  expect(lost.kind).toBe('violated')
  expect('reason' in lost && lost.reason).toMatch(/hlr-a does not know where a is/)
  expect(registrations('mip-lr/direct-retransmitted', 'register-crashes-and-keeps').kind).toBe('holds')
  // Without retransmission an update that comes while it is down is gone, whatever it has kept.
  expect(registrations('mip-lr/direct', 'register-crashes-and-keeps').kind).toBe('violated')
})

test('no scenario says that hosts wait for the end of a handoff where a handoff has none', () => {
  const paces = (target: string) => find(target).variant.scenarios.map(({ pace }) => pace)
  expect(paces('mip-lr/direct')).not.toContain('settled')
  expect(paces('mip-lr/direct-retransmitted')).toContain('settled')
})

test('a replica that crashes leaves registers right and queries unanswered', () => {
  for (const scenario of ['replica-crashes', 'replica-crashes-and-keeps']) {
    const verdicts = ask('mip-lr/replicated', scenario)
    expect(kindsOf(verdicts), scenario).toMatchObject({
      'binding-eventually-correct': 'violated',
      'registrations-eventually-correct': 'holds',
    })
    expect(told(verdicts['binding-eventually-correct']!).join('\n'), scenario).toContain('replica-a crashes')
  }
  // It is the crash: without one the same variant holds.
  expect(kindsOf(ask('mip-lr/replicated', 'both-move'))['binding-eventually-correct']).toBe('holds')
})
