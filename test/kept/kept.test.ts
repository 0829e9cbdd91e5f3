import { mkdirSync, readdirSync, readFileSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import cacache from 'cacache'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Job } from '../../analysis/job.ts'
import { forgetOld } from '../../analysis/kept/old.ts'
import { checkTask } from '../../analysis/tasks/check.ts'
import { doublejump } from '../cli/run.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kept-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

interface Told {
  readonly kept: number
  readonly checks: readonly Record<string, unknown>[]
}

function check(args: readonly string[], cache = join(folder, 'cache')): Told {
  const { out, err } = doublejump(['check', ...args, '--json'], { env: { DOUBLEJUMP_CACHE: cache }, cwd: folder })
  expect(err).toBe('')
  return JSON.parse(out) as Told
}

/** But for how long it took. */
const verdicts = ({ checks }: Told) => checks.map(({ seconds: _, ...check }) => check)

const asked = ['hip/direct', '--scenario', 'both-move', '--scenario', 'one-moves']

test('what was searched is not searched again, and comes out as it did', () => {
  const first = check(asked)
  const second = check(asked)
  expect([first.kept, second.kept]).toEqual([0, 2])
  expect(second.checks).toEqual(first.checks)
  expect(verdicts(check([...asked, '--no-cache']))).toEqual(verdicts(first))
  expect(check([...asked, '--no-cache']).kept).toBe(0)
  expect(check([...asked, '--max-states', '100000']).kept).toBe(0)
  expect(check(['hip/direct', '--scenario', 'both-move', '--property', 'session-survives']).kept).toBe(0)
})

test('the stories of what is kept are those of the search', () => {
  const explain = () =>
    doublejump(['explain', 'hip/direct', '--property', 'session-survives', '--json'], {
      env: { DOUBLEJUMP_CACHE: join(folder, 'cache') },
    })
  const first = explain()
  expect(JSON.parse(first.out).steps.length).toBeGreaterThan(3)
  expect(explain()).toEqual(first)
})

const contents = (at = join(folder, 'cache')): string[] =>
  readdirSync(at, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.parentPath.includes('content-v2'))
    .map((entry) => join(entry.parentPath, entry.name))

test('what is damaged is searched anew, and kept anew', () => {
  const first = check(asked)
  const damage: readonly ((path: string) => void)[] = [
    (path) => truncateSync(path, Math.floor(statSync(path).size / 2)),
    (path) => truncateSync(path, 0),
    (path) =>
      writeFileSync(
        path,
        readFileSync(path).map((byte, i) => (i === 200 ? byte ^ 1 : byte)),
      ),
  ]
  for (const harm of damage) {
    for (const path of contents()) harm(path)
    const again = check(asked)
    expect(again.kept).toBe(0)
    expect(verdicts(again)).toEqual(verdicts(first))
    expect(check(asked).kept).toBe(2)
  }
})

test("an entry that is another search's is noticed", async () => {
  const first = check(asked)
  const engines = join(folder, 'cache')
  const [engine] = readdirSync(engines)
  const cache = join(engines, engine!)
  const searches = Object.keys(await cacache.ls(cache))
  const data = await Promise.all(searches.map(async (key) => (await cacache.get(cache, key)).data))
  // Each sound in itself, and under the key of the next one.
  for (const [i, key] of searches.entries()) await cacache.put(cache, key, data[(i + 1) % data.length]!)
  const again = check(asked)
  expect(again.kept).toBe(0)
  expect(verdicts(again)).toEqual(verdicts(first))
})

const protocol = (more = ''): string =>
  `${readFileSync(join(import.meta.dirname, '../../templates/protocol.ts'), 'utf8')}\n${more}`

test('a file of ones own is searched anew when it, or what it imports, has changed', () => {
  const own = join(folder, 'my-protocol.ts')
  const beside = join(folder, 'beside.ts')
  writeFileSync(beside, 'export const one = 1\n')
  writeFileSync(own, protocol("import './beside.ts'\n"))
  expect(check([own]).kept).toBe(0)
  const kept = check([own]).kept
  expect(kept).toBeGreaterThan(0)
  writeFileSync(beside, 'export const one = 2\n')
  expect(check([own]).kept).toBe(0)
  expect(check([own]).kept).toBe(kept)
  writeFileSync(own, protocol("import './beside.ts'\n// changed\n"))
  expect(check([own]).kept).toBe(0)
})

test("what asks Node's modules for something is never kept", () => {
  const own = join(folder, 'my-protocol.ts')
  writeFileSync(own, protocol("import { readFileSync } from 'node:fs'\nexport const read = readFileSync\n"))
  expect([check([own]).kept, check([own]).kept]).toEqual([0, 0])
})

test('what engines kept that nobody has used for a month is taken away', async () => {
  const names = ['0123456789abcdef', 'fedcba9876543210', 'abcdefabcdefabcd', 'something-else']
  for (const name of names) mkdirSync(join(folder, name))
  const [old, recent, own, other] = names as [string, string, string, string]
  const days = (n: number) => new Date(Date.now() - n * 86_400_000)
  for (const name of [old, own, other]) utimesSync(join(folder, name), days(31), days(31))
  utimesSync(join(folder, recent), days(29), days(29))
  await forgetOld(folder, own)
  expect(readdirSync(folder).sort()).toEqual([own, recent, other].sort())
})

test('two at once on one folder', async () => {
  const { execFile } = await import('node:child_process')
  const { promisify } = await import('node:util')
  const bin = join(import.meta.dirname, '../../bin/doublejump.js')
  const env = { ...process.env, DOUBLEJUMP_CACHE: join(folder, 'cache') }
  const run = async (): Promise<Told> =>
    JSON.parse((await promisify(execFile)(process.execPath, [bin, 'check', ...asked, '--json'], { env })).stdout)
  const [one, other] = await Promise.all([run(), run()])
  expect(verdicts(one)).toEqual(verdicts(other))
  expect(check(asked).kept).toBe(2)
})

// In /proc there can be no folder: Node's own way to make one with those around it would never end.
test.each(['below a file', '/proc/nobody'])(
  'a folder that cannot be written (%s) is said, once, and changes nothing else',
  (place) => {
    writeFileSync(join(folder, 'file'), '')
    const { code, out, err } = doublejump(['check', ...asked, '--json'], {
      env: { DOUBLEJUMP_CACHE: place.startsWith('/') ? place : join(folder, 'file', 'cache') },
    })
    expect(code).toBe(0)
    expect(JSON.parse(out).kept).toBe(0)
    expect(err.match(/cannot be kept/g)).toHaveLength(1)
    expect(err).toContain('DOUBLEJUMP_CACHE')
  },
)

test('what a moment has ended is not kept; what a count of states has, is', () => {
  const isFinal = (results: never[], limits = {}) => checkTask.keeping!.isFinal(results, { limits } as Job)
  const result = (verdict: string, incompleteBecause: string | null) =>
    ({ verdict, incompleteBecause, assumptions: [] }) as never
  expect(isFinal([result('holds', null), result('violated', null)])).toBe(true)
  expect(isFinal([result('holds', null), result('incomplete', 'states')])).toBe(true)
  for (const because of ['seconds', 'memory', 'interrupted'])
    expect(isFinal([result('holds', null), result('incomplete', because)])).toBe(false)
  expect(isFinal([result('failed', null)])).toBe(false)
  // Out of time it may have given up what is told besides.
  expect(isFinal([result('holds', null)], { seconds: 60 })).toBe(false)
})
