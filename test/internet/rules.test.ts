import { expect, test } from 'vitest'
import { check } from '../../checker/check.ts'
import { eventuallyAlways } from '../../checker/property.ts'
import { type Event, forward, type Node, packet, packetOf, type Role, send, stay, tunnel } from '../../spec/index.ts'
import { type Chat, follow, heard, internetOf, listener, type Notes, node, stepsOf, viewOf } from './harness.ts'

const texts = (internet: ReturnType<typeof internetOf>, state?: readonly never[]): string[] =>
  stepsOf(internet, state).map((s) => s.text)

/** a moves from west-1 to west-2 and pings b, who moves from east-1 to east-2. */
const twoHosts = (to = 'east-1/b'): Node[] => [
  node('a', listener({ onAttach: [to] }), { from: 'west-1' }),
  node('b', listener(), { from: 'east-1' }),
]
const bothMove = { moves: { a: ['west-2'], b: ['east-2'] } }

test('a packet goes to whoever holds its destination at the moment of delivery', () => {
  const internet = internetOf(twoHosts(), bothMove)
  const state = follow(internet, 'a leaves', 'a attaches', 'b receives ping')
  expect(heard(internet, state, 'b')).toEqual(['ping'])
})

test('what nobody holds is lost, as a step of its own that says why', () => {
  const internet = internetOf(twoHosts(), bothMove)
  const state = follow(internet, 'a leaves', 'a attaches', 'b leaves')
  const lost = stepsOf(internet, state).find((s) => s.label.kind === 'lost')
  expect(lost?.text).toBe('ping to east-1/b is lost: nobody holds east-1/b, b has left east-1')
  expect(viewOf(internet, lost!.next).inFlight()).toEqual([])
})

test('the reason of a loss is told apart: left, not there yet, never there, down', () => {
  const early = internetOf(twoHosts('east-2/b'), bothMove)
  expect(texts(early, follow(early, 'a leaves', 'a attaches') as never)).toContain(
    'ping to east-2/b is lost: nobody holds east-2/b, b is not there yet',
  )
  const never = internetOf(twoHosts('east-1/nobody'), bothMove)
  expect(texts(never, follow(never, 'a leaves', 'a attaches') as never)).toContain(
    'ping to east-1/nobody is lost: nobody ever holds east-1/nobody',
  )
  const down = internetOf(twoHosts(), { moves: { a: ['west-2'] }, crashes: { b: 1 } })
  expect(texts(down, follow(down, 'a leaves', 'a attaches', 'b crashes') as never)).toContain(
    'ping to east-1/b is lost: nobody holds east-1/b, b is down',
  )
})

test('an address that is handed on takes the packets that were meant for the one before', () => {
  const internet = internetOf([...twoHosts(), node('c', listener(), { from: 'east-9' })], {
    moves: { a: ['west-2'], b: ['east-2'], c: [{ network: 'east-1', address: 'east-1/b' }] },
  })
  // While b is there, nobody else can take its address.
  expect(texts(internet, follow(internet, 'c leaves') as never)).not.toContain('c attaches as east-1/b')
  const state = follow(
    internet,
    'a leaves',
    'a attaches',
    'b leaves',
    'c leaves',
    'c attaches as east-1/b',
    'c receives ping',
  )
  expect(heard(internet, state, 'c')).toEqual(['ping'])
  expect(heard(internet, state, 'b')).toEqual([])
})

test('moves in phases leave a gap; atomic ones none; make before break keeps both addresses', () => {
  const phased = internetOf(twoHosts(), bothMove)
  expect(viewOf(phased, follow(phased, 'a leaves')).held('a')).toEqual([])
  const atomic = internetOf(twoHosts(), { ...bothMove, movement: 'atomic' })
  expect(viewOf(atomic, follow(atomic, 'a moves')).held('a')).toEqual(['west-2/a'])
  const both = internetOf(twoHosts(), { ...bothMove, movement: 'make-before-break', overlap: 'any' })
  const during = follow(both, 'a keeps west-1/a')
  expect(viewOf(both, during).held('a')).toEqual(['west-1/a', 'west-2/a'])
  expect(viewOf(both, follow(both, 'a keeps west-1/a', 'a releases west-1/a')).held('a')).toEqual(['west-2/a'])
})

test('a host may keep every address for good: several at once', () => {
  const given = { moves: { a: ['west-2', 'west-3'] }, movement: 'make-before-break', overlap: 'for-good' } as const
  const internet = internetOf(twoHosts(), given)
  const state = follow(internet, 'a keeps west-1/a', 'a keeps west-1/a, west-2/a')
  expect(viewOf(internet, state).held('a')).toEqual(['west-1/a', 'west-2/a', 'west-3/a'])
  expect(texts(internet, state as never).some((text) => text.includes('releases'))).toBe(false)
})

