import { expect, test } from 'vitest'
import { Counters } from '../../conform/counters.ts'
import { type Lasting, LogClock } from '../../conform/log-clock.ts'
import { Numbers } from '../../conform/numbers.ts'
import type { Seen } from '../../conform/observation.ts'
import type { Place } from '../../conform/place.ts'
import { State } from '../../conform/tabulated-world.ts'
import { Visited } from '../../conform/visited.ts'

const seen = Array.from(
  { length: 10 },
  (_, i): Seen => ({ line: i + 1, time: i, kind: 'data', source: 'a@0', destination: 'b@0', fields: {}, words: '' }),
)
const numbers = new Numbers()
const place = (due: readonly number[], { overdue = 9, cursor = 2, words = [1, 2] } = {}): Place => ({
  state: new State(numbers.of(words), Int32Array.from(words)),
  cursor,
  pending: [],
  running: due.map((one, which) => ({ which, fired: 0, due: one, overdue })),
  before: null,
  step: null,
  line: null,
})

/** All of them have to fire some time. */
const lastings = (): Lasting[] => [{ earliest: 1, latest: 9 }]

test('a place whose timers may fire later than those of one like it is not new; one with any that may fire earlier is', () => {
  const visited = new Visited(new LogClock(seen, 0, 0.4, 0.1), lastings)
  expect(visited.isNew(place([5, 6]))).toBe(true)
  expect(visited.isNew(place([5, 6]))).toBe(false)
  expect(visited.isNew(place([5, 8]))).toBe(false)
  expect(visited.isNew(place([4, 8]))).toBe(true)
  expect(visited.isNew(place([4, 4]))).toBe(true)
  expect(visited.isNew(place([5, 6]))).toBe(false)
  // What is due already may fire at once, since whenever.
  expect(visited.isNew(place([1, 7]))).toBe(true)
  expect(visited.isNew(place([2, 7]))).toBe(false)
  expect(visited.size).toBe(4)
})

test('when a timer must have fired, where the log is read up to, and the state tell places apart', () => {
  const visited = new Visited(new LogClock(seen, 0, 0.4, 0.1), lastings)
  expect(visited.isNew(place([5]))).toBe(true)
  expect(visited.isNew(place([5], { overdue: 8 }))).toBe(true)
  expect(visited.isNew(place([5], { cursor: 3 }))).toBe(true)
  expect(visited.isNew(place([5], { words: [1, 3] }))).toBe(true)
  expect(visited.isNew(place([5], { words: [1, 0x8003] }))).toBe(true)
  // Whether it must have fired after the end of the log or never, no line tells.
  expect(visited.isNew(place([5], { overdue: 10 }))).toBe(true)
  expect(visited.isNew(place([5], { overdue: 99 }))).toBe(false)
})

test('how often a timer has fired tells places apart where it has to fire, or takes less the next time; else the less the better', () => {
  const fired = (times: number, due: number): Place => {
    const one = place([due], { overdue: 99 })
    return { ...one, running: one.running.map((timer) => ({ ...timer, fired: times })) }
  }
  const clock = new LogClock(seen, 0, 0.4, 0.1)
  const bound = new Visited(clock, () => [{ earliest: 1, latest: 9 }])
  const hastening = new Visited(clock, () => [
    { earliest: 2, latest: null },
    { earliest: 1, latest: null },
  ])
  for (const visited of [bound, hastening]) {
    expect(visited.isNew(fired(0, 5))).toBe(true)
    expect(visited.isNew(fired(1, 6))).toBe(true)
  }
  const free = new Visited(clock, () => [
    { earliest: 1, latest: null },
    { earliest: 2, latest: null },
  ])
  expect(free.isNew(fired(1, 5))).toBe(true)
  expect(free.isNew(fired(2, 6))).toBe(false)
  expect(free.isNew(fired(0, 6))).toBe(true)
  expect(free.isNew(fired(2, 4))).toBe(true)
  expect(free.isNew(fired(0, 4))).toBe(true)
  expect(free.isNew(fired(1, 5))).toBe(false)
})

test('counters: what is missing was lost, what comes a moment later overtook, what comes much later is wrong', () => {
  const said = (numbers: readonly (readonly [number: number, time: number])[]): string[] => {
    const counters = new Counters(
      numbers.map(([number, time]) => ({ series: 's', number, time })),
      0,
    )
    return numbers.map((_, i) => counters.of(i))
  }
  expect(
    said([
      [0, 0],
      [1, 1],
      [5, 2],
      [6, 3],
    ]),
  ).toEqual(['new', 'new', 'new', 'new'])
  expect(
    said([
      [0, 0],
      [2, 1],
      [1, 1.01],
      [3, 2],
    ]),
  ).toEqual(['new', 'new', 'new', 'new'])
  expect(
    said([
      [0, 0],
      [2, 1],
      [1, 3],
    ]),
  ).toEqual(['new', '2, before 1', 'new'])
  expect(
    said([
      [0, 0],
      [1, 1],
      [1, 2],
    ]),
  ).toEqual(['new', 'new', '1, when 1 was there before'])
})
