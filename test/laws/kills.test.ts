import { mkdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Kept, killedOften, search } from '../../bench/killed.ts'
import { scratch } from './scratch.ts'

/** A search that is killed, at any moment, goes on where it was, and finds what one that is left alone finds. Twenty kills of one of a minute: `npm run kills`. */
const freshFolder = scratch()
const model = ['direct', '2', '1']
/** Small tables, so that there are runs to lose. */
const ON_DISK: Kept = { model, options: ['--tables', '200000', '--folder'] }
const IN_MEMORY: Kept = { model, options: ['--every', '0.3', '--file'] }

/** What one finds that is left alone. */
const leftAlone = new Map<Kept, ReturnType<typeof search>>()
function alone(kept: Kept): ReturnType<typeof search> {
  const found = leftAlone.get(kept) ?? search(kept, [freshFolder()])
  leftAlone.set(kept, found)
  return found
}

async function survivesKills(kept: Kept, kinds: readonly string[]): Promise<void> {
  const whole = await alone(kept)
  const place = freshFolder()
  mkdirSync(place)
  const kills = await killedOften(kept, whole, { times: 2, atOnce: 1, place })
  expect(kills.map(({ told }) => told)).toEqual([whole.told, whole.told])
  expect(kills.some(({ goneOn }) => goneOn)).toBe(true)
  expect(whole.told!.verdicts.map(([kind]) => kind)).toEqual(kinds)
}

test('killed at two moments, a search on disk comes to the same', async () => {
  await survivesKills(ON_DISK, ['holds', 'violated', 'holds'])
})

test('killed at two moments, a search in memory with checkpoints comes to the same, lasso and all', async () => {
  await survivesKills(IN_MEMORY, ['holds', 'violated', 'holds', 'violated'])
})

test('two processes, one of them killed within a layer, find what one finds', async () => {
  const whole = await alone(ON_DISK)
  const folder = freshFolder()
  const [one, other] = await Promise.all([
    search(ON_DISK, [folder, '--partitions', '4'], whole.seconds / 2),
    new Promise((done) => setTimeout(done, whole.seconds * 250)).then(() => search(ON_DISK, [folder, '--resume'])),
  ])
  expect(one.wasKilled).toBe(true)
  expect(other.told).toEqual(whole.told)
})
