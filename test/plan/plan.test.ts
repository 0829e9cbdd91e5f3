import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { doublejump } from '../cli/run.ts'

let folder: string
const at = (name: string) => join(folder, name)
const asked = ['sims', 'hip/direct', '--scenario', 'both-move', '--scenario', 'one-moves']

const ran = (args: readonly string[], input?: string) => {
  const { code, out, err } = doublejump(args, { cwd: folder, ...(input === undefined ? {} : { input }) })
  expect(code, err).toBe(0)
  return out
}

const lines = (text: string): string[] => text.trimEnd().split('\n')

/** But for how long it took. */
const withoutSeconds = (json: string) => JSON.parse(json.replaceAll(/"seconds": [\d.]+/g, '"seconds": 0'))

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plan-'))
  writeFileSync(at('jobs.ndjson'), ran(['check', ...asked, '--plan']))
})
afterAll(() => rm(folder, { recursive: true }))

test('shares made apart, put together, are what check says', () => {
  const whole = withoutSeconds(ran(['check', ...asked, '--json']))
  expect(whole.checks.length).toBeGreaterThan(30)
  writeFileSync(at('1'), ran(['check', ...asked, '--shard', '1/3', '--reporter', 'ndjson']))
  writeFileSync(at('2'), ran(['run-job', '--plan', 'jobs.ndjson', '--shard', '2/3']))
  const third = lines(readFileSync(at('jobs.ndjson'), 'utf8')).filter((_, i) => i % 3 === 2)
  writeFileSync(at('3'), ran(['run-job'], third.join('\n')))
  expect(withoutSeconds(ran(['merge', '3', '1', '2', '--json']))).toEqual(whole)
  // Delivered twice, and in any order.
  expect(withoutSeconds(ran(['merge', '2', '3', '1', '1', '2', '--json']))).toEqual(whole)
  ran(['merge', '1', '2', '3', '--out', 'out'])
  expect(withoutSeconds(readFileSync(at('out/report.json'), 'utf8'))).toEqual(whole)
})

test('each search is in one share', () => {
  const [, ...rest] = lines(readFileSync(at('jobs.ndjson'), 'utf8'))
  const indices = (text: string) => lines(text).map((line) => JSON.parse(line).index as number)
  const shares = [1, 2].map((n) => indices(ran(['run-job', '--plan', 'jobs.ndjson', '--shard', `${n}/2`])))
  expect(shares.flat().sort((one, other) => one - other)).toEqual(Array.from({ length: rest.length + 1 }, (_, i) => i))
})

test('what is missing or cut off is said, by name where the plan is given, and the rest is reported', () => {
  const [first, second, ...rest] = lines(ran(['run-job', '--plan', 'jobs.ndjson']))
  writeFileSync(at('part'), [second, ...rest, first!.slice(0, -40)].join('\n'))
  const { code, out, err } = doublejump(['merge', 'part', '--json', '--plan', 'jobs.ndjson'], { cwd: folder })
  expect(code).toBe(16)
  const { job } = JSON.parse(first!)
  expect(err).toContain('was cut off, and is left out')
  expect(err).toContain(`1 of ${rest.length + 2} searches is missing`)
  expect(err).toContain(`0 ${job.protocol}/${job.variant} · ${job.scenario} · all properties`)
  expect(JSON.parse(out).checks.length).toBeGreaterThan(10)
  writeFileSync(at('again'), ran(['run-job', '--plan', 'jobs.ndjson', '--index', '0']))
  const mended = doublejump(['merge', 'part', 'again', '--json'], { cwd: folder })
  expect(mended.code).toBe(0)
})

const refused = (args: readonly string[], input?: string): string => {
  const { code, err } = doublejump(args, { cwd: folder, ...(input === undefined ? {} : { input }) })
  expect(code, err).toBe(10)
  return err
}

