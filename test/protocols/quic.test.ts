import { expect, test } from 'vitest'
import { BINDING, REACH, SESSION } from '../../spec/property-ids.ts'
import { ask, kindsOf, told } from './ask.ts'
import { keeps, type Law } from './laws.ts'
import { mutate } from './mutants/mutate.ts'

const survives = { [BINDING]: 'holds', [REACH]: 'holds', [SESSION]: 'holds' }
const fails = { [BINDING]: 'violated', [REACH]: 'violated', [SESSION]: 'violated' }
const PREFERRED = 'preferred/b'

/** RFC 9000 §9.1: a packet with any other frame is non-probing. */
const isProbing = (kind: string): boolean =>
  kind.split(', ').every((frame) => ['PATH_CHALLENGE', 'PATH_RESPONSE'].includes(frame))

test('RFC 9000 §9: a client that moves is followed, a server that moves is not', () => {
  for (const scenario of ['one-moves', 'one-moves-twice', 'one-moves-one-loss']) {
    expect(kindsOf(ask('quic/client-migration', scenario)), scenario).toMatchObject(survives)
  }
  for (const scenario of ['server-moves', 'both-move']) {
    expect(kindsOf(ask('quic/client-migration', scenario)), scenario).toMatchObject(fails)
  }
})

test('§9.6.1: with a preferred address that the client turns to at once, the double jump holds, with loss too', () => {
  for (const scenario of [
    'server-moves',
    'both-move',
    'both-move-one-loss',
    'both-move-fair-loss',
    'both-move-twice',
  ]) {
    expect(kindsOf(ask('quic/preferred-address', scenario)), scenario).toMatchObject(survives)
  }
})

test('§9.6.2: nothing but probing packets comes from the preferred address before the client has turned to it', () => {
  const law: Law = (before, event, [, effects]) =>
    effects.every((e) => e.from !== PREFERRED || isProbing(e.message.kind)) ||
    before.from === PREFERRED ||
    event.kind === 'data, PATH_RESPONSE' ||
    'sent data from its preferred address first'
  for (const variant of ['preferred-address', 'preferred-address-on-move', 'preferred-address-two-ids']) {
    expect(keeps(`quic/${variant}`, 'both-move', ['b'], law).kind, variant).toBe('holds')
  }
  const sendsFirst = keeps('quic/preferred-address', 'both-move', ['b'], law, {
    twin: (step) => (state, event) => {
      const [next, effects] = step(state, event)
      return [next, event.kind === 'attached' ? effects.map((e) => ({ ...e, from: PREFERRED })) : effects]
    },
  })
  expect(sendsFirst.kind).toBe('violated')
})

test('§9.6.2: so a server that moves before the client has turned is lost; one that sent first, to a client that took it, would not be', () => {
  for (const scenario of ['server-moves', 'both-move']) {
    expect(kindsOf(ask('quic/preferred-address-on-move', scenario)), scenario).toMatchObject(fails)
  }
  const serverFirst = mutate('b', (state, event, step) => {
    const [next, effects] = step(state, event)
    const first = event.kind === 'attached' && state.from === null
    return first ? [{ ...next, from: PREFERRED }, effects.map((e) => ({ ...e, from: PREFERRED }))] : [next, effects]
  })
  const clientTakes = mutate('a', (state, event, step) =>
    step(event.source === PREFERRED ? { ...state, probing: { tries: 0 } } : state, event),
  )
  const asked = (change: typeof serverFirst) =>
    kindsOf(ask('quic/preferred-address-on-move', 'server-moves', { change }))
  expect(asked((nodes) => clientTakes(serverFirst(nodes)))).toMatchObject(survives)
  // §9.6: the client discards what comes from there, so that it takes both.
  expect(asked(serverFirst)).toMatchObject({ [REACH]: 'violated' })
})

test('§9.5: without an unused connection ID a client that moves again, before it has got another, can send nothing', () => {
  for (const variant of ['client-migration-two-ids', 'client-migration-ids-run-out']) {
    expect(kindsOf(ask(`quic/${variant}`, 'one-moves')), variant).toMatchObject(survives)
    expect(kindsOf(ask(`quic/${variant}`, 'one-moves-twice')), variant).toMatchObject(fails)
  }
  const steps = told(ask('quic/client-migration-two-ids', 'one-moves-twice')[BINDING]!)
  expect(steps.some((text) => text.includes('from west-3/a'))).toBe(false)
  const reuses = mutate('a', (state, event, step) =>
    step(event.kind === 'attached' ? { ...state, ids: { ...state.ids, unused: 1 } } : state, event),
  )
  expect(kindsOf(ask('quic/client-migration-two-ids', 'one-moves-twice', { change: reuses }))).toMatchObject(survives)
})

test('§9.5, §9.6: turning to the preferred address spends a connection ID; with two a single move then breaks it, three suffice', () => {
  for (const scenario of ['one-moves', 'both-move']) {
    expect(kindsOf(ask('quic/preferred-address-two-ids', scenario)), scenario).toMatchObject(fails)
    expect(kindsOf(ask('quic/preferred-address-three-ids', scenario)), scenario).toMatchObject(survives)
  }
  expect(kindsOf(ask('quic/preferred-address-three-ids', 'one-moves-twice'))).toMatchObject(fails)
})

test('§9, §18.2: disable_active_migration ends the connection of a client that moves, unless there is a preferred address', () => {
  expect(kindsOf(ask('quic/migration-disabled', 'one-moves'))).toMatchObject(fails)
  const law: Law = (_before, _event, [next, effects]) =>
    next.here === 'west-1/a' ||
    effects.every((e) => e.to !== 'east-1/b') ||
    'sent to the address of the handshake from another'
  for (const scenario of ['one-moves', 'both-move', 'both-move-one-loss']) {
    const target = 'quic/preferred-address-migration-disabled'
    expect(kindsOf(ask(target, scenario)), scenario).toMatchObject(survives)
    expect(keeps(target, scenario, ['a'], law).kind, scenario).toBe('holds')
  }
  // Its twin, without the parameter, does what the law forbids.
  expect(keeps('quic/preferred-address', 'one-moves', ['a'], law).kind).toBe('violated')
})

test('between peers an overlap of either length survives the double jump', () => {
  for (const scenario of ['both-move-brief-overlap', 'both-move-long-overlap']) {
    expect(kindsOf(ask('quic/peer-to-peer-overlap', scenario)), scenario).toMatchObject(survives)
  }
  expect(kindsOf(ask('quic/peer-to-peer', 'both-move'))).toMatchObject(fails)
})
