import { expect, test } from 'vitest'
import type { Effect } from '../../spec/index.ts'
import { type HomeAgent, homeAgent } from '../../spec/mipv6/home-agent.ts'
import type { Mipv6Message } from '../../spec/mipv6/messages.ts'
import { mobileNode } from '../../spec/mipv6/mobile-node.ts'
import type { MobileNode, MobileNodeSettings } from '../../spec/mipv6/mobile-node-state.ts'
import { ask, kindsOf, told } from './ask.ts'

test('004 Fig. 1 is found: both return routability procedures hang', () => {
  const verdicts = ask('mipv6/ro-seed', 'both-move')
  expect(kindsOf(verdicts)).toMatchObject({
    'binding-eventually-correct': 'violated',
    'eventually-reachable-both-ways': 'violated',
    'both-return-routabilities-hang': 'holds',
  })
  const steps = told(verdicts['both-return-routabilities-hang']!).join('\n')
  for (const [message, address] of [
    ['HoTI', 'east-1/b'],
    ['CoTI', 'east-1/b'],
    ['HoTI', 'west-1/a'],
    ['CoTI', 'west-1/a'],
  ]) {
    expect(steps).toContain(`${message} to ${address} is lost`)
  }
})

test('004 Fig. 3 is found: return routability completes, the Binding Update is lost, and the other side hangs', () => {
  const verdict = ask('mipv6/ro-seed', 'both-move')['an-update-is-lost-after-return-routability']!
  expect(verdict.kind).toBe('holds')
  expect(told(verdict).some((text) => /^BU .* is lost/.test(text))).toBe(true)
  expect(told(verdict).some((text) => text.includes('receives HoT'))).toBe(true)
})

test('004 §III.C: the same with expedited return routability', () => {
  expect(kindsOf(ask('mipv6/ro-seed-expedited', 'both-move'))).toMatchObject({
    'binding-eventually-correct': 'violated',
    'both-return-routabilities-hang': 'holds',
    'an-update-is-lost-after-return-routability': 'holds',
  })
})

test('RFC 6275 §6.1.1, §11.8: signalling to the home address, sent again, has no problem with simultaneous mobility', () => {
  for (const scenario of ['both-move', 'both-move-one-loss', 'both-move-fair-loss', 'both-move-reordered']) {
    expect(kindsOf(ask('mipv6/ro-rfc', scenario)), scenario).toMatchObject({
      'binding-eventually-correct': 'holds',
      'eventually-reachable-both-ways': 'holds',
    })
  }
})

test('the reason: it is the retransmission that mends the last leg', () => {
  const verdicts = ask('mipv6/ro-rfc', 'both-move-no-retransmission')
  expect(kindsOf(verdicts)['binding-eventually-correct']).toBe('violated')
  expect(
    told(verdicts['binding-eventually-correct']!).some((text) =>
      /^tunnel\[.*\] to (east|west)-1\/[ab] is lost/.test(text),
    ),
  ).toBe(true)
})

test('RFC 6275 §12: after 420 s the bindings run out, and data and bindings are right again even in ro-seed', () => {
  expect(kindsOf(ask('mipv6/ro-seed', 'both-move-lifetimes-expire'))).toMatchObject({
    'binding-eventually-correct': 'holds',
    'eventually-reachable-both-ways': 'holds',
  })
})

test('bidirectional tunnelling has no problem: the home agents stay where they are', () => {
  for (const scenario of ['both-move', 'both-move-twice', 'both-move-fair-loss']) {
    expect(kindsOf(ask('mipv6/tunnel', scenario))).toMatchObject({
      'eventually-reachable-both-ways': 'holds',
      'no-forwarding-loop': 'holds',
    })
  }
})

test('004 §IV.B, §IV.C: each repair mends without any retransmission, as long as its agents remember long enough', () => {
  for (const variant of ['stationary-proxies-expedited', 'home-address', 'home-address-expedited']) {
    expect(kindsOf(ask(`mipv6/${variant}`, 'both-move-no-retransmission')), variant).toMatchObject({
      'binding-eventually-correct': 'holds',
      'no-deadlock-with-work-left': 'holds',
    })
  }
  expect(
    kindsOf(ask('mipv6/home-address-expedited', 'both-move-short-proxy-timers'))['binding-eventually-correct'],
  ).toBe('violated')
})

test('004 §IV.C: one upgraded home agent is enough with full return routability, and not with expedited', () => {
  const full = ask('mipv6/home-address-one-agent', 'both-move-no-retransmission')
  expect(full['binding-eventually-correct']?.kind).toBe('holds')
  const expedited = ask('mipv6/home-address-one-agent-expedited', 'both-move-no-retransmission')
  expect(expedited['binding-eventually-correct']?.kind).toBe('violated')
  // b is right about nothing: a's CoTI overtook b's home registration on its way to b's own home agent.
  expect(
    told(expedited['binding-eventually-correct']!).some((text) => text.startsWith('tunnel[CoTI] to east-1/b is lost')),
  ).toBe(true)
})