test('an overlap of a round trip ends only when nothing is in flight', () => {
  const internet = internetOf(twoHosts(), {
    moves: { a: ['west-2'] },
    movement: 'make-before-break',
    overlap: 'round-trip',
  })
  const during = follow(internet, 'a keeps west-1/a')
  expect(texts(internet, during as never)).not.toContain('a releases west-1/a')
  expect(texts(internet, follow(internet, 'a keeps', 'b receives', 'a receives') as never)).toContain(
    'a releases west-1/a',
  )
})

test('returning to an earlier network gives the same address again', () => {
  const internet = internetOf(twoHosts(), { moves: { a: ['west-2', 'west-1'] } })
  const state = follow(internet, 'a leaves', 'a attaches', 'a leaves', 'a attaches')
  expect(viewOf(internet, state).held('a')).toEqual(['west-1/a'])
  expect(viewOf(internet, state).epochsOf('a', 'west-1/a')).toEqual([0, 2])
})

test('a host in a gap cannot send: it is said, and nothing is in flight', () => {
  const talker: Role<Notes, Chat, 'tick'> = {
    ...listener(),
    step: (me, event) => (event.kind === 'tick' ? [me, [send<Chat>({ kind: 'ping' }, 'east-1/b')]] : stay(me)),
  }
  const internet = internetOf([node('a', talker, { from: 'west-1' }), node('b', listener(), { from: 'east-1' })], {
    moves: { a: ['west-2'] },
    timers: { tick: 'eager' },
  })
  const step = stepsOf(internet, follow(internet, 'a leaves')).find((s) => s.text.startsWith('tick fires at a'))
  expect(step?.text).toContain('holds no address, so it cannot send ping to east-1/b')
  expect(viewOf(internet, step!.next).inFlight()).toEqual([])
})

/** Two pings in a row to b. */
const pair = [
  node('a', listener({ onAttach: ['east-1/b', 'east-1/c'] }), { from: 'west-1' }),
  node('b', listener(), { from: 'east-1' }),
  node('c', listener(), { from: 'east-1' }),
]

function sender(messages: readonly Chat[]): Role<Notes, Chat, 'tick'> {
  return {
    ...listener(),
    step: (me, event) =>
      event.kind === 'attached' ? [me, messages.map((message) => send<Chat>(message, 'east-1/b'))] : stay(me),
  }
}

test('links are FIFO per source and destination, or bags', () => {
  const nodes = [
    node('a', sender([{ kind: 'ping' }, { kind: 'pong' }]), { from: 'west-1' }),
    node('b', listener(), { from: 'east-1' }),
  ]
  const given = { moves: { a: ['west-2'] }, movement: 'atomic' as const }
  const fifo = internetOf(nodes, given)
  expect(texts(fifo, follow(fifo, 'a moves') as never)).toEqual(['b receives ping from west-2/a'])
  const bag = internetOf(nodes, { ...given, links: 'bag' })
  expect(texts(bag, follow(bag, 'a moves') as never).sort()).toEqual([
    'b receives ping from west-2/a',
    'b receives pong from west-2/a',
  ])
  // Other destinations are other channels.
  const two = internetOf(pair, given)
  expect(texts(two, follow(two, 'a moves') as never)).toHaveLength(2)
})

test('identical packets in flight are bounded', () => {
  const nodes = [
    node('a', sender([{ kind: 'ping' }, { kind: 'ping' }, { kind: 'ping' }]), { from: 'west-1' }),
    node('b', listener(), { from: 'east-1' }),
  ]
  for (const copies of [1, 2]) {
    const internet = internetOf(nodes, { moves: { a: ['west-2'] }, movement: 'atomic', copies })
    expect(viewOf(internet, follow(internet, 'a moves')).inFlight()).toHaveLength(copies)
  }
})

test('losses and duplicates are spent from a budget', () => {
  const internet = internetOf(twoHosts(), { moves: { a: ['west-2'] }, movement: 'atomic', losses: 1, duplicates: 1 })
  const lost = follow(internet, 'a moves', 'the network loses ping')
  expect(viewOf(internet, lost).inFlight()).toEqual([])
  const twice = follow(internet, 'a moves', /keeps a copy/, 'b receives ping')
  expect(heard(internet, twice, 'b')).toEqual(['ping', 'ping'])
  expect(stepsOf(internet, twice).filter((s) => s.label.kind === 'duplicate')).toEqual([])
})

