import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { ProcessMemory, Shares } from '../../analysis/threads/process-memory.ts'

const MIB = 2 ** 20
const now = () => performance.now()
const told = (shares: Shares): Int32Array => new Int32Array(shares.memory)

test('what another thread takes is not of this one', () => {
  const shares = new Shares()
  const [one, other] = [shares.take(), shares.take()].map((thread) => new ProcessMemory(shares.memory, thread, now))
  // Whatever else goes on in this process.
  const [little, much] = [process.memoryUsage.rss() / 8, 2 * process.memoryUsage.rss()]
  const isLittle = () => !one!.takesMoreThan(little, 0)
  expect(isLittle()).toBe(false)
  other!.takesMoreThan(Number.POSITIVE_INFINITY, much)
  expect(isLittle()).toBe(true)
  // What it had may be there until it has collected, which it does in the end.
  other!.takesMoreThan(Number.POSITIVE_INFINITY, 0)
  expect(told(shares)[1]! * 1024).toBeGreaterThan(much)
  other!.end()
  expect(told(shares)[1]! * 1024).toBeLessThan(much)
  shares.give(1)
  expect(told(shares)[1]).toBe(0)
})

test('what nobody needs any more is collected before it is said that it is too much', async () => {
  const shares = new Shares()
  const memory = new ProcessMemory(shares.memory, shares.take(), now)
  // What others have left is gone then; and it rests from collecting for a while.
  memory.takesMoreThan(0, 0)
  await new Promise((resolve) => setTimeout(resolve, 2000))
  const before = process.memoryUsage.rss()
  for (let i = 0; i < 20; i++) new Uint8Array(20 * MIB).fill(1)
  expect(memory.takesMoreThan(before + 100 * MIB, 0)).toBe(false)
  const kept = new Uint8Array(200 * MIB).fill(1)
  await new Promise((resolve) => setTimeout(resolve, 2000))
  expect(memory.takesMoreThan(before + 100 * MIB, kept.byteLength)).toBe(true)
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
  expect(new ProcessMemory(shares.memory, shares.take(), now).takesMoreThan(1, 0)).toBe(true)
  const worker = new Worker('require("node:worker_threads").parentPort.postMessage(typeof gc)', { eval: true })
  expect(await once(worker, 'message')).toEqual(['undefined'])
})
