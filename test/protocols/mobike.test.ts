import { describe, expect, test } from 'vitest'
import { ask, kindsOf, told } from './ask.ts'

const [BINDING, REACH, SESSION] = [
  'binding-eventually-correct',
  'eventually-reachable-both-ways',
  'session-survives',
] as const

describe('RFC 4555 §3.6: a responder that moves tells it by an exchange of its own', () => {
  test('which the initiator follows, and says so by an update; strongSwan follows and says nothing', () => {
    for (const variant of ['single-homed', 'silent-initiator'])
      for (const scenario of ['responder-moves', 'responder-moves-twice'])
        expect(kindsOf(ask(`mobike/${variant}`, scenario)), `${variant} ${scenario}`).toMatchObject({
          [BINDING]: 'holds',
          [SESSION]: 'holds',
          'no-stale-overwrite': 'holds',
        })
  })

  test('neither survives a double jump, although the initiator may be back before anybody gives up', () => {
    for (const variant of ['single-homed', 'silent-initiator'])
      for (const scenario of ['both-move', 'both-move-one-returns'])
        expect(kindsOf(ask(`mobike/${variant}`, scenario))[SESSION], `${variant} ${scenario}`).toBe('violated')
  })
})

describe('RFC 7296 §2.4: a dead IKE SA is made anew, by the name of the responder', () => {
  test('data flow again after a double jump, also with a loss and reordering; the old SA is gone', () => {
    for (const scenario of ['both-move', 'both-move-twice', 'both-move-one-loss', 'both-move-reordered'])
      expect(kindsOf(ask('mobike/re-established-by-name', scenario)), scenario).toMatchObject({
        [BINDING]: 'holds',
        [REACH]: 'holds',
        [SESSION]: 'violated',
      })
  })

  test('an initiator that has nothing to send does not notice that the responder has given up', () => {
    const verdict = ask('mobike/re-established-by-name', 'both-move-fair-loss')[REACH]!
    expect(verdict.kind).toBe('violated')
    expect(told(verdict)).toContainEqual(expect.stringMatching(/^IKE SA time-out fires at b/))
    expect(told(verdict)).not.toContainEqual(expect.stringMatching(/^IKE SA time-out fires at a/))
  })

  test('one host that moves needs no new SA', () => {
    for (const scenario of ['one-moves', 'responder-moves', 'one-moves-twice', 'one-moves-one-loss'])
      expect(kindsOf(ask('mobike/re-established-by-name', scenario))[SESSION], scenario).toBe('holds')
  })
})

test('of make before break, a brief overlap is enough, and so is a long one', () => {
  for (const scenario of ['both-move-brief-overlap', 'both-move-long-overlap'])
    expect(kindsOf(ask('mobike/overlap', scenario)), scenario).toMatchObject({ [REACH]: 'holds', [SESSION]: 'holds' })
})