test('what a network may lose is of the kinds that a scenario says, in tunnels as well', () => {
  const inner = packet<Chat>({ kind: 'pong' }, 'west-2/a', 'east-1/b')
  const nodes = [
    node('a', sender([{ kind: 'ping' }, { kind: 'tunnel', inner }]), { from: 'west-1' }),
    node('b', listener(), { from: 'east-1' }),
  ]
  const losable = (...kinds: string[]) => {
    const given = { moves: { a: ['west-2'] }, movement: 'atomic', links: 'bag', losses: 1, losable: kinds } as const
    const internet = internetOf(nodes, given)
    return texts(internet, follow(internet, 'a moves') as never).filter((text) => text.includes('loses'))
  }
  expect(losable('pong').map((text) => text.split(' to ')[0])).toEqual(['the network loses tunnel[pong]'])
  expect(losable('ping', 'pong')).toHaveLength(2)
  expect(losable('other')).toEqual([])
})

test('under fair loss, what is sent for ever arrives for ever; with any loss it need not', () => {
  const insistent: Role<Notes, Chat, 'tick'> = {
    ...listener(),
    armed: () => ['tick'],
    step: (me, event) => (event.kind === 'tick' ? [me, [send<Chat>({ kind: 'ping' }, 'east-1/b')]] : stay(me)),
  }
  const hears: Role<Notes, Chat, 'tick'> = {
    ...listener(),
    armed: () => [],
    step: (me, event) => stay(event.kind === 'ping' ? { ...me, heard: ['ping'] } : me),
  }
  const nodes = [node('a', insistent, { from: 'west-1' }), node('b', hears, { from: 'east-1' })]
  const internet = internetOf(nodes, { losses: 'fair', timers: { tick: 'eager' } })
  const arrives = eventuallyAlways({
    name: 'b has heard',
    holds: (look) => ((look(1) as unknown as Notes).heard.length > 0 ? true : 'b has heard nothing'),
  })
  expect(check(internet.model, [{ id: 'it', ...arrives }])[0]!.kind).toBe('holds')
  // The twin: the same with weak fairness of delivery, where losing is always another way out.
  const unfair = {
    ...internet.model,
    rules: internet.model.rules.map((rule) => ({
      ...rule,
      fire: (look: Parameters<typeof rule.fire>[0]) =>
        rule
          .fire(look)
          .map((o) => (o.fair === undefined ? o : { ...o, fair: { ...o.fair, strength: 'weak' as const } })),
    })),
  }
  expect(check(unfair, [{ id: 'it', ...arrives }])[0]!.kind).toBe('violated')
})

test('a crashed node hears nothing, forgets what is not stable, and comes back', () => {
  const internet = internetOf(twoHosts(), { moves: { a: ['west-2'] }, movement: 'atomic', crashes: { b: 1 } })
  const state = follow(internet, 'a moves', 'b receives ping', 'b crashes', 'b comes back')
  expect(heard(internet, state, 'b')).toEqual([])
  expect(viewOf(internet, state).held('b')).toEqual(['east-1/b'])
  expect(texts(internet, state as never)).not.toContain('b crashes')
})

test('what is stable survives a crash', () => {
  const stable = { ...listener(), restart: (me: Notes): Notes => me }
  const internet = internetOf(
    [node('a', listener({ onAttach: ['east-1/b'] }), { from: 'west-1' }), node('b', stable, { from: 'east-1' })],
    {
      moves: { a: ['west-2'] },
      movement: 'atomic',
      crashes: { b: 1 },
    },
  )
  expect(heard(internet, follow(internet, 'a moves', 'b receives ping', 'b crashes'), 'b')).toEqual(['ping'])
})

/** An agent of the network 'east-1' that takes what comes for b's address while b is away, and tunnels it to east-2. */
const agent: Role<{ readonly on: boolean }, Chat> = {
  start: { on: true },
  step: (me, event: Event<Chat>) =>
    event.kind === 'attached' ? stay(me) : [me, [tunnel(packetOf<Chat>(event as never), 'east-2/b')]],
  intercepts: (_, address) => address === 'east-1/b',
}

test('an agent intercepts for an address that nobody holds, and only then', () => {
  const nodes = [
    node('a', listener({ onAttach: ['east-1/b'] }), { from: 'west-1' }),
    node('b', listener({ accepts: 'east-1/b' }), { from: 'east-1' }),
    node('agent', agent, { at: ['east-1/agent'], agentOf: ['east-1'] }),
  ]
  const internet = internetOf(nodes, { moves: { a: ['west-2'], b: ['east-2'] }, movement: 'atomic' })
  expect(texts(internet, follow(internet, 'a moves') as never)).toContain('b receives ping from west-2/a')
  const state = follow(internet, 'b moves', 'a moves', 'agent receives ping from west-2/a, intercepted for east-1/b')
  expect(viewOf(internet, state).inFlight()[0]).toMatchObject({
    source: 'east-1/agent',
    destination: 'east-2/b',
    message: { kind: 'tunnel', inner: { source: 'west-2/a', destination: 'east-1/b', hops: 7 } },
  })
  // The tunnel ends at b, which accepts the inner destination: its role sees the message itself.
  const done = follow(internet, 'b moves', 'a moves', 'agent receives', 'b receives tunnel[ping]')
  expect(heard(internet, done, 'b')).toEqual(['ping'])
})

