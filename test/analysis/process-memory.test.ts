import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { ProcessMemory, Shares } from '../../analysis/threads/process-memory.ts'

const MIB = 2 ** 20
const ANY = Number.POSITIVE_INFINITY
const told = (shares: Shares): Int32Array => new Int32Array(shares.memory)

/** Time goes on by an hour each time: it never rests. */
function slowly(): () => number {
  let hours = 0
  return () => 3_600_000 * hours++
}

test('what another thread takes is not of this one', () => {
  const shares = new Shares()
  const [one, other] = [shares.take(), shares.take()].map(
    (thread) => new ProcessMemory(shares.memory, thread, slowly()),
  )
  // Whatever else goes on in this process.
  const little = process.memoryUsage.rss() / 8
  told(shares)[1] = 0
  expect(one!.takesMoreThan(little, 0, 0)).toBe(true)
  told(shares)[1] = (2 * process.memoryUsage.rss()) / 1024
  expect(one!.takesMoreThan(little, 0, 0)).toBe(false)
  // It says itself what it takes: its heap and arrays, and what it is about to take; which is not so where it may not.
  const [heap, much] = [process.memoryUsage().heapTotal, 2 ** 40]
  expect(other!.takesMoreThan(ANY, 0, much)).toBe(false)
  expect(told(shares)[1]! * 1024).toBeGreaterThan(much + heap / 2)
  expect(other!.takesMoreThan(2 ** 33, 0, much)).toBe(true)
  const now = told(shares)[1]! * 1024
  expect(now).toBeGreaterThan(heap / 2)
  expect(now).toBeLessThan(much)
})

test('what nobody needs any more is collected before it is said that it is too much', () => {
  const shares = new Shares()
  const memory = new ProcessMemory(shares.memory, shares.take(), slowly())
  // What others have left is gone then.
  memory.takesMoreThan(0, 0, 0)
  const before = process.memoryUsage.rss()
  for (let i = 0; i < 20; i++) new Uint8Array(20 * MIB).fill(1)
  expect(memory.takesMoreThan(before + 100 * MIB, 0, 0)).toBe(false)
  const kept = new Uint8Array(200 * MIB).fill(1)
  expect(memory.takesMoreThan(before + 100 * MIB, kept.byteLength, 0)).toBe(true)
})

test('what was too much a moment ago is too much, without collecting again', () => {
  const shares = new Shares()
  let [time, asked] = [0, 0]
  // Collecting takes a second: then there is none for three.
  const memory = new ProcessMemory(shares.memory, shares.take(), () => {
    asked++
    return asked % 2 === 0 ? time + 1000 : time
  })
  const bound = process.memoryUsage.rss() + 2 ** 30
  expect(memory.takesMoreThan(bound, 0, 2 ** 32)).toBe(true)
  expect(asked).toBe(2)
  asked = 0
  time = 2000
  expect(memory.takesMoreThan(bound, 0, 2 ** 32)).toBe(true)
  expect(memory.takesMoreThan(bound, 0, 2 ** 20)).toBe(false)
  expect(asked).toBe(1)
  // What was counted since is there.
  expect(memory.takesMoreThan(process.memoryUsage.rss() - 1, 2 ** 32, 0)).toBe(true)
})

test('the number of a thread that has ended is given to another, and nothing is left of what it took', () => {
  const shares = new Shares()
  expect([shares.take(), shares.take(), shares.take()]).toEqual([0, 1, 2])
  told(shares)[1] = 1000
  shares.give(1)
  expect(told(shares)[1]).toBe(0)
  expect([shares.take(), shares.take()]).toEqual([1, 3])
})

test('whoever is given the collector leaves nothing of it to programs', async () => {
  const shares = new Shares()
  expect(new ProcessMemory(shares.memory, shares.take(), slowly()).takesMoreThan(1, 0, 0)).toBe(true)
  const worker = new Worker('require("node:worker_threads").parentPort.postMessage(typeof gc)', { eval: true })
  expect(await once(worker, 'message')).toEqual(['undefined'])
})
