import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

const main = resolve(import.meta.dirname, '../../dist/lab/main.js')
const lab = (args: string[], env: Record<string, string> = {}) =>
  spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', env: { ...process.env, ...env } })

// The experiments themselves take minutes and need root: `npm run lab -- sip-direct` runs one.
test('an experiment that is not there, or none at all: the list', () => {
  for (const args of [['nothing'], []]) {
    const { status, stderr } = lab(args)
    expect(status).toBe(10)
    expect(stderr).toMatch(/There are:\n {2}sip-direct: /)
  }
})

test('what is missing is said, with the names of the packages', () => {
  const { status, stderr, stdout } = lab(['sip-direct'], { PATH: '/nowhere' })
  expect(status).toBe(10)
  expect(stderr).toMatch(/^Skipped: (network namespaces need root|.*baresip-core)/)
  expect(stdout).toBe('')
})
