import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** The program of searches that are kept; of the built project, also where this file is run as it is written. */
const program = fileURLToPath(
  import.meta.url.includes('/dist/')
    ? new URL('./kept.js', import.meta.url)
    : new URL('../dist/bench/kept.js', import.meta.url),
)

/** What a search found that is the same whenever it is made. */
export interface Told {
  readonly states: number
  readonly transitions: number
  readonly depth: number
  /** Of each property the verdict, and the steps of its run. */
  readonly verdicts: readonly (readonly string[])[]
}

interface Ended {
  readonly wasKilled: boolean
  /** Null where it printed nothing: it was killed, or there was nothing to go on with. */
  readonly told: Told | null
  readonly seconds: number
}

/** How a search is kept: what comes before its place, a folder or a file. */
export interface Kept {
  readonly model: readonly string[]
  readonly options: readonly string[]
}

/** Runs a search, for so many seconds at most. */
export function search(
  { model, options }: Kept,
  args: readonly string[],
  seconds = Number.POSITIVE_INFINITY,
): Promise<Ended> {
  const started = performance.now()
  const child = spawn(process.execPath, [program, ...model, ...options, ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const end = () => void child.kill('SIGKILL')
  process.once('exit', end)
  let out = ''
  child.stdout.on('data', (text) => {
    out += text
  })
  const timer = Number.isFinite(seconds) ? setTimeout(end, seconds * 1000) : undefined
  return new Promise((done) => {
    child.on('close', (_, signal) => {
      clearTimeout(timer)
      process.off('exit', end)
      done({
        wasKilled: signal === 'SIGKILL',
        told: out === '' ? null : toldIn(out),
        seconds: (performance.now() - started) / 1000,
      })
    })
  })
}

function toldIn(out: string): Told {
  const { states, transitions, depth, verdicts } = JSON.parse(out)
  return { states, transitions, depth, verdicts }
}

export interface Kill {
  /** Seconds after which it was killed. */
  readonly after: number
  /** Whether there was something to go on with; else it was begun again. */
  readonly goneOn: boolean
  /** Seconds that it then took. */
  readonly seconds: number
  readonly told: Told
}

/**
 * Kills a search at random moments (kill -9), and goes on with it each time. One that is over before its moment is made again, and killed sooner.
 *
 * @param whole what one found that was left alone, and its seconds
 * @param place of its own for each, in this folder
 * @param report told of each
 */
export async function killedOften(
  kept: Kept,
  whole: Ended,
  { times, atOnce, place, report }: { times: number; atOnce: number; place: string; report?: (kill: Kill) => void },
): Promise<Kill[]> {
  const random = xoroshiro128plus(SEED)
  const moments = Array.from({ length: times }, () => uniformFloat64(random) * whole.seconds)
  const kills: Kill[] = []
  const lane = async (): Promise<void> => {
    for (let moment = moments.pop(); moment !== undefined; moment = moments.pop()) {
      const folder = mkdtempSync(join(place, 'killed-'))
      const kill = await killedOnce(kept, join(folder, 'search'), moment)
      rmSync(folder, { recursive: true })
      report?.(kill)
      kills.push(kill)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return kills
}

async function killedOnce(kept: Kept, place: string, moment: number): Promise<Kill> {
  const first = await search(kept, [place], moment)
  if (!first.wasKilled) {
    rmSync(place, { recursive: true })
    return killedOnce(kept, place, moment * 0.8)
  }
  const goneOn = await search(kept, [place, '--resume'])
  // Killed before there was anything to go on with.
  const again = goneOn.told === null ? await search(kept, [place]) : goneOn
  if (again.told === null) throw new Error(`What was killed after ${moment} s cannot be gone on with, nor begun again.`)
  return { after: first.seconds, goneOn: goneOn.told !== null, seconds: again.seconds, told: again.told }
}

const SEED = 20
