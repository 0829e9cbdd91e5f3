import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { shippedTarget } from '../analysis/target.ts'
import { captureFile } from './logs.ts'
import type { ConformMeasured } from './ours-conform.ts'

const ROUNDS = 2
const SIP = shippedTarget('sip').variants.map(({ name }) => `sip/${name}`)

const CAPTURES = [
  'sip-direct-one-move',
  'sip-direct-double-jump',
  'sip-direct-callee-moves-and-caller-hangs-up',
  'sip-direct-caller-moves-and-returns',
  'sip-direct-double-jump-caller-returns-and-hangs-up',
  'sip-proxy-loose-route-double-jump',
  'sip-proxy-look-up-double-jump',
  'sip-proxy-look-up-refused-caller-hangs-up',
  'sip-proxy-relookup-resend-double-jump',
  'sip-proxy-replace-double-jump',
] as const

/** Logs that diverge: what, its size, and at which share of it a line goes to where nobody is. */
const DIVERGING = [
  ['sip-proxy-look-up-double-jump', 0, 0.9, 'sip/home-proxy-relookup'],
  ['sip-proxy-relookup-resend-double-jump', 0, 0.9, 'sip/resend-add-branch'],
  ['wireguard-double-jump-one-returns', 0, 0.9, 'wireguard/persistent-keepalive'],
  ['mobike-double-jump-initiator-returns', 0, 0.9, 'mobike/silent-initiator'],
  ['data', 100, 0.9, 'wireguard/roaming'],
  ['loop', 20, 0.9, 'sip/home-proxy-relookup'],
] as const

/** Twice as many lines each time. */
const GROWING = [
  ['data', [2000, 4000, 8000, 16_000], '', 'wireguard/roaming'],
  ['data', [250, 500, 1000], '0.9', 'wireguard/roaming'],
  ['loop', [13, 26], '', 'sip/home-proxy-relookup'],
] as const

function measure(log: string, size: number, wrongAt: string, variants: readonly string[]): ConformMeasured {
  const script = fileURLToPath(new URL('./ours-conform.js', import.meta.url))
  const runs = Array.from({ length: ROUNDS }, () => {
    const out = execFileSync(process.execPath, [script, log, String(size), wrongAt, ...variants], { encoding: 'utf8' })
    return JSON.parse(out) as ConformMeasured
  })
  return runs.reduce((one, run) => (run.seconds < one.seconds ? run : one))
}

/** Seconds that tshark takes to read a capture; null where there is none. */
function tsharkReads(name: string): number | null {
  try {
    const times = Array.from({ length: ROUNDS }, () => {
      const started = performance.now()
      execFileSync('tshark', ['-r', captureFile(`${name}.pcapng`), '-T', 'fields', '-e', 'frame.number'], {
        stdio: 'pipe',
      })
      return (performance.now() - started) / 1000
    })
    return Math.min(...times)
  } catch {
    return null
  }
}

const told = ({ lines, verdict, seconds, peak }: ConformMeasured): string =>
  `${lines} lines, ${seconds.toFixed(2)} s, ${peak.toFixed(0)} MiB: ${verdict}`

const say = (text: string): void => {
  process.stdout.write(`${text}\n`)
}

/** What it costs to judge logs, beside tshark, which only reads them, and beside logs of half the length. Seconds are of judging alone, the best of two. */
export function benchConform(): void {
  say(`All ${SIP.length} variants of sip:`)
  for (const name of CAPTURES) {
    const ours = measure(name, 0, '', SIP)
    const peer = tsharkReads(name)
    const ratio = peer === null ? '' : `; ${(ours.seconds / peer).toFixed(1)} of the time that tshark reads for`
    say(`  ${name}: ${told(ours)}${ratio}`)
  }
  say('A line that goes to where nobody is:')
  for (const [name, size, at, variant] of DIVERGING)
    say(`  ${name}, of ${variant}: ${told(measure(name, size, String(at), [variant]))}`)
  say('Twice as many lines:')
  for (const [name, sizes, at, variant] of GROWING) {
    let half: ConformMeasured | null = null
    for (const size of sizes) {
      const ours = measure(name, size, at, [variant])
      const ratio = half === null ? '' : `; ${(ours.seconds / half.seconds).toFixed(2)} of the time of half of them`
      say(`  ${name}${at === '' ? '' : ' that diverges'}: ${told(ours)}${ratio}`)
      half = ours
    }
  }
}
