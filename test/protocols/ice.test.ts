import { describe, expect, test } from 'vitest'
import { networkOf } from '../../spec/index.ts'
import { ask, kindsOf } from './ask.ts'
import { type AnyStep, keeps, type Law } from './laws.ts'

const lost = { 'binding-eventually-correct': 'violated', 'eventually-reachable-both-ways': 'violated' }
const found = { 'binding-eventually-correct': 'holds', 'eventually-reachable-both-ways': 'holds' }

describe('RFC 8656 §2: an allocation belongs to a five-tuple', () => {
  test('so that relays help a double jump as little as addresses of one’s own', () => {
    expect(kindsOf(ask('ice/relayed-five-tuple', 'one-moves'))).toMatchObject(found)
    for (const variant of ['unanchored', 'relayed-five-tuple'])
      expect(kindsOf(ask(`ice/${variant}`, 'both-move')), variant).toMatchObject(lost)
  })

  test('unless RFC 8016 holds: then a relay is an anchor, and there is nothing to signal', () => {
    for (const scenario of ['both-move', 'both-move-twice', 'both-move-one-loss', 'both-move-fair-loss'])
      expect(kindsOf(ask('ice/relayed-mobility', scenario)), scenario).toMatchObject(found)
  })

  test('or the signalling is anchored', () => {
    for (const scenario of ['both-move', 'both-move-one-loss', 'both-move-fair-loss'])
      expect(kindsOf(ask('ice/relayed-five-tuple-anchored', scenario)), scenario).toMatchObject(found)
  })
})

describe('RFC 8656 §9: a permission is to an IP address', () => {
  test('so that a peer without a relay is lost by its first move, unless its offer goes another way', () => {
    expect(kindsOf(ask('ice/one-relayed-mobility', 'one-moves'))).toMatchObject(found)
    expect(kindsOf(ask('ice/one-relayed-mobility', 'other-moves'))).toMatchObject(lost)
    for (const scenario of ['other-moves', 'both-move', 'both-move-twice'])
      expect(kindsOf(ask('ice/one-relayed-mobility-anchored', scenario)), scenario).toMatchObject(found)
  })

  /** Whatever a server passes on to its client comes from an IP address that the allocation lets through. */
  const permitted: Law = (before, event, [, effects]) => {
    if (event.destination !== 'turn-a/relay-0' || effects.length === 0) return true
    return before[0].permissions.includes(networkOf(event.source)) || `let something through from ${event.source}`
  }

  test('a server lets nothing else through', () => {
    const target = ['ice/one-relayed-mobility', 'other-moves', ['turn-a'], permitted] as const
    expect(keeps(...target).kind).toBe('holds')
    const twin =
      (step: AnyStep): AnyStep =>
      (state, event) =>
        step(
          { 0: { ...state[0], permissions: [...state[0].permissions, networkOf(event.source ?? 'no/where')] } },
          event,
        )
    expect(keeps(...target, { twin }).kind).toBe('violated')
  })
})
