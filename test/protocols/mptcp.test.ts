import { expect, test } from 'vitest'
import { BINDING, REACH, SESSION } from '../../spec/property-ids.ts'
import { ask, find, kindsOf } from './ask.ts'
import { type AnyStep, keeps, type Law } from './laws.ts'
import { mutate, without } from './mutants/mutate.ts'

const survives = { [BINDING]: 'holds', [REACH]: 'holds', [SESSION]: 'holds' }
const fails = { [BINDING]: 'violated', [REACH]: 'violated', [SESSION]: 'violated' }

test('RFC 8684 §3.2: a host that moves opens a new subflow; two that do so at once are lost', () => {
  for (const scenario of ['one-moves', 'one-moves-twice', 'one-moves-one-loss', 'server-moves']) {
    expect(kindsOf(ask('mptcp/either-joins', scenario)), scenario).toMatchObject(survives)
  }
  expect(kindsOf(ask('mptcp/either-joins', 'both-move'))).toMatchObject(fails)
})

test('§3.1: no subflow is opened to the first address of a host that has set the C flag', () => {
  const law =
    (first: string): Law =>
    (_before, _event, [, effects]) =>
      effects.every((e) => e.message.kind !== 'SYN (MP_JOIN)' || e.to !== first) || `joined ${first}, which denies it`
  // A twin that joins there, as it does without the flag.
  const joins =
    (first: string) =>
    (step: AnyStep): AnyStep =>
    (state, event) => {
      const [next, effects] = step(state, event)
      const syn = { do: 'send', message: { kind: 'SYN (MP_JOIN)', number: next.number }, to: first }
      return [next, event.kind === 'attached' ? [...effects, syn] : effects]
    }
  const cases = { 'join-denied': ['a', 'east-1/b'], 'client-join-denied': ['b', 'west-1/a'] } as const
  for (const [variant, [who, first]] of Object.entries(cases)) {
    const target = `mptcp/${variant}`
    expect(keeps(target, 'both-move', [who], law(first)).kind, variant).toBe('holds')
    expect(keeps(target, 'both-move', [who], law(first), { twin: joins(first) }).kind, variant).toBe('violated')
  }
  expect(keeps('mptcp/join-denied-stable-address', 'both-move', ['a'], law('east-1/b')).kind).toBe('holds')
})

test('so one move is too much for a client whose server has set it, and one of the server where the client has', () => {
  expect(kindsOf(ask('mptcp/client-joins', 'one-moves'))).toMatchObject(survives)
  expect(kindsOf(ask('mptcp/join-denied', 'one-moves'))).toMatchObject(fails)
  expect(kindsOf(ask('mptcp/either-joins', 'server-moves'))).toMatchObject(survives)
  expect(kindsOf(ask('mptcp/client-join-denied', 'server-moves'))).toMatchObject(fails)
  expect(kindsOf(ask('mptcp/client-join-denied', 'one-moves'))).toMatchObject(survives)
})

test('§3.4.1: an announced address that stays repairs it as well as it does without the flag, in every scenario', () => {
  for (const { name } of find('mptcp/stable-address').variant.scenarios) {
    expect(kindsOf(ask('mptcp/join-denied-stable-address', name)), name).toEqual(
      kindsOf(ask('mptcp/stable-address', name)),
    )
  }
  expect(kindsOf(ask('mptcp/join-denied-stable-address', 'both-move-one-loss'))).toMatchObject(survives)
})

test('behind the C flag an overlap needs ADD_ADDR: the new address is told on the subflow that there still is', () => {
  for (const scenario of ['one-moves', 'both-move-brief-overlap', 'both-move-long-overlap', 'both-move-one-loss']) {
    expect(kindsOf(ask('mptcp/join-denied-overlap', scenario)), scenario).toMatchObject(survives)
  }
  const silent = mutate('a', (state, event, step) => {
    const [next, effects] = step(state, event)
    return [next, without('ADD_ADDR')(effects)]
  })
  for (const scenario of ['one-moves', 'both-move-brief-overlap', 'both-move-long-overlap']) {
    expect(kindsOf(ask('mptcp/join-denied-overlap', scenario, { change: silent })), scenario).toMatchObject(fails)
  }
})

test('an overlap of either length survives the double jump', () => {
  for (const scenario of ['both-move-brief-overlap', 'both-move-long-overlap']) {
    expect(kindsOf(ask('mptcp/overlap', scenario)), scenario).toMatchObject(survives)
  }
})
