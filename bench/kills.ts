import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, freemem, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Kept, killedOften, search } from './killed.ts'

/**
 * Kills a search at random moments, and goes on with it: on disk, and in memory with checkpoints. Prints each, and ends with 1 where one finds something else than the one that was left alone.
 * `node dist/bench/kills.js fixed 2 2 [--times 20] [--only disk|checkpoints] [--at-once n] [--folder where]`
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    times: { type: 'string', default: '20' },
    only: { type: 'string' },
    'at-once': { type: 'string' },
    folder: { type: 'string', default: tmpdir() },
  },
})
const model = positionals.length === 0 ? ['fixed', '2', '2'] : positionals
const times = Number(values.times)
/** What DJ fixed(2,2) takes in memory. */
const EACH = 6 * 2 ** 30
const atOnce = Number(
  values['at-once'] ?? Math.max(1, Math.floor(Math.min(availableParallelism() / 2, freemem() / EACH))),
)

/** Small tables, so that there are runs to lose. */
const onDisk: Kept = { model, options: ['--tables', '16000000', '--folder'] }
const inMemory: Kept = { model, options: ['--memory', '9000', '--every', '5', '--file'] }

const place = mkdtempSync(join(values.folder, 'kills-'))
process.on('exit', () => rmSync(place, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(16))

async function survives(how: string, kept: Kept): Promise<void> {
  const whole = await search(kept, [join(place, how)])
  rmSync(join(place, how), { recursive: true })
  const { states, transitions, depth, verdicts } = whole.told!
  const kinds = verdicts
    .map(([kind, ...run]) => `${kind}${run.length === 0 ? '' : ` by ${run.length} steps`}`)
    .join(', ')
  process.stdout.write(
    `${how}: ${states} states, ${transitions} transitions, depth ${depth}; ${kinds}. Left alone ${whole.seconds.toFixed(1)} s\n`,
  )
  const kills = await killedOften(kept, whole, {
    ...{ times, atOnce, place },
    report: ({ after, goneOn, seconds }) =>
      process.stdout.write(
        `  killed after ${after.toFixed(1)} s, ${goneOn ? 'gone on with' : 'begun again'}: ${seconds.toFixed(1)} s\n`,
      ),
  })
  const other = kills.find(({ told }) => JSON.stringify(told) !== JSON.stringify(whole.told))
  if (other !== undefined) {
    process.stdout.write(`Another: ${JSON.stringify(other)}, and not ${JSON.stringify(whole)}\n`)
    process.exit(1)
  }
  process.stdout.write(
    `${how}: all ${kills.length} the same, ${kills.filter(({ goneOn }) => goneOn).length} of them gone on with\n`,
  )
}

if (values.only !== 'checkpoints') await survives('on disk', onDisk)
if (values.only !== 'disk') await survives('checkpoints', inMemory)
