// Threads that search together. The build must be there: a thread runs what was built.
import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import type * as Crews from '../../analysis/threads/crew.ts'
import type * as Dj from '../../bench/dj.ts'
import type { Crew } from '../../checker/crew.ts'
import type * as Explore from '../../checker/explore.ts'
import { wallClock } from '../../checker/limits.ts'
import { FROM, NEXT, type Shared } from '../../checker/partitioned.ts'

const built = resolve(import.meta.dirname, '../../dist')
const { threadCrew }: typeof Crews = await import(join(built, 'analysis/threads/crew.js'))
const { explore }: typeof Explore = await import(join(built, 'checker/explore.js'))
const { dj }: typeof Dj = await import(join(built, 'bench/dj.js'))

const sharing = { from: 100, most: 200, least: 20, block: 16 }

/** Threads of this process, where that can be asked. */
const threads = (): number => (existsSync('/proc/self/task') ? readdirSync('/proc/self/task').length : 0)

async function untilNoMoreThan(count: number): Promise<void> {
  for (let i = 0; i < 200 && threads() > count; i++) await new Promise((resolve) => setTimeout(resolve, 50))
}

test.each([2, 4])('%i threads find what one finds, and none is left', async (size) => {
  const model = dj('direct', 2, 0)
  const alone = explore(model)
  const before = threads()
  let [ended, helped] = [0, 0]
  let shared: Shared | null = null
  const crew = threadCrew(size, () => ended++)
  while (!crew.isReady) await new Promise((resolve) => setTimeout(resolve, 10))
  const control = {
    ...wallClock,
    crew: (): Crew => ({
      size,
      isReady: true,
      hand: (given) => {
        shared = given
        crew.hand(given)
      },
      // The first block is left to a helper, if one comes soon.
      begin: (phase) => {
        crew.begin(phase)
        const { turn } = shared!
        for (const until = performance.now() + 100; phase === 'expand' && performance.now() < until; )
          if (Atomics.load(turn, NEXT) > turn[FROM]!) break
        if (phase === 'expand' && Atomics.load(turn, NEXT) > turn[FROM]!) helped++
      },
      finish: crew.finish,
      end: crew.end,
    }),
  }
  const together = explore(model, { control, sharing })
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

test('what goes wrong in a helper is told', async () => {
  const crew = threadCrew(2)
  while (!crew.isReady) await new Promise((resolve) => setTimeout(resolve, 10))
  let asked = 0
  // The helper is given nothing to take turns with, and whoever asks again has no state left.
  const shared = {
    get turn() {
      return asked++ === 0 ? null : Int32Array.of(0, 0, 0, 0)
    },
    partitions: 0,
  }
  crew.hand(shared as unknown as Shared)
  const phases = async (): Promise<void> => {
    for (let i = 0; i < 500; i++) {
      crew.begin('find')
      await new Promise((resolve) => setTimeout(resolve, 10))
      crew.finish('find')
    }
  }
  await expect(phases()).rejects.toThrow('a helper of a search failed')
  crew.end()
})