test('a loop of forwarders uses up the hop limit and is lost, saying so', () => {
  const pass = (to: string): Role<null, Chat> => ({
    start: null,
    step: (me, event: Event<Chat>) =>
      event.kind === 'attached' ? stay(me) : [me, [forward(packetOf<Chat>(event as never), to)]],
    intercepts: () => true,
  })
  const internet = internetOf(
    [
      node('a', listener({ onAttach: ['east-1/x'] }), { from: 'west-1' }),
      node('one', pass('east-2/x'), { at: ['east-1/one'], agentOf: ['east-1'] }),
      node('two', pass('east-1/x'), { at: ['east-2/two'], agentOf: ['east-2'] }),
    ],
    { moves: { a: ['west-2'] }, movement: 'atomic' },
  )
  const round = Array.from({ length: 8 }, (_, i) => (i % 2 === 0 ? 'one receives' : 'two receives'))
  const state = follow(internet, 'a moves', ...round)
  expect(texts(internet, state as never)).toEqual(['ping to east-1/x is lost: its hop limit ran out'])
})

test('timers are eager, patient or never; patient ones wait for packets and for shorter timers', () => {
  const nodes = twoHosts()
  const given = { moves: { a: ['west-2'] }, movement: 'atomic' as const }
  const fires = (timers: Record<string, 'eager' | 'patient' | 'never'>): boolean => {
    const internet = internetOf(nodes, { ...given, timers })
    return texts(internet, follow(internet, 'a moves') as never).some((text) => text.startsWith('tick fires'))
  }
  expect(fires({ tick: 'eager' })).toBe(true)
  expect(fires({ tick: 'patient' })).toBe(false)
  expect(fires({ tick: 'never' })).toBe(false)
  const quietNow = internetOf(nodes, { ...given, timers: { tick: 'patient' } })
  expect(texts(quietNow)).toContain('tick fires at a')
})

test('a settled pace keeps a host where it is while its role has something pending', () => {
  const busy: Role<Notes, Chat, 'tick'> = { ...listener(), pending: (me) => (me.heard.length === 0 ? 'waits' : null) }
  const nodes = [node('a', busy, { from: 'west-1' }), node('b', listener(), { from: 'east-1' })]
  const given = { moves: { a: ['west-2'] }, timers: { tick: 'eager' as const } }
  expect(texts(internetOf(nodes, { ...given, pace: 'any' }))).toContain('a leaves west-1/a')
  const settled = internetOf(nodes, { ...given, pace: 'settled' })
  expect(texts(settled)).not.toContain('a leaves west-1/a')
  expect(texts(settled, follow(settled, 'tick fires at a') as never)).toContain('a leaves west-1/a')
})

test('a hurried host moves on during an overlap, and holds two addresses at most', () => {
  const given = { moves: { a: ['west-2', 'west-3'] }, movement: 'make-before-break', overlap: 'long' } as const
  const again = 'a keeps west-1/a and attaches as west-2/a'
  const patient = internetOf(twoHosts(), given)
  expect(texts(patient, follow(patient, again) as never).join()).not.toContain('west-3/a')
  const hurried = internetOf(twoHosts(), { ...given, pace: 'hurried' })
  expect(texts(hurried, follow(hurried, again) as never)).toContain(
    'a releases west-1/a, keeps west-2/a and attaches as west-3/a',
  )
})

test('mistakes of an author are named', () => {
  expect(() => internetOf(twoHosts(), { moves: { zoe: ['west-2'] } })).toThrow(/names node 'zoe'/)
  expect(() => internetOf([node('a', listener(), {})])).toThrow(/needs either fixed addresses/)
  expect(() => internetOf([node('s', listener(), { at: ['home/s'] })], { moves: { s: ['x'] } })).toThrow(
    /is stationary/,
  )
  const wrong = internetOf(twoHosts('no-such-network/b'), bothMove)
  expect(check(wrong.model, [{ id: 'it', ...eventuallyAlways({ name: 'x', holds: () => true }) }])[0]).toMatchObject({
    kind: 'failed',
    error: { message: expect.stringContaining("network 'no-such-network'") },
  })
  expect(packet({ kind: 'ping' }, 'a/b', 'c/d').hops).toBe(8)
})
