import { describe, expect, test } from 'vitest'
import { eventuallyAlways, type Property } from '../../checker/property.ts'
import { type Checked, predicate } from '../../properties/index.ts'
import type { Party } from '../../spec/sip-setup/party.ts'
import { ask, kindsOf, told } from './ask.ts'
import { type AnyStep, keeps, type Law } from './laws.ts'
import { mutate, without } from './mutants/mutate.ts'

// Setting up a call while both ends move: RFC 3261 §13 to §15, and what paper 000 leaves open.

const sent = (effects: readonly { message?: { kind: string; cseq?: number } }[], kind: string) =>
  effects.flatMap(({ message }) => (message?.kind === kind ? [message] : []))

describe('§14.1: the caller begins no INVITE while its own is under way, and refuses the one of the callee (§14.2)', () => {
  const law: Law = (before, event, [, effects]) => {
    if (before.call !== 'calling') return true
    if (sent(effects, 'INVITE').some(({ cseq }) => cseq !== 1) && event.kind !== '200 OK')
      return 'began a second INVITE'
    return event.kind !== 'INVITE' || sent(effects, '491 Request Pending').length === 1 || 'did not refuse an INVITE'
  }
  const twin =
    (step: AnyStep): AnyStep =>
    (state, event) =>
      state.call === 'calling' && event.kind === 'INVITE' ? [state, []] : step(state, event)
  test('whatever both do', () => {
    expect(keeps('sip-setup/relookup', 'both-move', ['a'], law).kind).toBe('holds')
  })
  test('and is noticed where it does not', () => {
    expect(keeps('sip-setup/relookup', 'both-move', ['a'], law, { twin }).kind).toBe('violated')
  })
})

test('§14.1, §17.2.1: the callee says where it is before the ACK of its 2xx, and is found', () => {
  const scenario = 'callee-moves'
  expect(kindsOf(ask('sip-setup/relookup', scenario))).toMatchObject({
    'the-call-is-set-up': 'holds',
    'session-survives': 'holds',
    'eventually-reachable-both-ways': 'holds',
  })
  // Where the server looks up once, the INVITE itself is lost: nobody could say anything.
  expect(kindsOf(ask('sip-setup/plain', scenario))['the-call-is-set-up']).toBe('violated')
})

describe('§13.3.1.4, §15: a callee whose 2xx is never acknowledged hangs up, and so does its peer', () => {
  const id = 'neither end is left in the call'
  const more = (checked: Checked): Property[] => [
    {
      id,
      ...eventuallyAlways(
        predicate(checked, id, (view) => {
          const [a, b] = [view.state<Party>('a'), view.state<Party>('b')]
          return (a.call === 'set up' && b.ended !== null) || (b.call === 'set up' && a.ended !== null)
            ? 'one end goes on with a call that the other has ended'
            : true
        }),
      ),
    },
  ]
  test('by a BYE', () => {
    const verdicts = kindsOf(ask('sip-setup/plain', 'both-move', { more }))
    expect(verdicts).toMatchObject({ 'session-survives': 'violated', [id]: 'holds' })
    const steps = told(ask('sip-setup/interceptor', 'one-moves-one-loss')['session-survives']!)
    expect(steps.at(-1)).toBe('no ACK fires at b')
  })
  test('and its peer goes on for ever where it hangs up without one', () => {
    const change = mutate('b', (state, event, step) => {
      const [next, effects] = step(state, event)
      return [{ ...next, dialog: { ...next.dialog, bye: null } }, without('BYE')(effects)]
    })
    expect(kindsOf(ask('sip-setup/plain', 'both-move', { change, more }))[id]).toBe('violated')
  })
  test('one that is lost is sent again', () => {
    expect(kindsOf(ask('sip-setup/relookup', 'both-move-one-loss', { more }))[id]).toBe('holds')
    const once = mutate('b', (state, event, step) => {
      const [next, effects] = step(state, event)
      return [{ ...next, dialog: { ...next.dialog, bye: null } }, effects]
    })
    expect(kindsOf(ask('sip-setup/relookup', 'both-move-one-loss', { change: once, more }))[id]).toBe('violated')
  })
})

test('§9.1, §17.1.1.2: a caller that has heard 100 Trying waits for ever when its answer is lost', () => {
  const steps = told(ask('sip-setup/plain', 'one-moves')['no-deadlock-with-work-left']!)
  expect(steps.some((text) => text.startsWith('a receives 100 Trying'))).toBe(true)
  expect(steps.at(-1)).toBe('Timer F fires at b')
})

describe('000 does not say which copy of an INVITE is answered, and it decides', () => {
  const verdict = (variant: string, scenario: string) =>
    kindsOf(ask(`sip-setup/${variant}`, scenario))['the-call-is-set-up']
  test('a caller that moves alone is found if the last copy is, and not if the first is', () => {
    for (const variant of ['paper-plain', 'paper-relookup']) {
      for (const scenario of ['one-moves', 'one-moves-twice', 'one-returns']) {
        expect(verdict(variant, scenario), `${variant} ${scenario}`).toBe('holds')
        expect(verdict(`${variant}-first-copy`, scenario), `${variant} ${scenario}`).toBe('violated')
      }
    }
  })
  test('with Interceptors it decides only where one packet is lost', () => {
    for (const scenario of ['one-moves', 'both-move', 'one-moves-twice', 'both-move-reordered']) {
      expect(verdict('paper-interceptor-first-copy', scenario), scenario).toBe('holds')
    }
    expect(verdict('paper-interceptor', 'one-moves-one-loss')).toBe('holds')
    expect(verdict('paper-interceptor-first-copy', 'one-moves-one-loss')).toBe('violated')
  })
  test('a double jump is lost either way', () => {
    for (const variant of ['paper-plain', 'paper-relookup']) {
      expect(verdict(variant, 'both-move'), variant).toBe('violated')
      expect(verdict(`${variant}-first-copy`, 'both-move'), variant).toBe('violated')
    }
  })
})

test('§12.2.2: to the letter, a re-INVITE that overtakes 180 and 200 is of no dialog, and its 481 ends the call', () => {
  const toTheLetter = mutate('a', (state, event, step) => {
    if (event.kind === 'INVITE' && state.call === 'calling' && state.early !== true) {
      const kind = '481 Call/Transaction Does Not Exist'
      return [state, [{ do: 'send', message: { kind, cseq: event.cseq }, to: event.source }]]
    }
    const [next, effects] = step(state, event)
    return [event.kind === '180 Ringing' || state.early === true ? { ...next, early: true } : next, effects]
  })
  const asked = (change?: typeof toTheLetter) =>
    kindsOf(ask('sip-setup/relookup', 'callee-moves', change === undefined ? {} : { change }))['session-survives']
  expect(asked()).toBe('holds')
  expect(asked(toTheLetter)).toBe('violated')
})
