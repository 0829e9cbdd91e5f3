import { afterEach, expect, test, vi } from 'vitest'
import { rehearse } from '../../analysis/mistakes/index.ts'
import { propertiesOf } from '../../properties/index.ts'
import { type Event, type Message, node, type Role, type Step, type Subject, scenario, send } from '../../spec/index.ts'
import { compose } from '../../spec/internet/compose.ts'

interface Host {
  readonly seen: number
  readonly list: readonly number[]
}
type Note = { readonly kind: 'note'; readonly number: number }
type HostRole = Role<Host, Note, 'tick'>

/** Two hosts that send notes at each tick; `change` is what is wrong with the first of them. */
function worldWith(change: Partial<HostRole>, subject: Partial<Subject> = {}) {
  const role = (to: string): HostRole => ({
    start: { seen: 0, list: [3, 1, 2] },
    step: (me, event: Event<Note, 'tick'>): Step<Host, Note> => {
      if (event.kind === 'tick') return [me, [send<Note>({ kind: 'note', number: me.seen }, to)]]
      return [{ ...me, seen: (me.seen + 1) % 5 }, []]
    },
    timers: { tick: { milliseconds: 1, source: 'test' } },
    armed: (me) => (me.seen < 4 ? ['tick'] : []),
  })
  const nodes = [
    node('a', { ...role('east-1/b'), ...change }, { from: 'west-1' }),
    node('b', role('west-1/a'), { from: 'east-1' }),
  ]
  const internet = compose(nodes, scenario('test', 'A test.', { moves: { a: ['west-2'] } }), (message: Message) => ({
    name: message.kind,
    detail: '',
  }))
  const checked = {
    internet,
    subject: {
      ends: ['a', 'b'],
      beliefs: [{ holder: 'b', about: 'a', believes: () => 'west-1/a' }],
      ...subject,
    } satisfies Subject,
  }
  return { internet, checked, properties: propertiesOf(checked) }
}

/** The step of a host, with something in the place of the number that it counts. */
const counting = (count: (me: Host) => number): Partial<HostRole> => ({
  step: (me, event) => [{ ...me, seen: event.kind === 'tick' ? count(me) % 5 : me.seen }, []],
})

afterEach(() => vi.restoreAllMocks())

test('what is a function of its input has no mistakes, also where it remembers what it gave', () => {
  expect(rehearse(worldWith({}))).toEqual([])
  const known = new Map<number, number>()
  const remembering = counting(({ seen }) => {
    known.set(seen, known.get(seen) ?? seen + 1)
    return known.get(seen)!
  })
  expect(rehearse(worldWith(remembering))).toEqual([])
})

test.each([
  ['Math.random', () => (Math.random() < 0.000_001 ? 1 : 0)],
  ['Math.random', () => (Math.random() > 0.999_999 ? 1 : 0)],
  ['the clock (Date)', () => Date.now()],
  ['the clock (Date)', () => new Date().getHours()],
  ['the clock (performance.now)', () => Math.floor(performance.now() / 1000)],
  ['crypto.randomUUID', () => Number.parseInt(crypto.randomUUID().slice(0, 4), 16)],
  ['crypto.getRandomValues', () => crypto.getRandomValues(new Uint8Array(1))[0]! >> 4],
])('a step that asks %s is named, with what it asks', (asks, count) => {
  expect(rehearse(worldWith(counting(count)))).toMatchObject([
    {
      where: "the step of node 'a'",
      fact: expect.stringContaining('its state.seen was'),
      cause: expect.stringContaining(asks),
    },
  ])
})

test('a step that asks and makes nothing of it is a function of its input', () => {
  expect(rehearse(worldWith(counting(({ seen }) => (Math.random() < 2 && Date.now() > 0 ? seen + 1 : 0))))).toEqual([])
})