test('two results of one search that do not agree, parts of two plans, and other things are refused', () => {
  const made = ran(['run-job', '--plan', 'jobs.ndjson', '--index', '0'])
  writeFileSync(at('made'), made)
  writeFileSync(at('other'), made.replace('"verdict":"holds"', '"verdict":"violated"'))
  expect(refused(['merge', 'made', 'other'])).toContain('do not agree')
  writeFileSync(at('other'), made.replace(/"plan":"/, '"plan":"0'))
  expect(refused(['merge', 'made', 'other'])).toContain('several plans')
  writeFileSync(at('other'), made.replace('"index":0', '"index":1').replace(/"engine":"/, '"engine":"0'))
  expect(refused(['merge', 'made', 'other'])).toContain('several versions')
  expect(refused(['merge', 'jobs.ndjson'])).toContain('jobs.ndjson, line 1 is no line of results')
  expect(refused(['merge'], '')).toContain('nothing to merge')
  expect(refused(['run-job'], '')).toContain('There is nothing to do')
  expect(refused(['run-job'], 'hello')).toContain('standard input, line 1 is no line of JSON')
  expect(refused(['run-job', '{"version":1}'])).toContain('Argument 1 is no line of a plan')
  expect(refused(['run-job', '--shard', '1/2'])).toContain('none is named')
  expect(refused(['run-job', '--plan', 'jobs.ndjson', '--index', '9999'])).toContain('counted from 1')
  expect(refused(['run-job', '--plan', 'missing'])).toContain('cannot be read: there is no such file')
  expect(refused(['merge', '.'])).toContain('cannot be read: it is a folder')
  for (const share of ['0/2', '3/2', '1', 'x/y']) expect(refused(['check', '--shard', share])).toContain('no share')
})

test('a plan that was cut off is said to be that', () => {
  const plan = readFileSync(at('jobs.ndjson'), 'utf8')
  writeFileSync(at('cut'), plan.slice(0, -30))
  expect(refused(['run-job', '--plan', 'cut', '--index', '0'])).toContain('was cut off')
  writeFileSync(at('cut'), `${lines(plan)[0]}\n`)
  expect(refused(['run-job', '--plan', 'cut', '--index', '1'])).toContain("has 1 of the plan's")
  expect(refused(['run-job', '--plan', 'cut', '--index', '0', '--shard', '1/2'])).toContain('Give one of them')
})

test('whether a result is as expected is not taken from a file', () => {
  const [first] = lines(ran(['run-job', '--plan', 'jobs.ndjson', '--index', '0']))
  const done = JSON.parse(first!)
  const result = done.results.find(({ verdict }: { verdict: string }) => verdict === 'holds')
  Object.assign(result, { verdict: 'violated', kind: 'safety' })
  writeFileSync(at('edited'), JSON.stringify(done))
  const { out } = doublejump(['merge', 'edited', '--json'], { cwd: folder })
  const checks = JSON.parse(out).checks as { verdict: string; asExpected: boolean; property: string }[]
  expect(checks.find(({ property }) => property === result.property)).toMatchObject({
    verdict: 'violated',
    asExpected: false,
  })
})

test('results of other sources are not put together, and a final one takes the place of another', () => {
  const [first, second, ...rest] = lines(ran(['run-job', '--plan', 'jobs.ndjson']))
  const changed = (line: string, change: (done: Record<string, unknown>) => void): string => {
    const done = JSON.parse(line)
    change(done)
    return JSON.stringify(done)
  }
  const elsewhere = changed(second!, (done) => {
    done.sources = ['of another version']
  })
  writeFileSync(at('mixed'), [first, elsewhere, ...rest].join('\n'))
  const { code, err } = doublejump(['merge', 'mixed'], { cwd: folder })
  expect([code, err]).toEqual([10, expect.stringContaining('made of different texts of it')])
  const short = changed(first!, (done) => {
    for (const result of done.results as Record<string, unknown>[])
      Object.assign(result, { verdict: 'incomplete', incompleteBecause: 'interrupted' })
  })
  writeFileSync(at('whole'), [first, second, ...rest].join('\n'))
  writeFileSync(at('short'), short)
  for (const order of [
    ['whole', 'short'],
    ['short', 'whole'],
  ])
    expect(withoutSeconds(ran(['merge', ...order, '--json']))).toEqual(
      withoutSeconds(ran(['merge', 'whole', '--json'])),
    )
})

test('a plan of a share is that share; what says nothing of a plan is refused', () => {
  const all = lines(readFileSync(at('jobs.ndjson'), 'utf8'))
  expect(lines(ran(['check', ...asked, '--plan', '--shard', '2/3']))).toEqual(all.filter((_, i) => i % 3 === 1))
  const { code, err } = doublejump(['check', 'sims', '--plan', '--on-disk', 'x'], { cwd: folder })
  expect([code, err]).toEqual([10, expect.stringContaining('--on-disk says nothing of it')])
  for (const option of [['--out', 'x'], ['--json'], ['--reporter', 'junit'], ['--watch']])
    expect(refused(['check', 'sims', '--plan', ...option])).toContain(`${option[0]} says nothing of it`)
})