test('one upgraded agent is enough with expedited tests too, if one node waits for its agent or the other trusts what it has heard', () => {
  for (const scenario of ['both-move-no-retransmission', 'both-move-reordered-no-retransmission']) {
    const binding = (variant: string) => kindsOf(ask(`mipv6/${variant}`, scenario))['binding-eventually-correct']
    expect(binding('home-address-one-agent-expedited'), scenario).toBe('violated')
    expect(binding('home-address-one-agent-expedited-awaits-home'), scenario).toBe('holds')
    expect(binding('home-address-one-agent-expedited-to-care-of'), scenario).toBe('holds')
  }
})

test('a forwarder that keeps what comes too early needs no retransmission, and one that does not does', () => {
  const kinds = (variant: string) => kindsOf(ask(`mipv6/${variant}`, 'both-move-no-retransmission'))
  expect(kinds('forwarding-expedited')).toMatchObject({
    'binding-eventually-correct': 'violated',
    'no-deadlock-with-work-left': 'violated',
  })
  expect(kinds('forwarding-buffered-expedited')).toMatchObject({
    'binding-eventually-correct': 'holds',
    'no-deadlock-with-work-left': 'holds',
  })
  // The entry itself may be lost: nothing acknowledges it.
  const lost = ask('mipv6/forwarding-buffered-expedited', 'both-move-fair-loss')['binding-eventually-correct']!
  expect(lost.kind).toBe('violated')
  expect(told(lost).some((text) => text.startsWith('the network loses Forward'))).toBe(true)
})

test('a quick return is a move: re-forwarding that compares addresses misses it', () => {
  const scenario = 'both-move-one-returns-no-retransmission'
  const verdicts = ask('mipv6/home-address-expedited-by-address', scenario)
  expect(kindsOf(verdicts)).toMatchObject({
    'binding-eventually-correct': 'violated',
    'no-deadlock-with-work-left': 'violated',
    // The home agents themselves are right: it is what they were to send on that is missing.
    'registrations-eventually-correct': 'holds',
  })
  expect(
    told(verdicts['binding-eventually-correct']!).some((text) => text.startsWith('tunnel[CoTI] to west-1/a is lost')),
  ).toBe(true)
  // Neither the double jump nor a return of one host alone shows it.
  for (const other of ['both-move-no-retransmission', 'one-returns']) {
    expect(kindsOf(ask('mipv6/home-address-expedited-by-address', other))['binding-eventually-correct'], other).toBe(
      'holds',
    )
  }
})

const atHomeAgent = homeAgent({
  home: 'home-a/a',
  start: 'west-1/a',
  peerAgent: 'home-b/ha',
  reForwards: false,
  movedBy: 'registration',
  answers: 'at once',
  timesEach: false,
  stableStorage: false,
})

test('RFC 6275 §10.4.5: a home agent sends on what its mobile node tunnels from where it has registered, and nothing else', () => {
  const inner = { source: 'home-a/a', destination: 'home-b/b', hops: 8, message: { kind: 'data' } } as const
  const sentOn = (source: string, state: HomeAgent = atHomeAgent.start) =>
    atHomeAgent.step(state, { kind: 'tunnel', inner, source, destination: 'home-a/ha', hops: 8 })[1].length
  expect(sentOn('west-1/a')).toBe(1)
  expect(sentOn('west-2/a')).toBe(0)
  expect(sentOn('south/eve')).toBe(0)
  // The attacker has no other way, so that it comes to nothing; no verdict of a double jump turns on the check.
  expect(kindsOf(ask('mipv6/ro-rfc', 'attacker-behind-ingress-filter'))).toMatchObject({
    'no-home-agent-helps-to-forge': 'holds',
    'no-hijack': 'holds',
  })
})

const ofA: MobileNodeSettings = {
  name: 'a',
  start: 'west-1/a',
  home: 'home-a/a',
  homeAgent: 'home-a/ha',
  peer: { name: 'b', start: 'east-1/b', home: 'home-b/b' },
  signalling: 'home',
  expedited: false,
  retransmissions: 'unlimited',
}

test('RFC 6275 §11.8: tests that are sent again have new cookies, and an answer to older ones is not taken', () => {
  const role = mobileNode(ofA)
  const [attached] = role.step(role.start, { kind: 'attached', address: 'west-2/a' })
  const [retried] = role.step(attached, { kind: 'RR retransmission' })
  const answeredTo = (cookie: number): MobileNode => {
    const token = { by: 'b', coa: 'west-2/a' }
    const event = { kind: 'CoT', token, cookie, source: 'home-b/b', destination: 'west-2/a', hops: 8 } as const
    return role.step(retried, event)[0]
  }
  expect(retried.cookie).not.toBe(attached.cookie)
  expect(answeredTo(attached.cookie)).toEqual(retried)
  expect(answeredTo(retried.cookie).registration?.coToken).not.toBeNull()
})

