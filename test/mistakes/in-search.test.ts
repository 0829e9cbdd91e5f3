import { expect, test } from 'vitest'
import { rehearse } from '../../analysis/mistakes/index.ts'
import { check } from '../../checker/check.ts'
import { propertiesOf } from '../../properties/index.ts'
import { type Event, type Message, node, type Role, type Step, type Subject, scenario, send } from '../../spec/index.ts'
import { compose } from '../../spec/internet/compose.ts'

/** A host goes wrong only after so many ticks: further than a rehearsal looks. */
const FAR = 400

interface Host {
  readonly ticks: number
}

type HostRole = Role<Host, Message, 'tick'>

/** One host that counts, one that does not; `far` is what the first does, or has, when it has counted far enough. */
function worldWith(
  far: { readonly step?: unknown; readonly armed?: unknown; readonly believes?: unknown },
  describe = (message: Message) => ({ name: message.kind, detail: '' }),
) {
  const isFar = (me: Host): boolean => me.ticks === FAR
  const counts: HostRole = {
    start: { ticks: 0 },
    step: (me, event: Event<Message, 'tick'>): Step<Host, Message> => {
      if (event.kind !== 'tick') return [me, []]
      return isFar(me) && 'step' in far ? (far.step as never) : [{ ticks: me.ticks + 1 }, []]
    },
    timers: { tick: { milliseconds: 1, source: 'test' } },
    armed: (me) => (me.ticks > FAR ? [] : isFar(me) && 'armed' in far ? (far.armed as never) : ['tick']),
  }
  const other: Role<Host, Message> = { start: { ticks: 0 }, step: (me) => [me, []] }
  const nodes = [node('a', counts, { at: ['west-1/a'] }), node('b', other, { from: 'east-1' })]
  const internet = compose(nodes, scenario('test', 'A test.', {}), describe)
  const subject: Subject = {
    ends: ['a', 'b'],
    beliefs: [
      {
        holder: 'a',
        about: 'b',
        believes: (view) => (isFar(view.state<Host>('a')) && 'believes' in far ? (far.believes as never) : 'east-1/b'),
      },
    ],
  }
  const checked = { internet, subject }
  return { internet, checked, properties: propertiesOf(checked) }
}

const effects = (...list: unknown[]) => ({ step: [{ ticks: 0 }, list] })
const note = (to: unknown, kind = 'note') => send({ kind }, to as string)

/** What the search says of a mistake that a rehearsal did not reach. */
function failure(...given: Parameters<typeof worldWith>): string {
  const world = worldWith(...given)
  expect(rehearse(world)).toEqual([])
  const [verdict] = check(world.internet.model, world.properties)
  if (verdict?.kind !== 'failed') throw new Error(`It did not fail: ${verdict?.kind}.`)
  return verdict.error.message
}

test('far from the start nothing is wrong with this host by itself', () => {
  const world = worldWith({})
  const verdicts = check(world.internet.model, world.properties)
  expect(verdicts.map(({ kind }) => kind)).not.toContain('failed')
  expect(verdicts[0]!.statistics.states).toBeGreaterThan(FAR)
})

test.each([
  ['a state alone', { step: { ticks: 0 } }, 'its step did not return [state, effects], but {"ticks":0}'],
  ['nothing', { step: undefined }, 'its step did not return [state, effects], but undefined'],
  ['a promise', { step: Promise.resolve([]) }, 'its step gave a promise'],
  ['a state that is undefined', { step: [undefined, []] }, 'its step returned undefined for its state'],
  ['effects that are no list', { step: [{ ticks: 0 }, note('east-1/b')] }, 'where a list of effects is due'],
  ['an effect of no kind', effects({ do: 'sned' }), 'it gave {"do":"sned"} for an effect'],
  ['an effect that is nothing', effects(null), 'it gave null for an effect'],
  ['a message without a kind', effects(send({} as Message, 'east-1/b')), "it sends {}, which has no 'kind'"],
  ['an address that is undefined', effects(note(undefined)), "it sends 'note' to undefined, which is no address"],
  ['a network alone', effects(note('east-1')), `it sends 'note' to "east-1", which is no address`],
  ['a network that is not there', effects(note('east-9/b')), "there is no network 'east-9' in this scenario"],
  ['a message of a kind that is an event', effects(note('east-1/b', 'attached')), "a message of kind 'attached'"],
  ['a message of a kind that is a timer', effects(note('east-1/b', 'tick')), "the name of a timer of node 'a'"],
  ['a tunnel with nothing in it', effects(note('east-1/b', 'tunnel')), 'which is no packet'],
  ['a message where a packet is due', effects({ do: 'forward', packet: { kind: 'note' } }), 'which is no packet'],
])('%s: the node, the event and the state are named', (_, far, fact) => {
  const message = failure(far)
  expect(message).toContain(fact)
  expect(message).toContain(`node 'a' went wrong on 'tick' {} in state {"ticks":${FAR}}`)
  expect(message).toContain('The likeliest cause is')
})

test('a timer that is not declared, and one without its brackets', () => {
  const start = `node 'a' went wrong on 'armed' in state {"ticks":${FAR}}`
  expect(failure({ armed: ['tick', 'tock'] })).toContain(
    `${start}: it gave ["tick","tock"], and its role declares no timer "tock"`,
  )
  expect(failure({ armed: 'tick' })).toContain(`${start}: it gave "tick", which is no list`)
})

test('a message that describe has no words for', () => {
  const message = failure(effects(note('east-1/b')), () => undefined as never)
  expect(message).toContain(`node 'a' went wrong on 'tick' {} in state {"ticks":${FAR}}`)
  expect(message).toContain("'describe' gave undefined for a message of kind 'note'")
})

test('a belief that is undefined, or a network alone', () => {
  for (const [believes, words] of [
    [undefined, 'undefined'],
    ['east-1', '"east-1"'],
  ] as const)
    expect(failure({ believes })).toContain(`'believes' of the belief of 'a' about 'b' gave ${words}`)
})
