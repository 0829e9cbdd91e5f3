import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { doublejump } from './run.ts'

// Properties with a length of time in them, in a file of one's own: as docs/time.md shows them.
const root = resolve(import.meta.dirname, '../..')
const shown = /```ts\n(import[\s\S]*?)```/.exec(readFileSync(join(root, 'docs/time.md'), 'utf8'))![1]!
const folder = mkdtempSync(join(tmpdir(), 'in-time-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
writeFileSync(
  join(folder, 'hello.ts'),
  `${readFileSync(join(root, 'examples/hello.ts'), 'utf8').replace('import { match }', `${shown}\nimport { match }`)}`,
)

const run = (...args: readonly string[]) => doublejump(args, { cwd: folder })
const ASKED = ['hello.ts/rendezvous', '--scenario', 'both-move', '--given', 'd=25']

test('they are decided to the millisecond, with the run that takes longer', () => {
  const { code, out } = run('check', ...ASKED, '--json')
  expect(code).toBe(12)
  const { checks } = JSON.parse(out) as { checks: { property: string; verdict: string; explanation: string }[] }
  const own = checks.slice(-3)
  expect(own.map(({ property, verdict }) => `${property} ${verdict}`)).toEqual([
    'repaired-in-time holds',
    'hardly-in-time violated',
    'stale-for-at-most-4-s holds',
  ])
  expect(own[1]!.explanation).toContain('lasts longer than 1,049 ms')
  const told = JSON.parse(run('durations', ...ASKED, '--property', 'binding-eventually-correct', '--json').out)
  expect(told.longest.milliseconds).toBe(1050)
})

test('its run is one of the model, and can be done again', () => {
  const story = run('explain', ...ASKED, '--property', 'hardly-in-time', '--format', 'json')
  expect(story.code).toBe(0)
  writeFileSync(join(folder, 'story.json'), story.out)
  const replayed = run('replay', 'story.json')
  expect(replayed.out).toContain('still happens')
})

test('without a clock they are not asked, and it is said why', () => {
  const { out } = run('check', 'hello.ts/rendezvous', '--json')
  expect(JSON.parse(out).checks.map(({ property }: { property: string }) => property)).not.toContain('repaired-in-time')
  for (const command of ['check', 'explain', 'breaks']) {
    const { code, err } = run(command, 'hello.ts/rendezvous', '--property', 'repaired-in-time')
    expect([command, code]).toEqual([command, 10])
    expect(err).toContain('which only a clock says. Ask with --timed')
  }
})

test('bounds says for which parameters they hold', () => {
  const { code, out } = run(
    'bounds',
    'hello.ts/rendezvous',
    '--property',
    'repaired-in-time',
    '--vary',
    'silence=900..1100/50',
    '--given',
    'd=25',
    '--json',
  )
  expect(code).toBe(0)
  expect(JSON.parse(out).points.map(({ holds }: { holds: boolean }) => holds)).toEqual([true, true, true, false, false])
})

test('a length that is none is a mistake', () => {
  writeFileSync(join(folder, 'half.ts'), readFileSync(join(folder, 'hello.ts'), 'utf8').replace('1050', '10.5'))
  const { code, err } = run('check', 'half.ts', '--timed')
  expect(code).toBe(10)
  expect(err).toContain('no whole number from 0 on')
})
