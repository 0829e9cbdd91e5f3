import { expect, test } from 'vitest'
import { full } from '../full.ts'
import { doublejump } from './run.ts'

const RUNS = full ? 60 : 12
const simulate = (...args: string[]) => doublejump(['simulate', ...args, '--runs', String(RUNS)])

test('a violation that is expected is shown, minimised, and the rest is incomplete', () => {
  const { code, out, err } = simulate('hip/direct', '--scenario', 'both-move', '--seed', '1')
  expect(err).toBe('')
  expect(code).toBe(16)
  expect(out).toMatch(/✗ session-survives +violated in \d+ of \d+ runs\. a and b each move once and the network loses/)
  expect(out).toMatch(/\? no-stale-overwrite +not violated\n/)
  expect(out).toMatch(/\? a-good-end-is-reachable +seen in \d+ of \d+ runs\n/)
  expect(out).toContain('leaves west-1/a')
  expect(out).toContain('Incomplete: ')
})

test('the same seed gives the same bytes, whatever the number of workers', () => {
  const said = (workers: string) =>
    simulate('sip-paper/direct', '--scenario', 'both-move', '--seed', '7', '--workers', workers, '--json').out
  expect(said('1')).toBe(said('3'))
  const { checks, ...head } = JSON.parse(said('2'))
  expect(head).toEqual({ version: 1, exitCode: 16, seed: 7, runs: RUNS, steps: 200, choosing: 'mixed' })
  expect(new Set(checks.map(({ verdict }: { verdict: string }) => verdict))).toEqual(
    new Set(['violated', 'incomplete']),
  )
})

test('what is found against expectation has the exit code that check has', () => {
  const code = (...args: string[]) => simulate('test/cli/fixtures/surprise.ts', ...args).code
  expect(code()).toBe(11)
  expect(code('--property', 'a-safety-claim')).toBe(12)
  expect(code('--property', 'binding-eventually-correct')).toBe(13)
  expect(code('--property', 'a-binding-goes-stale')).toBe(14)
  expect(code('--property', 'a-vacuous-claim')).toBe(16)
})

test('a run that was found has every format that explain has', () => {
  const args = [
    'sip-paper/direct',
    '--scenario',
    'both-move',
    '--property',
    'binding-eventually-correct',
    '--seed',
    '1',
  ]
  expect(simulate(...args, '--format', 'svg').out).toMatch(/^<svg[\s\S]*<\/svg>\s*$/)
  const { version, file, variant, loopStart } = JSON.parse(simulate(...args, '--format', 'json').out)
  expect({ version, file, variant }).toEqual({ version: 1, file: null, variant: 'direct' })
  expect(loopStart).toBeGreaterThan(0)
})

test('a seed, or a way to choose, that is none', () => {
  expect(simulate('sip/direct', '--seed', '0')).toMatchObject({ code: 10 })
  const { code, err } = simulate('sip/direct', '--choose', 'wisely')
  expect(code).toBe(10)
  expect(err).toContain("no way 'wisely' to choose steps. There are: mixed, uniform, swarm")
})
