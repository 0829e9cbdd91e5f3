// Threads that search together. The build must be there: a thread runs what was built.
import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import type * as Crews from '../../analysis/threads/crew.ts'
import type * as Dj from '../../bench/dj.ts'
import type { Crew, Work } from '../../checker/crew.ts'
import type * as Explore from '../../checker/explore.ts'
import { wallClock } from '../../checker/limits.ts'
import { engine } from '../../checker/wasm/engine.ts'

const built = resolve(import.meta.dirname, '../../dist')
const { threadCrew }: typeof Crews = await import(join(built, 'analysis/threads/crew.js'))
const { explore }: typeof Explore = await import(join(built, 'checker/explore.js'))
const { dj }: typeof Dj = await import(join(built, 'bench/dj.js'))

/** So many at a time, from the first state on. */
const chunkSizes = { from: 0, states: 200, block: 16, successors: 4000 }
const kernel = { ...chunkSizes, together: chunkSizes }
/** Words of a chunk (wasm/loop.ts): the address of the first state that nobody has taken; how many states are taken at a time. */
const [NEXT, BLOCK] = [3, 15]

/** Threads of this process, where that can be asked. */
const threads = (): number => (existsSync('/proc/self/task') ? readdirSync('/proc/self/task').length : 0)

async function untilNoMoreThan(count: number): Promise<void> {
  for (let i = 0; i < 200 && threads() > count; i++) await new Promise((resolve) => setTimeout(resolve, 50))
}

test.each([2, 4])('%i threads find what one finds, and none is left', async (size) => {
  const model = dj('direct', 2, 0)
  const alone = explore(model, { kernel: null })
  const before = threads()
  let [ended, helped] = [0, 0]
  let work: Work | null = null
  const crew = threadCrew(size, () => ended++)
  while (!crew.isReady) await new Promise((resolve) => setTimeout(resolve, 10))
  /** The first states are left to a helper, if one comes soon. */
  const begin = (chunk: number): void => {
    const at = (address: number) => new Int32Array(work!.memory.buffer, address, 4)
    const next = at(at(chunk)[NEXT]!)
    const first = next[0]!
    crew.begin(chunk)
    if (at(chunk)[0]! < 0) return
    for (const until = performance.now() + 100; performance.now() < until && Atomics.load(next, 0) === first; );
    if (Atomics.load(next, 0) > first) helped++
  }
  const hand = (given: Work): void => {
    work = given
    crew.hand(given)
  }
  const control = {
    ...wallClock,
    crew: (): Crew => ({ size, isReady: true, hand, begin, finish: crew.finish, end: crew.end }),
  }
  const together = explore(model, { control, kernel })
  expect(helped).toBeGreaterThan(2)
  expect(ended).toBe(1)
  const { store, transitions, depth } = together
  expect({ states: store.count, transitions, depth }).toEqual({
    states: alone.store.count,
    transitions: alone.transitions,
    depth: alone.depth,
  })
  for (let s = 0; s < store.count; s += 97) expect([...store.row(s)]).toEqual([...alone.store.row(s)])
  await untilNoMoreThan(before)
  expect(threads()).toBeLessThanOrEqual(before)
})

/** Words of what all work on (`use` of wasm/loop.ts): where the slots begin, and how many there are. */
const [SLOTS_AT, SLOTS] = [12, 13]

test('threads that fill slots at the same time put each state into one of its own', async () => {
  const crew = threadCrew(2)
  while (!crew.isReady) await new Promise((resolve) => setTimeout(resolve, 10))
  let work: Work | null = null
  const ints = (address: number, length: number) => new Int32Array(work!.memory.buffer, address, length)
  let fills = 0
  /** Large ones are done again and again, as they are each time, before the crew does what it was asked to. */
  const begin = (address: number): void => {
    const [first, states, , next] = ints(address, 4) as unknown as [number, number, number, number]
    if (first < 0 && states > 50_000)
      for (let again = 0; again < 40; again++, fills++) {
        crew.begin(address)
        crew.finish()
        const slots = ints(ints(work!.common, 14)[SLOTS_AT]!, ints(work!.common, 14)[SLOTS]!)
        expect(slots.reduce((taken, slot) => taken + (slot === -1 ? 0 : 1), 0)).toBe(states)
        slots.fill(-1)
        ints(next, 1)[0] = 0
      }
    crew.begin(address)
  }
  const hand = (given: Work): void => {
    work = given
    crew.hand(given)
  }
  const control = { ...wallClock, crew: (): Crew => ({ ...crew, isReady: true, hand, begin }) }
  const { store } = explore(dj('direct', 2, 1), { control, kernel: { ...kernel, states: 4000, successors: 80_000 } })
  expect(store.count).toBe(211_269)
  for (let s = 0; s < store.count; s++) if (store.find(store.row(s)) !== s) expect.fail(`state ${s} is not found`)
  expect(fills).toBeGreaterThan(40)
})

test('what goes wrong in a helper is told', async () => {
  const crew = threadCrew(2)
  while (!crew.isReady) await new Promise((resolve) => setTimeout(resolve, 10))
  const memory = new engine!.Memory({ initial: 1, maximum: 1, shared: true })
  const words = new Int32Array(memory.buffer)
  const [COMMON, CHUNK, TAKEN] = [0, 32, 64]
  crew.hand({ memory, common: COMMON * 4 })
  // One state of one cell, whose row lies where there is no memory.
  words.set([1, 0, 0, 0, 0, 1, 0, 0, 0, 2 ** 30], COMMON)
  words.set([0, 1, 1, TAKEN * 4], CHUNK)
  words[CHUNK + BLOCK] = 1
  const chunks = async (): Promise<void> => {
    for (let i = 0; i < 500; i++) {
      // A helper finds it, and whoever searches finds that it is taken.
      words[TAKEN] = 0
      crew.begin(CHUNK * 4)
      await new Promise((resolve) => setTimeout(resolve, 10))
      words[TAKEN] = 1
      crew.finish()
    }
  }
  await expect(chunks()).rejects.toThrow('a helper of a search failed')
  crew.end()
})
