import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { benchConform } from './conform.ts'
import type { DjVariant } from './dj.ts'
import { promela } from './promela.ts'
import { hasSpin, type Measured, measureSpin } from './spin.ts'
import { benchTimed } from './timed.ts'

/**
 * The yardstick beside SPIN, in one run: equal counts are asserted, ratios are printed. Seconds are of whole processes, the
 * best of some rounds that take turns, since the machine may be shared.
 */
const ROUNDS = 3
const INSTANCES: readonly (readonly [DjVariant, number, number, number | null])[] = [
  ['direct', 2, 1, 211_269],
  ['direct', 2, 2, 3_674_597],
  ['fixed', 2, 1, 1_692_140],
]

function measureOurs(variant: DjVariant, K: number, R: number): Measured {
  const runs = Array.from({ length: ROUNDS }, (): Measured => {
    const started = performance.now()
    const script = fileURLToPath(new URL('./ours.js', import.meta.url))
    const out = execFileSync(process.execPath, [script, variant, String(K), String(R)], { encoding: 'utf8' })
    return {
      ...JSON.parse(out),
      seconds: (performance.now() - started) / 1000,
      how: 'node, one thread, exact, parents kept',
    }
  })
  return runs.reduce((best, run) => (run.seconds < best.seconds ? run : best))
}

function assertEqual(what: string, ours: number, theirs: number): void {
  if (ours === theirs) return
  process.stderr.write(`${what}: ${ours} here, ${theirs} there. The two did not do the same work.\n`)
  process.exit(1)
}

function benchUntimed(): void {
  const spin = hasSpin()
  if (!spin) process.stderr.write("SPIN or gcc is not installed ('apt-get install spin gcc'): only our own figures.\n")

  for (const [variant, K, R, known] of INSTANCES) {
    const name = `${variant}(${K},${R})`
    const ours = measureOurs(variant, K, R)
    if (known !== null) assertEqual(`states of ${name}`, ours.states, known)
    const rate = (ours.transitions / ours.seconds / 1e6).toFixed(1)
    process.stdout.write(
      `${name}: ${ours.states} states, ${ours.transitions} transitions\n` +
        `  doublejump ${ours.seconds.toFixed(2)} s, ${ours.bytesPerState.toFixed(0)} B/state, ${rate} M transitions/s (${ours.how})\n`,
    )
    if (!spin) continue
    const theirs = measureSpin(promela(variant, K, R), ROUNDS)
    assertEqual(`states of ${name}`, ours.states, theirs.states)
    assertEqual(`transitions of ${name}`, ours.transitions, theirs.transitions)
    process.stdout.write(
      `  SPIN       ${theirs.seconds.toFixed(2)} s, ${theirs.bytesPerState.toFixed(0)} B/state (${theirs.how})\n` +
        `  ratio      ${(ours.seconds / theirs.seconds).toFixed(2)} of SPIN's time, ${(ours.bytesPerState / theirs.bytesPerState).toFixed(2)} of its memory a state\n`,
    )
  }
}

// `npm run bench -- timed`: only what has a clock; `-- conform`: only logs.
const only = process.argv[2]
if (only === undefined) benchUntimed()
if (only !== 'conform') benchTimed()
if (only !== 'timed') benchConform()
