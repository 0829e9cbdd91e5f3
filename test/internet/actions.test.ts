import { describe, expect, test } from 'vitest'
import { type Event, node, type Role, send, stay } from '../../spec/index.ts'
import { type Chat, internetOf, listener, stepsOf } from './harness.ts'

/** A host whose user may wave, once. */
const waver: Role<{ readonly waved: boolean }, Chat, never, 'wave'> = {
  start: { waved: false },
  step: (me, event: Event<Chat, 'wave'>) =>
    event.kind === 'wave' ? [{ waved: true }, [send<Chat>({ kind: 'ping' }, 'east/b')]] : stay(me),
  may: ({ waved }) => (waved ? [] : ['wave']),
  actions: { wave: { words: 'waves', source: 'test' } },
}

const nodes = [node('a', waver, { from: 'west' }), node('b', listener(), { from: 'east' })]
const waves = (internet: ReturnType<typeof internetOf>, from = internet.model.initial[0]!) =>
  stepsOf(internet, from).filter(({ label }) => label.kind === 'action')

describe('what users do', () => {
  test('nothing, where they are idle', () => {
    expect(waves(internetOf(nodes))).toEqual([])
  })

  test('where they act, whatever their role lets them do, which nobody owes', () => {
    const internet = internetOf(nodes, { users: 'act' })
    const [wave, ...others] = waves(internet)
    expect(others).toEqual([])
    expect(wave).toMatchObject({ label: { text: 'a waves', action: 'wave' } })
    expect(wave!.label.sent?.map(({ name }) => name)).toEqual(['ping'])
    expect(waves(internet, wave!.next)).toEqual([])
    const rule = internet.model.rules.find(({ name }) => name === 'wave at a')!
    const [outcome] = rule.fire((cell) => internet.model.initial[0]![cell]!)
    expect(outcome!.fair).toBeUndefined()
  })

  test("a 'may' that throws is named with its node and state", () => {
    const broken = {
      ...waver,
      may: () => {
        throw new Error('no hands')
      },
    }
    const internet = internetOf([node('a', broken, { from: 'west' }), nodes[1]!], { users: 'act' })
    expect(() => stepsOf(internet)).toThrow(/'may'.*no hands/s)
  })
})
