import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { threadCrew } from '../analysis/threads/crew.ts'
import { check } from '../checker/check.ts'
import { explore } from '../checker/explore.ts'
import { wallClock } from '../checker/limits.ts'
import { modelOf } from './instances.ts'

/**
 * One search by so many threads, each count in a process of its own, 0 for one thread without the loop in WebAssembly: seconds of the clock, and of the processors. Equal counts are asserted.
 * `node dist/bench/together.js 'dj fixed(2,3)' states|sleep|safety|all 1,2,4,8,16`
 */
const [name = 'dj fixed(2,2)', asked = 'states', counts = '1,2', inside] = process.argv.slice(2)

async function search(threads: number): Promise<string> {
  const { model, properties } = await modelOf(name, asked === 'all')
  const control =
    threads <= 1 ? wallClock : { ...wallClock, now: () => wallClock.now(), crew: () => threadCrew(threads) }
  const kernel = threads === 0 ? { kernel: null } : {}
  const [started, before] = [performance.now(), process.cpuUsage()]
  const searched =
    asked === 'states' || asked === 'sleep'
      ? countsOf(explore(model, { control, sleep: asked === 'sleep', ...kernel }))
      : (({ states, transitions }) => ({ states, transitions }))(
          check(model, properties, { control, ...kernel })[0]!.statistics,
        )
  const { user, system } = process.cpuUsage(before)
  return JSON.stringify({
    ...searched,
    seconds: (performance.now() - started) / 1000,
    ofProcessors: (user + system) / 1e6,
    mebibytes: Math.round(process.resourceUsage().maxRSS / 1024),
  })
}

const countsOf = ({ store, transitions }: ReturnType<typeof explore>) => ({ states: store.count, transitions })

interface Found {
  readonly states: number
  readonly transitions: number
  readonly seconds: number
  readonly ofProcessors: number
  readonly mebibytes: number
}

function rows(): void {
  process.stdout.write(
    '| search | threads | states, transitions | seconds | as fast as the first | of the processors | MiB |\n',
  )
  process.stdout.write('|---|---:|---:|---:|---:|---:|---:|\n')
  let first: Found | null = null
  for (const threads of counts.split(',')) {
    const { stdout, status } = spawnSync(
      process.execPath,
      ['--max-old-space-size=16000', fileURLToPath(import.meta.url), name, asked, threads, 'inside'],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
    )
    if (status !== 0) throw new Error(`with ${threads} threads it ended with ${status}`)
    const found = JSON.parse(stdout) as Found
    first ??= found
    if (found.states !== first.states || found.transitions !== first.transitions)
      throw new Error(`${threads} threads find ${found.states} states, and ${first.states} were found before`)
    const { states, transitions, seconds, ofProcessors, mebibytes } = found
    process.stdout.write(
      `| \`${name}\`, ${asked} | ${threads} | ${states.toLocaleString('en')}; ${transitions.toLocaleString('en')} | ${seconds.toFixed(1)} | ${(first.seconds / seconds).toFixed(2)} | ${ofProcessors.toFixed(1)} | ${mebibytes} |\n`,
    )
  }
}

if (inside === undefined) rows()
else process.stdout.write(await search(Number(counts)))
