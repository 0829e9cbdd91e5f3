import { describe, expect, test } from 'vitest'
import { type AnyStep, keeps, type Law } from './laws.ts'

// Rules of RFC 3261 that the search itself is asked to find broken; beside each, a twin that breaks it.

const acks = (effects: readonly { message?: { kind: string } }[]) =>
  effects.flatMap(({ message }) => (message?.kind === 'ACK' ? [message as unknown as { requestUri: string }] : []))

describe('§12.2.1.1: an ACK goes to the remote target as it is now', () => {
  const law: Law = (_, __, [next, effects]) =>
    acks(effects).every(({ requestUri }) => requestUri === next.remoteTarget) ||
    'acknowledged where the peer no longer is'
  /** To the Contact of the 2xx, though that one may be a copy of an old one. */
  const twin =
    (step: AnyStep): AnyStep =>
    (state, event) => {
      const [next, effects] = step(state, event)
      const toContact = effects.map((effect) =>
        effect.message?.kind === 'ACK'
          ? { ...effect, message: { ...effect.message, requestUri: event.contact } }
          : effect,
      )
      return [next, toContact]
    }
  test('whatever both do', () => {
    expect(keeps('sip/direct', 'both-move-one-loss', ['a', 'b'], law).kind).toBe('holds')
  })
  test('and is noticed where it does not', () => {
    expect(keeps('sip/direct', 'both-move-one-loss', ['a', 'b'], law, twin).kind).toBe('violated')
  })
})
