import { expect, test } from 'vitest'
import { check } from '../../checker/check.ts'
import { explore } from '../../checker/explore.ts'
import type { Clock, Model, Outcome } from '../../checker/model.ts'
import { eventuallyAlways, reachable } from '../../checker/property.ts'
import { scheduleOf } from '../../checker/timed/schedule.ts'

/** Things that are under way from the beginning, each until it is done; done ones are told by a letter each. */
function race(
  things: Readonly<Record<string, readonly [number, number | null]>>,
  as: 'dense' | 'ticks' = 'dense',
): Model {
  const names = Object.keys(things)
  return {
    cells: ['done'],
    initial: [['']],
    absorb: (_, value) => value,
    rules: names.map((name) => ({
      name,
      reads: [0],
      fire: (look): Outcome[] => {
        const done = look(0) as string
        return done.includes(name)
          ? []
          : [{ label: { kind: 'step', text: name }, sets: [[0, done + name]], sends: [], clock: name }]
      },
    })),
    time: {
      as,
      clocks: names.map((name) => ({
        name,
        reads: [0],
        running: (look): Clock[] =>
          (look(0) as string).includes(name)
            ? []
            : [{ id: name, earliest: things[name]![0], latest: things[name]![1] }],
      })),
    },
  }
}

const orders = (model: Model): string[] => {
  const graph = explore(model)
  expect(graph.failure).toBeNull()
  return [...new Set(graph.compiled.interners[0]!.values as string[])].filter((done) => done.length === 2).sort()
}

test.each(['dense', 'ticks'] as const)('%s: what is due first comes first, whichever is the shorter', (as) => {
  expect(orders(race({ a: [10, 10], b: [11, 20] }, as))).toEqual(['ab'])
  expect(orders(race({ a: [10, 12], b: [11, 20] }, as))).toEqual(['ab', 'ba'])
  // At one instant, in any order.
  expect(orders(race({ a: [10, 10], b: [10, 20] }, as))).toEqual(['ab', 'ba'])
  // What has no end may come later than all.
  expect(orders(race({ a: [0, null], b: [5, 5] }, as))).toEqual(['ab', 'ba'])
})

test('a clock that goes on has less left; one that begins anew has all of it', () => {
  const model = (key: boolean): Model => {
    const base = race({ a: [3, 3], b: [5, 5] })
    const restarted: Model['time'] = {
      as: 'dense',
      clocks: base.time!.clocks.map((rule) => ({
        ...rule,
        running: (look) =>
          rule
            .running(look)
            .map((clock) => (key ? { ...clock, id: `${clock.id} after '${look(0) as string}'` } : clock)),
      })),
    }
    const rules = base.rules.map((rule) => ({
      ...rule,
      fire: (look: Parameters<typeof rule.fire>[0]) =>
        rule.fire(look).map((o) => (key ? { ...o, clock: `${o.clock} after '${look(0) as string}'` } : o)),
    }))
    return { ...base, rules, time: restarted }
  }
  const instants = (made: Model): readonly number[] => {
    const [verdict] = check(made, [
      {
        id: 'all',
        ...reachable({ name: 'both are done', holds: (look) => (look(0) as string).length === 2 || 'not yet' }),
      },
    ])
    if (verdict!.kind !== 'holds') throw new Error(verdict!.kind)
    return scheduleOf(verdict!.trace!)!.instants
  }
  expect(instants(model(false))).toEqual([3, 5])
  expect(instants(model(true))).toEqual([3, 8])
})

test('what is under way and has an end comes to it, whatever else goes on for ever', () => {
  const done = { name: 'it is done', holds: (look: (cell: number) => unknown) => look(0) !== '' || 'it is under way' }
  const verdict = (latest: number | null) => {
    const base = race({ a: [1, latest] })
    const beat = (look: (cell: number) => unknown) => `beat ${look(1) as number}`
    return check(
      {
        ...base,
        cells: ['done', 'beat'],
        initial: [['', 0]],
        rules: [
          ...base.rules,
          {
            name: 'beat',
            reads: [1],
            fire: (look): Outcome[] => [
              {
                label: { kind: 'step', text: 'beat' },
                sets: [[1, 1 - (look(1) as number)]],
                sends: [],
                clock: beat(look),
              },
            ],
          },
        ],
        time: {
          as: 'dense',
          clocks: [
            ...base.time!.clocks,
            { name: 'beat', reads: [1], running: (look): Clock[] => [{ id: beat(look), earliest: 2, latest: 2 }] },
          ],
        },
      },
      [{ id: 'p', ...eventuallyAlways(done) }],
    )[0]!.kind
  }
  expect(verdict(null)).toBe('violated')
  expect(verdict(7)).toBe('holds')
})

test('a state of many clocks takes long: it is asked the more often whether to go on', () => {
  const things = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => [String.fromCharCode(0x4e00 + i), [0, 9] as const]),
  )
  const asked = (model: Model): number => {
    let times = 0
    const interrupted = () => ++times < 0
    explore(model, { limits: { states: 4000 }, control: { now: () => 0, interrupted } })
    return times
  }
  const { time: _, ...untimed } = race(things)
  expect(asked(race(things))).toBeGreaterThan(20 * asked(untimed))
})

const failure = (model: Model): string => explore(model).failure?.message ?? ''

test('an error of a model is named: time that stops, clocks that are wrong', () => {
  const base = race({ a: [1, 2] })
  expect(failure({ ...base, rules: [] })).toContain("stops: 'a' must be over by then, and no step ends it")
  expect(failure(race({ a: [3, 2] }))).toContain("clock 'a' runs from 3 to 2")
  expect(failure(race({ a: [0.5, 2] }))).toContain('Give whole numbers')
  const twice = base.time!.clocks[0]!
  expect(failure({ ...base, time: { as: 'dense', clocks: [twice, twice] } })).toContain('runs twice in one state')
  expect(failure({ ...base, time: { as: 'dense', clocks: [] } })).toContain(
    'does not run in a state with a step of its own',
  )
})

test.each(['dense', 'ticks'] as const)('%s: a clock that backs off takes longer each time, up to the most', (as) => {
  const last = (sent: unknown): boolean => sent === 6
  const model: Model = {
    cells: ['sent'],
    initial: [[0]],
    absorb: (_, value) => value,
    rules: [
      {
        name: 'sends',
        reads: [0],
        fire: (look): Outcome[] => {
          const sent = look(0) as number
          const label = { kind: 'step', text: 'sends' }
          return last(sent) ? [] : [{ label, sets: [[0, sent + 1]], sends: [], clock: 'again' }]
        },
      },
    ],
    time: {
      as,
      clocks: [
        {
          name: 'again',
          reads: [0],
          running: (look): Clock[] =>
            last(look(0)) ? [] : [{ id: 'again', earliest: 3, latest: 3, backsOff: { factor: 1.5, most: 10 } }],
        },
      ],
    },
  }
  const all = { name: 'all are sent', holds: (look: (cell: number) => unknown) => last(look(0)) || 'not yet' }
  const [verdict] = check(model, [{ id: 'all', ...reachable(all) }])
  if (verdict!.kind !== 'holds') throw new Error(verdict!.kind)
  const instants = scheduleOf(verdict!.trace!)!.instants
  expect([...new Set(instants)].filter((at) => at > 0)).toEqual([3, 8, 16, 26, 36, 46])
})
