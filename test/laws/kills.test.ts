import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { availableParallelism, freemem } from 'node:os'
import { resolve } from 'node:path'
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { expect, test } from 'vitest'
import { full } from '../full.ts'
import { scratch } from './scratch.ts'

/** A search that is killed, at any moment, goes on where it was, and finds what one that was left alone finds. */
const freshFolder = scratch()
const program = resolve(import.meta.dirname, '../../dist/bench/kept.js')
/** All of it, a search of a minute, takes most of an hour on two cores, less on more, and 6 GiB of memory for every other core: `npm run kills`. */
const [MODEL, KILLS] = full ? [['fixed', '2', '2'], 20] : [['direct', '2', '1'], 2]
/** Small tables, so that there are runs to lose. */
const ON_DISK = ['--tables', full ? '16000000' : '200000', '--folder']
const AT_ONCE = Math.max(
  1,
  Math.floor(Math.min(availableParallelism() / 2, freemem() / (full ? 6 * 2 ** 30 : 2 ** 28))),
)
const IN_MEMORY = ['--memory', '9000', '--every', full ? '15' : '0.3', '--file']

interface Ended {
  readonly signal: NodeJS.Signals | null
  readonly found: Record<string, unknown> | null
  readonly seconds: number
}

/** Runs a search, for so many seconds at most. */
function search(args: readonly string[], seconds = Number.POSITIVE_INFINITY): Promise<Ended> {
  const started = performance.now()
  const child = spawn(process.execPath, [program, ...MODEL, ...args], {
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
const leftAlone = new Map<readonly string[], Promise<Ended>>()
function alone(kept: readonly string[]): Promise<Ended> {
  const found = leftAlone.get(kept) ?? search([...kept, freshFolder()])
  leftAlone.set(kept, found)
  return found
}

const kinds = ({ found }: Ended) => (found!.verdicts as string[][]).map(([kind]) => kind)

/** A search that is killed after so many seconds; one that is over by then is made again, and killed sooner. */
async function killed(args: readonly string[], place: string, seconds: number): Promise<Ended> {
  const ended = await search([...args, place], seconds)
  if (ended.signal === 'SIGKILL') return ended
  rmSync(place, { recursive: true, force: true })
  return killed(args, place, seconds * 0.8)
}

async function survivesKills(kept: readonly string[]): Promise<void> {
  const whole = await alone(kept)
  const random = xoroshiro128plus(20)
  const moments = Array.from({ length: KILLS }, () => uniformFloat64(random) * whole.seconds)
  const goneOnFrom = { times: 0 }
  const survives = async (moment: number): Promise<void> => {
    const place = freshFolder()
    const first = await killed(kept, place, moment)
    const goneOn = await search([...kept, place, '--resume'])
    if (goneOn.found !== null) goneOnFrom.times++
    // Killed before there was anything to go on with.
    const again = goneOn.found === null ? await search([...kept, place]) : goneOn
    expect(told(again)).toEqual(told(whole))
    rmSync(place, { recursive: true, force: true })
    if (full)
      console.info(
        `killed after ${first.seconds.toFixed(1)} s of ${whole.seconds.toFixed(1)} s, ${goneOn.found === null ? 'begun again' : 'gone on with'} for ${again.seconds.toFixed(1)} s: the same`,
      )
  }
  const lane = async (): Promise<void> => {
    for (let moment = moments.pop(); moment !== undefined; moment = moments.pop()) await survives(moment)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  expect(goneOnFrom.times).toBeGreaterThan(0)
}

test(`killed at ${KILLS} moments, a search on disk comes to the same`, async () => {
  await survivesKills(ON_DISK)
  expect(kinds(await alone(ON_DISK))).toEqual(['holds', 'violated', 'holds'])
})

test(`killed at ${KILLS} moments, a search in memory with checkpoints comes to the same, lasso and all`, async () => {
  await survivesKills(IN_MEMORY)
  expect(kinds(await alone(IN_MEMORY))).toEqual(['holds', 'violated', 'holds', 'violated'])
})

test('two processes, one of them killed within a layer, find what one finds', async () => {
  const whole = await alone(ON_DISK)
  const folder = freshFolder()
  const [one, other] = await Promise.all([
    search([...ON_DISK, folder, '--partitions', '4'], whole.seconds / 2),
    new Promise((done) => setTimeout(done, whole.seconds * 250)).then(() => search([...ON_DISK, folder, '--resume'])),
  ])
  expect(one.signal).toBe('SIGKILL')
  expect(told(other)).toEqual(told(whole))
})
