import { expect, test } from 'vitest'
import { type Event, type Packet, probe, type Role, send, stay } from '../../spec/index.ts'
import { type Chat, follow, internetOf, listener, type Notes, node, stepsOf, viewOf } from './harness.ts'

const texts = (internet: ReturnType<typeof internetOf>, state?: readonly never[]): string[] =>
  stepsOf(internet, state).map((s) => s.text)

/** Notes the kinds of what it overhears. */
const ear: Role<Notes, Chat> = {
  start: { heard: [], here: '' },
  step: (me) => stay(me),
  overhears: (me, { message }: Packet) =>
    me.heard.includes(message.kind) ? me : { ...me, heard: [...me.heard, message.kind] },
}
const bothHosts = [
  node('a', listener({ onAttach: ['east-1/b'] }), { from: 'west-1' }),
  node('b', listener(), { from: 'east-1' }),
]
const moves = { moves: { a: ['west-2'] } }

test('an attacker overhears what passes to and from its networks, and the packet goes on', () => {
  for (const network of ['east-1', 'west-2']) {
    const internet = internetOf([...bothHosts, node('eve', ear, { at: ['south/eve'], hears: [network] })], moves)
    const state = follow(internet, 'a leaves', 'a attaches', 'eve overhears ping')
    expect(viewOf(internet, state).state<Notes>('eve').heard).toEqual(['ping'])
    expect(texts(internet, state as never)).toContain('b receives ping from west-2/a')
    // Hearing the same again changes nothing and is no step.
    expect(texts(internet, state as never).some((text) => text.startsWith('eve overhears'))).toBe(false)
  }
})

test('it does not hear elsewhere, and need not listen: overhearing is never owed', () => {
  const deaf = internetOf([...bothHosts, node('eve', ear, { at: ['south/eve'], hears: ['north'] })], moves)
  expect(texts(deaf, follow(deaf, 'a leaves', 'a attaches') as never).some((t) => t.startsWith('eve'))).toBe(false)
  const near = internetOf([...bothHosts, node('eve', ear, { at: ['south/eve'], hears: ['east-1'] })], moves)
  const step = stepsOf(near, follow(near, 'a leaves', 'a attaches')).find((s) => s.text.startsWith('eve overhears'))
  expect(step!.fair).toBeUndefined()
})

test('what somebody chooses may happen at any moment, and is never owed', () => {
  const internet = internetOf(bothHosts, { ...moves, timers: { tick: 'at will' } })
  const state = follow(internet, 'a leaves', 'a attaches')
  const tick = stepsOf(internet, state).find((s) => s.text === 'tick fires at b')
  expect(tick).toBeDefined()
  expect(tick!.fair).toBeUndefined()
})

test('a second interface keeps its address while the host moves, and in the gap', () => {
  const internet = internetOf(
    [node('a', listener(), { from: 'west-1', keeps: ['second/a'] }), node('b', listener(), { from: 'east-1' })],
    moves,
  )
  expect(viewOf(internet, internet.model.initial[0]!).held('a')).toEqual(['second/a', 'west-1/a'])
  const gap = follow(internet, 'a leaves west-1/a')
  expect(viewOf(internet, gap).held('a')).toEqual(['second/a'])
  const there = follow(internet, 'a leaves west-1/a', 'a attaches as west-2/a')
  expect(viewOf(internet, there).held('a')).toEqual(['second/a', 'west-2/a'])
  expect(viewOf(internet, there).state<Notes>('a').here).toBe('west-2/a')
})

test('a probe follows every copy of the data, and not what is sent besides', () => {
  const copier: Role<null, Chat> = {
    start: null,
    step: (state, event: Event<Chat>) =>
      event.kind === 'ping'
        ? [
            state,
            [
              send<Chat>({ kind: 'pong' }, 'east-1/b'),
              send<Chat>({ kind: 'ping' }, 'nowhere/x'),
              send<Chat>({ kind: 'ping' }, 'east-1/b'),
            ],
          ]
        : stay(state),
  }
  const sender: Role<Notes, Chat, 'tick'> = {
    ...listener(),
    sendData: () => [send<Chat>({ kind: 'ping' }, 'mid/copier')],
  }
  const internet = internetOf([
    node('a', sender, { from: 'west-1' }),
    node('b', listener(), { from: 'east-1' }),
    node('copier', copier, { at: ['mid/copier', 'nowhere/y'] }),
  ])
  expect(probe(viewOf(internet, internet.model.initial[0]!), 'a', 'b')).toMatchObject({
    end: 'arrives',
    via: ['copier'],
  })
})
