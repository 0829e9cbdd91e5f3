import { describe, expect, test } from 'vitest'
import { type AnyStep, keeps, type Law } from './laws.ts'

// Rules of RFC 3261 that the search itself is asked to find broken; beside each, a twin that breaks it.

const acks = (effects: readonly { message?: { kind: string } }[]) =>
  effects.flatMap(({ message }) =>
    message?.kind === 'ACK' ? [message as unknown as { requestUri: string; cseq: number }] : [],
  )

interface Agent {
  readonly server: Answered | null
  readonly earlier: readonly Answered[]
}
interface Answered {
  readonly cseq: number
  readonly response: string
  readonly acknowledged: boolean
}

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
    expect(keeps('sip/direct', 'both-move-one-loss', ['a', 'b'], law, { twin }).kind).toBe('violated')
  })
})

describe('§13.3.1.4: a 2xx is sent again until its own ACK, though a newer INVITE arrives, or is refused', () => {
  const owed = ({ server, earlier }: Agent): readonly number[] =>
    [...earlier, ...(server === null ? [] : [server])]
      .filter(({ response, acknowledged }) => response === '200 OK' && !acknowledged)
      .map(({ cseq }) => cseq)
  const law: Law = (before, event, [next]) =>
    next.ended !== null ||
    owed(before).every((cseq) => owed(next).includes(cseq) || (event.kind === 'ACK' && event.cseq === cseq)) ||
    'forgot a 2xx'
  const twin =
    (step: AnyStep): AnyStep =>
    (state, event) => {
      const [next, effects] = step(state, event)
      return [{ ...next, earlier: [] }, effects]
    }
  test('whatever both do', () => {
    expect(keeps('sip/direct', 'both-move-one-returns', ['a', 'b'], law).kind).toBe('holds')
  })
  test('and is noticed where it does not', () => {
    expect(keeps('sip/direct', 'both-move-one-returns', ['a', 'b'], law, { twin }).kind).toBe('violated')
  })
})

describe('§13.2.2.4: every 2xx is acknowledged, by its own CSeq', () => {
  const law: Law = (before, event, [, effects]) =>
    before.ended !== null ||
    event.kind !== '200 OK' ||
    acks(effects).some(({ cseq }) => cseq === event.cseq) ||
    'left a 2xx without an ACK'
  const twin =
    (step: AnyStep): AnyStep =>
    (state, event) =>
      event.kind === '200 OK' && event.cseq !== state.cseq ? [state, []] : step(state, event)
  test('whatever both do', () => {
    expect(keeps('sip/interceptor', 'one-moves-twice', ['a', 'b'], law, { given: { losses: 1 } }).kind).toBe('holds')
  })
  test('and is noticed where it is not', () => {
    expect(keeps('sip/interceptor', 'one-moves-twice', ['a', 'b'], law, { twin, given: { losses: 1 } }).kind).toBe(
      'violated',
    )
  })
})

describe('§16.7: a proxy passes a 2xx on, also when it has forgotten its INVITE', () => {
  const law: Law = (_, event, [, effects]) => event.kind !== '200 OK' || effects.length === 1 || 'kept a 2xx to itself'
  const twin =
    (step: AnyStep): AnyStep =>
    (state, event) =>
      event.kind === '200 OK' && event.cseq !== state.transaction.invite.cseq ? [state, []] : step(state, event)
  const oneTwice = { moves: { a: ['west-2', 'west-3'], b: ['east-2'] } }
  const servers = ['server-a', 'server-b']
  test('whatever comes', () => {
    expect(keeps('sip/home-proxy-relookup', 'both-move-twice', servers, law, { given: oneTwice }).kind).toBe('holds')
  })
  test('and is noticed where it does not', () => {
    expect(keeps('sip/home-proxy-relookup', 'both-move-twice', servers, law, { twin, given: oneTwice }).kind).toBe(
      'violated',
    )
  })
})

describe('§14.1 (2): no INVITE begins while an own 491 waits for its ACK', () => {
  const refuses = ({ server }: Agent): boolean => server?.response === '491 Request Pending' && !server.acknowledged
  const law: Law = (before, _, [next, effects]) =>
    !refuses(next) ||
    next.cseq === before.cseq ||
    effects.every(({ message }) => message?.kind !== 'INVITE') ||
    'began an INVITE while its 491 had no ACK'
  const twin =
    (step: AnyStep): AnyStep =>
    (state, event) => {
      if (!refuses(state) || event.kind === 'INVITE' || event.kind === 'ACK (error)') return step(state, event)
      const [next, effects] = step({ ...state, server: { ...state.server, acknowledged: true } }, event)
      return [{ ...next, server: next.server === null ? null : state.server }, effects]
    }
  test('whatever both do', () => {
    expect(keeps('sip/direct', 'both-move-one-returns', ['a', 'b'], law).kind).toBe('holds')
  })
  test('and is noticed where one does', () => {
    expect(keeps('sip/direct', 'both-move-one-returns', ['a', 'b'], law, { twin }).kind).toBe('violated')
  })
})

describe('at the detail of 000, all copies of a re-INVITE come from one address: it is the same whichever is answered', () => {
  const servers = ['server-a', 'server-b']
  const law: Law = ({ transaction }, event) =>
    event.kind !== 'INVITE' ||
    transaction?.invite.cseq !== event.cseq ||
    transaction.upstream === event.source ||
    'received copies from two addresses'
  test('whatever both do', () => {
    for (const scenario of ['one-returns', 'both-move-twice']) {
      expect(keeps('sip-paper/relookup-on-retransmit', scenario, servers, law).kind, scenario).toBe('holds')
    }
  })
  test('and is noticed where a new address brings no new CSeq', () => {
    const twin =
      (step: AnyStep): AnyStep =>
      (state, event) =>
        step(state, event.kind === 'INVITE' ? { ...event, cseq: 2 } : event)
    expect(keeps('sip-paper/relookup-on-retransmit', 'one-returns', servers, law, { twin }).kind).toBe('violated')
  })
})
