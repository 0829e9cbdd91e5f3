import { describe, expect, test } from 'vitest'
import type { Node } from '../../spec/index.ts'
import { ask, kindsOf } from './ask.ts'
import { type AnyStep, keeps, type Law } from './laws.ts'
import { type Any, mutate } from './mutants/mutate.ts'

// What spec/sip leaves out or leaves open, and what would come of it: its README says so.

const agents = (change: Parameters<typeof mutate>[1]) => (nodes: readonly Node[]) =>
  mutate('b', change)(mutate('a', change)(nodes))

const verdicts = (target: string, scenario: string, change?: (nodes: readonly Node[]) => readonly Node[]) =>
  kindsOf(ask(target, scenario, change === undefined ? {} : { change }))

describe('§12.2.2: the same CSeq on a new branch, which a proxy adds while the host moves', () => {
  /** A copy that did not come where the first one came: the proxy has another target now. */
  const isOnNewBranch = (ua: Any, event: Any): boolean =>
    event.kind === 'INVITE' && ua.ended === null && ua.cameTo?.cseq === event.cseq && ua.cameTo.at !== event.destination

  /** Remembers where an INVITE came to. */
  const noting =
    (onNewBranch: AnyStep | null) =>
    (ua: Any, event: Any, step: AnyStep): ReturnType<AnyStep> => {
      const [next, effects] = (isOnNewBranch(ua, event) ? onNewBranch : null)?.(ua, event) ?? step(ua, event)
      if (event.kind !== 'INVITE' || next.remoteCseq === ua.remoteCseq) return [next, effects]
      return [{ ...next, cameTo: { cseq: event.cseq, at: event.destination } }, effects]
    }
  const twin =
    (step: AnyStep): AnyStep =>
    (ua, event) =>
      noting(null)(ua, event, step)
  const refusing = agents(
    noting((ua, { cseq, source }) => {
      const message = { kind: '500 Server Internal Error', cseq }
      return [ua, [{ do: 'send', message, to: source }]]
    }),
  )

  test('comes only of an INVITE that was accepted: judging it once more would change nothing', () => {
    const law: Law = (ua, event) =>
      !isOnNewBranch(ua, event) || ua.server?.response === '200 OK' || 'had refused the INVITE that comes again'
    for (const variant of ['resend-add-branch-491', 'resend-replace-branch']) {
      expect(keeps(`sip/${variant}`, 'both-move', ['a', 'b'], law, { twin }).kind, variant).toBe('holds')
    }
  })

  test('and it does come', () => {
    const law: Law = (ua, event) => !isOnNewBranch(ua, event) || 'received one'
    expect(keeps('sip/resend-replace-branch', 'both-move', ['a', 'b'], law, { twin }).kind).toBe('violated')
  })

  test('refused by 500 it costs a repair its call when one packet is lost, and nothing without a loss', () => {
    for (const variant of ['resend-replace-branch', 'relookup-on-retransmit-491']) {
      const lost = 'both-move-one-loss'
      expect(verdicts(`sip/${variant}`, lost)['session-survives'], variant).toBe('holds')
      expect(verdicts(`sip/${variant}`, lost, refusing)['session-survives'], variant).toBe('violated')
      expect(verdicts(`sip/${variant}`, 'both-move', refusing), variant).toEqual(
        verdicts(`sip/${variant}`, 'both-move'),
      )
    }
  })
})

describe('§9.1: a user agent that gives up a re-INVITE, cancels it, and asks again when 64*T1 have brought no answer', () => {
  const MOST = 3
  /** CANCEL has no other effect here: nobody sends a provisional response to it but the first proxy, which has no 487 to pass on. */
  const impatient = (nodes: readonly Node[]): readonly Node[] =>
    agents((ua, event, step) => {
      if (event.kind !== 'gives up') return step(ua, event)
      const cancelled = { ...ua, client: null, unannounced: true, backingOff: true, givenUp: (ua.givenUp ?? 0) + 1 }
      return step(cancelled, { kind: 'back-off (last)' })
    })(nodes).map((n) => {
      if (n.name !== 'a' && n.name !== 'b') return n
      const role = n.role as Any
      const armed = (ua: Any) => {
        const waits = ua.ended === null && ua.client?.state === 'proceeding' && (ua.givenUp ?? 0) < MOST
        return [...role.armed(ua), ...(waits ? ['gives up'] : [])]
      }
      const timers = { ...role.timers, 'gives up': { milliseconds: 212_000, source: 'the user, and RFC 3261 §9.1' } }
      return { ...n, role: { ...role, armed, timers } }
    })

  test('only has an end where it would have waited for ever; the call is lost all the same', () => {
    for (const scenario of ['one-moves-twice', 'one-returns']) {
      const waiting = verdicts('sip/home-proxy-rfc', scenario)
      expect(waiting['no-deadlock-with-work-left'], scenario).toBe('violated')
      const all = { ...waiting, 'no-deadlock-with-work-left': 'holds' }
      expect(verdicts('sip/home-proxy-rfc', scenario, impatient), scenario).toEqual(all)
    }
  })
  test('and nothing else changes: a proxy always answers before that', () => {
    for (const variant of ['home-proxy-rfc', 'relookup-replace-branch', 'resend-add-branch-491']) {
      expect(verdicts(`sip/${variant}`, 'both-move', impatient), variant).toEqual(
        verdicts(`sip/${variant}`, 'both-move'),
      )
    }
  })
})
