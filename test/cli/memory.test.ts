import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

const bin = resolve(import.meta.dirname, '../../bin/doublejump.js')
const MIB = 2 ** 20

/** Says at its end what a process took at most. */
const SAYS = `data:text/javascript,${encodeURIComponent(
  "import { isMainThread } from 'node:worker_threads'; if (isMainThread) process.on('exit', () => process.stderr.write('took ' + process.resourceUsage().maxRSS + ' KiB'))",
)}`

const ASKED = ['mipv6/stationary-proxies', '--scenario', 'both-move']

/** A search that may take so many MiB: of what it says about it, and what the process took at most, in MiB. */
function searched(mebibytes: number, workers: string) {
  const args = ['check', ...ASKED, '--max-memory', `${mebibytes}MiB`, '--workers', workers, '--no-cache', '--json']
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', SAYS, bin, ...args], { encoding: 'utf8' })
  const { verdict, incompleteBecause, states } = JSON.parse(stdout).checks[0]
  return { verdict, incompleteBecause, states, took: (Number(/took (\d+) KiB/.exec(stderr)![1]) * 1024) / MIB }
}

test.each(['1', '2'])('a process keeps to --max-memory, with %s workers', (workers) => {
  const bounded = searched(160, workers)
  expect(bounded).toMatchObject({ verdict: 'incomplete', incompleteBecause: 'memory' })
  expect(bounded.took).toBeLessThan(1.05 * 160)
  expect(bounded.states).toBeGreaterThan(100_000)
})

test('and takes more where it may', () => {
  const free = searched(1024, '1')
  expect(free).toMatchObject({ verdict: 'holds', states: 1_957_377 })
  expect(free.took).toBeGreaterThan(1.05 * 160)
})
