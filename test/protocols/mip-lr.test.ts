import { expect, test } from 'vitest'
import { ask, kindsOf, told } from './ask.ts'

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
