import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const bin = resolve(import.meta.dirname, '../../bin/doublejump.js')
const MIB = 2 ** 20

/** Where a system says what a process took at most, since it began: `maxRSS` is also what its parent took. */
const STATUS = '/proc/self/status'

/** Says at its end what a process took at most. */
const SAYS = `data:text/javascript,${encodeURIComponent(
  `import { readFileSync } from 'node:fs'; import { isMainThread } from 'node:worker_threads'
  if (isMainThread) process.on('exit', () => process.stderr.write(/VmHWM:.*/.exec(readFileSync('${STATUS}', 'utf8'))[0]))`,
)}`

/** A twentieth more, and what is told of what was found. */
const MOST = 1.05 * 160 + 16

const ASKED = ['mipv6/stationary-proxies', '--scenario', 'both-move']

/** A search that may take so many MiB: of what it says about it, and what the process took at most, in MiB. */
function searched(mebibytes: number, workers: string) {
  const args = ['check', ...ASKED, '--max-memory', `${mebibytes}MiB`, '--workers', workers, '--no-cache', '--json']
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', SAYS, bin, ...args], { encoding: 'utf8' })
  const { verdict, incompleteBecause, states } = JSON.parse(stdout).checks[0]
  return { verdict, incompleteBecause, states, took: (Number(/VmHWM:\s+(\d+) kB/.exec(stderr)![1]) * 1024) / MIB }
}

describe.skipIf(!existsSync(STATUS) || !/VmHWM/.test(readFileSync(STATUS, 'utf8')))('--max-memory', () => {
  test.each(['1', '2'])('is kept by the process, with %s workers', (workers) => {
    const bounded = searched(160, workers)
    expect(bounded).toMatchObject({ verdict: 'incomplete', incompleteBecause: 'memory' })
    expect(bounded.took).toBeLessThan(MOST)
    expect(bounded.states).toBeGreaterThan(100_000)
  })

  test('is what bounds it: it takes more where it may', () => {
    const free = searched(1024, '1')
    expect(free).toMatchObject({ verdict: 'holds', states: 1_957_377 })
    expect(free.took).toBeGreaterThan(MOST)
  })
})
