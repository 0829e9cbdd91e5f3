import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { expect, test } from 'vitest'
import { full } from '../full.ts'
import { scratch } from './scratch.ts'

/** A search that is killed, at any moment, goes on where it was, and finds what one that was left alone finds. */
const freshFolder = scratch()
const program = resolve(import.meta.dirname, '../../dist/bench/layers.js')
/** All of it takes a quarter of an hour: `npm run kills`. */
const [MODEL, KILLS] = full ? [['direct', '2', '2'], 20] : [['direct', '2', '1'], 2]
/** Small tables, so that there are runs to lose. */
const SIZES = ['--tables', full ? '4000000' : '200000']

interface Ended {
  readonly signal: NodeJS.Signals | null
  readonly found: Record<string, unknown> | null
  readonly seconds: number
}

/** Runs a search, for so many seconds at most. */
function search(args: readonly string[], seconds = Number.POSITIVE_INFINITY): Promise<Ended> {
  const started = performance.now()
  const child = spawn(process.execPath, [program, ...MODEL, ...SIZES, ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let out = ''
  child.stdout.on('data', (text) => {
    out += text
  })
  const timer = Number.isFinite(seconds) ? setTimeout(() => child.kill('SIGKILL'), seconds * 1000) : undefined
  return new Promise((done) => {
    child.on('close', (_, endedBy) => {
      clearTimeout(timer)
      done({
        signal: endedBy,
        found: out === '' ? null : JSON.parse(out),
        seconds: (performance.now() - started) / 1000,
      })
    })
  })
}

const told = (ended: Ended) => {
  const { states, transitions, depth, verdicts } = ended.found!
  return { states, transitions, depth, verdicts }
}

/** What one finds that is left alone. */
let leftAlone: Promise<Ended> | undefined
const searchAlone = (): Promise<Ended> => {
  leftAlone ??= search(['--folder', freshFolder()])
  return leftAlone
}

test(`killed at ${KILLS} moments, a search comes to the same`, async () => {
  const alone = await searchAlone()
  expect((told(alone).verdicts as string[][]).map(([kind]) => kind)).toEqual(['holds', 'violated', 'holds'])
  const random = xoroshiro128plus(20)
  let killed = 0
  for (let kill = 0; kill < KILLS; kill++) {
    const folder = freshFolder()
    const first = await search(['--folder', folder], uniformFloat64(random) * alone.seconds)
    if (first.signal === 'SIGKILL') killed++
    // Killed before there was anything to go on with.
    const begun = await search(['--folder', folder, '--resume'])
    const again = begun.found === null ? await search(['--folder', folder]) : begun
    expect(told(again)).toEqual(told(alone))
  }
  expect(killed).toBeGreaterThan(0)
})

test('two processes, one of them killed within a layer, find what one finds', async () => {
  const alone = await searchAlone()
  const folder = freshFolder()
  const [one, other] = await Promise.all([
    search(['--folder', folder, '--partitions', '4'], alone.seconds / 2),
    new Promise<void>((done) => setTimeout(done, alone.seconds * 250)).then(() =>
      search(['--folder', folder, '--resume']),
    ),
  ])
  expect(one.signal).toBe('SIGKILL')
  expect(told(other)).toEqual(told(alone))
})
