import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What `ours-timed.ts` prints. `without`: how many states there are but for the clocks. */
interface TimedMeasured {
  readonly states: number
  readonly transitions: number
  readonly without: number
  readonly bytesPerState: number
  readonly seconds: number
}

const ROUNDS = 3
/** Lengths in tens of milliseconds, and ten times as long. */
const SHORT = { d: [10, 10], blackout: [20, 40], leaves: [0, 100] }
const LONG = { d: [100, 100], blackout: [200, 400], leaves: [0, 1000] }
/** Any time at all, which ticks do not come to the end of. */
const ANY = { d: [25, 25] }
const INSTANCES = [
  ['mip-lr/revised-answers', SHORT, true],
  ['mip-lr/revised-answers', LONG, true],
  ['hip/rvs-when-sent-again', SHORT, true],
  ['hip/rvs-when-sent-again', LONG, true],
  ['sip/direct', SHORT, true],
  ['sip/relookup-on-retransmit', ANY, false],
  ['mipv6/stationary-proxies', ANY, false],
] as const

function measure(variant: string, as: 'dense' | 'ticks', given: object): TimedMeasured {
  const script = fileURLToPath(new URL('./ours-timed.js', import.meta.url))
  const out = execFileSync(process.execPath, [script, variant, as, JSON.stringify(given)], { encoding: 'utf8' })
  return JSON.parse(out) as TimedMeasured
}

const best = (runs: readonly TimedMeasured[]): TimedMeasured =>
  runs.reduce((one, run) => (run.seconds < one.seconds ? run : one))

const line = (name: string, { states, seconds, bytesPerState }: TimedMeasured): string =>
  `  ${name.padEnd(8)}${states} states, ${seconds.toFixed(2)} s, ${Math.round(states / seconds)} states/s, ${bytesPerState.toFixed(0)} B/state\n`

/**
 * Double jumps with a clock, by state classes and by ticks, in turns: both must come to the same states of nodes and networks. Seconds are of the search alone.
 *
 * @throws Error where they do not
 */
export function benchTimed(): void {
  for (const [variant, given, byTicks] of INSTANCES) {
    const rounds = Array.from({ length: ROUNDS }, () => ({
      dense: measure(variant, 'dense', given),
      ticks: byTicks ? measure(variant, 'ticks', given) : null,
    }))
    const dense = best(rounds.map((round) => round.dense))
    process.stdout.write(`${variant} ${JSON.stringify(given)}: ${dense.without} states but for the clocks\n`)
    process.stdout.write(line('classes', dense))
    const timed = rounds.flatMap((round) => round.ticks ?? [])
    if (timed.length === 0) continue
    const ticks = best(timed)
    if (ticks.without !== dense.without)
      throw new Error(`${variant}: ${dense.without} states by classes, ${ticks.without} by ticks.`)
    process.stdout.write(line('ticks', ticks))
    const ratio = (one: number, other: number): string => (one / other).toFixed(4)
    process.stdout.write(
      `  ratio   ${ratio(dense.states, ticks.states)} of the states, ${ratio(dense.seconds, ticks.seconds)} of the time\n`,
    )
  }
}