test('a step that keeps something outside of its state is named: a counter, a switch, what it saw last', () => {
  let count = 0
  let last = 0
  for (const outside of [
    counting(() => ++count),
    counting(() => (count = 1 - count)),
    counting(({ seen }) => {
      const before = last
      last = seen + 1
      return before
    }),
  ]) {
    const [mistake] = rehearse(worldWith(outside))
    expect(mistake).toMatchObject({ where: "the step of node 'a'" })
    expect(mistake!.cause).toContain('a variable outside of it')
  }
})

test('effects that differ are named by their place', () => {
  let number = 0
  const [mistake] = rehearse(
    worldWith({
      step: (me, event) => [me, event.kind === 'tick' ? [send({ kind: 'note', number: number++ }, 'east-1/b')] : []],
    }),
  )
  expect(mistake!.fact).toMatch(/its effects\[0\]\.message\.number was \d+ the first time, and \d+ another time/)
})

test('a step that changes a part of its state in place is named', () => {
  const [mistake] = rehearse(worldWith(counting((me) => (me.list as number[]).sort()[0]!)))
  expect(mistake).toMatchObject({
    where: "node 'a' on 'tick'",
    fact: expect.stringContaining('it changes its input in place'),
  })
})

test('so is every other function of a role, a belief, a session and a demand', () => {
  const chance = (): boolean => Math.random() < 0.5
  const where = (...world: Parameters<typeof worldWith>): string[] =>
    rehearse(worldWith(...world)).map((mistake) => mistake.where)
  expect(where({ armed: () => (chance() ? ['tick'] : []) })).toEqual(["'armed' of node 'a'"])
  expect(where({ pending: () => (chance() ? 'waits' : null) })).toEqual(["'pending' of node 'a'"])
  expect(where({ restart: (me) => ({ ...me, seen: chance() ? 1 : 2 }) })).toEqual(["'restart' of node 'a'"])
  expect(where({ sendData: () => (chance() ? [send({ kind: 'note', number: 0 }, 'east-1/b')] : []) })).toEqual([
    "'sendData' of node 'a'",
  ])
  expect(where({}, { beliefs: [{ holder: 'b', about: 'a', believes: () => (chance() ? 'west-1/a' : null) }] })).toEqual(
    ["'believes' of the belief of 'b' about 'a'"],
  )
  expect(where({}, { sessions: { a: () => (chance() ? 'died' : null) } })).toEqual(["the session at 'a'"])
  expect(where({}, { always: { calm: { holds: () => (chance() ? true : 'no') } } })).toEqual(["property 'calm'"])
})

test('what a demand gives that is no answer is named', () => {
  for (const answer of [false, undefined, '', 1])
    expect(rehearse(worldWith({}, { always: { calm: { holds: () => answer as never } } }))).toMatchObject([
      { where: "property 'calm'", fact: expect.stringContaining("'calm' gave") },
    ])
})

test('what throws by itself is left to the search, which says how one gets there', () => {
  const throws = (): never => {
    throw new Error('boom')
  }
  expect(rehearse(worldWith({ step: throws }))).toEqual([])
  expect(rehearse(worldWith({}, { always: { calm: { holds: throws } } }))).toEqual([])
})

test('chance and clocks are put back, also after what throws', () => {
  const real = [Math.random, Date, performance.now, crypto.randomUUID, crypto.getRandomValues]
  rehearse(worldWith(counting(() => Math.random())))
  expect(() =>
    rehearse({
      ...worldWith({}),
      get properties(): never {
        throw new Error('on the way')
      },
    }),
  ).toThrow('on the way')
  expect([Math.random, Date, performance.now, crypto.randomUUID, crypto.getRandomValues]).toEqual(real)
  expect(Object.hasOwn(performance, 'now')).toBe(false)
})

test('dates that are given are what they were', () => {
  const dates: unknown[] = []
  rehearse(
    worldWith(
      counting(() => {
        const date = new Date(2020, 1, 2)
        dates.push(date instanceof Date, date.getFullYear(), Date.UTC(1970, 0, 1), typeof Date())
        return 1
      }),
    ),
  )
  expect(new Set(dates)).toEqual(new Set([true, 2020, 0, 'string']))
})