test('a peer that is back has moved too: its update is answered by a resend, once for each of its registrations', () => {
  const scenario = 'both-move-peer-returns-no-retransmission'
  const binding = (variant: string) => kindsOf(ask(`mipv6/${variant}`, scenario))['binding-eventually-correct']
  expect(binding('home-address-one-agent-expedited-awaits-home')).toBe('holds')
  expect(binding('home-address-one-agent-expedited-awaits-home-by-address')).toBe('violated')
  // No verdict of a double jump without a return turns on it.
  expect(
    kindsOf(ask('mipv6/home-address-one-agent-expedited-awaits-home-by-address', 'both-move-no-retransmission')),
  ).toMatchObject({ 'binding-eventually-correct': 'holds' })
})

test('a registration that is begun again keeps its number, so that two of them do not begin each other again for ever', () => {
  const role = mobileNode({ ...ofA, expedited: true, resendsOnPeerUpdate: true })
  const around = { source: 'home-b/b', destination: 'west-2/a', hops: 8 }
  const token = { by: 'b', coa: 'west-2/a' }
  const tested = (mn: MobileNode) => role.step(mn, { kind: 'CoT', token, cookie: mn.cookie, ...around })
  const updates = (effects: readonly Effect<Mipv6Message>[]) =>
    effects.flatMap((effect) => (effect.do === 'send' && effect.message.kind === 'BU' ? [effect.message.seq] : []))
  const tokens = {
    homeToken: { by: 'a', home: 'home-b/b', nonce: 0 },
    coToken: { by: 'a', coa: 'east-1/b' },
  }
  const news = { kind: 'BU', home: 'home-b/b', seq: 1, coa: 'east-1/b', ...tokens, ...around } as const
  const [attached] = role.step(role.start, { kind: 'attached', address: 'west-2/a' })
  const [updating, first] = tested(attached)
  const [begunAgain] = role.step(updating, news)
  expect(updates(first)).toEqual([1])
  expect(begunAgain.registration?.stage).toBe('testing')
  expect(updates(tested(begunAgain)[1])).toEqual([1])
  // The same news again, and the answer to the first update.
  expect(role.step(begunAgain, news)[0]).toEqual(begunAgain)
  expect(role.step(begunAgain, { kind: 'BA', seq: 1, status: 'accepted', ...around })[0].registration).toBeNull()
})

test('a home agent that crashes has lost its binding, or has kept it, and is never back at the first care-of address', () => {
  for (const variant of ['tunnel', 'ro-rfc', 'home-address-expedited']) {
    const reach = (scenario: string) => ask(`mipv6/${variant}`, scenario)['eventually-reachable-both-ways']!
    const lost = reach('home-agent-crashes')
    expect(lost.kind, variant).toBe('violated')
    expect(
      told(lost).some((text) => /ha-a crashes/.test(text)),
      variant,
    ).toBe(true)
    expect(reach('home-agent-crashes-and-keeps').kind, variant).toBe('holds')
  }
  // Renewing the registration mends it, though not at once.
  expect(kindsOf(ask('mipv6/tunnel', 'home-agent-crashes-refresh'))).toMatchObject({
    'eventually-reachable-both-ways': 'holds',
    'data-sent-when-quiet-arrive': 'violated',
  })
  expect(kindsOf(ask('mipv6/home-address-expedited', 'home-agent-crashes-refresh'))).toMatchObject({
    'binding-eventually-correct': 'holds',
    'registrations-eventually-correct': 'holds',
  })
})

test('004 §IV.A says nothing of returning: forwarders then make a loop when the host leaves again', () => {
  expect(kindsOf(ask('mipv6/forwarding-expedited', 'one-returns-and-leaves'))['no-forwarding-loop']).toBe('violated')
  expect(kindsOf(ask('mipv6/forwarding-expedited', 'one-returns'))['no-forwarding-loop']).toBe('holds')
})

test('RFC 6275 §11.7.3: an expired nonce costs a full procedure and no more', () => {
  expect(kindsOf(ask('mipv6/ro-rfc-expedited', 'one-moves-nonce-expires'))['binding-eventually-correct']).toBe('holds')
})

test('the sizes are what they were: a change of them is a change of the model', () => {
  const states = (target: string, scenario: string): number =>
    ask(target, scenario)['binding-eventually-correct']!.statistics.states
  expect(states('mipv6/ro-seed', 'both-move')).toMatchInlineSnapshot(`1610`)
  expect(states('mipv6/ro-rfc', 'both-move')).toMatchInlineSnapshot(`15598`)
})
