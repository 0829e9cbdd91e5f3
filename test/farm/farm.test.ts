import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { doublejump } from '../cli/run.ts'
import { counting } from '../endless.ts'
import { full } from '../full.ts'
import { SERVERS, type Server } from './servers.ts'

const bin = resolve(import.meta.dirname, '../../bin/doublejump.js')
const children: ChildProcess[] = []
let server: Server | null = null

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await server?.remove()
  server = null
})

function started(args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [bin, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  return child
}

const worker = (url: string): ChildProcess => started(['worker', url, '--lease', '5'])

/** Waits until a program has said something on its standard error. */
const says = (child: ChildProcess, words: string): Promise<void> =>
  new Promise((done) => {
    let all = ''
    child.stderr!.on('data', (data: Buffer) => {
      all += data.toString()
      if (all.includes(words)) done()
    })
  })

const code = (child: ChildProcess): Promise<number | null> =>
  new Promise((done) => (child.exitCode === null ? child.once('exit', done) : done(child.exitCode)))

/** But for how long it took. */
const verdicts = (json: string) =>
  (JSON.parse(json).checks as Record<string, unknown>[]).map(({ seconds: _, ...check }) => check)

/** In full all that ships: some 1,800 searches. */
const asked = full ? [] : ['mip']

/** In `npm test` with one of them. */
const kinds = full ? (['redis', 'postgres'] as const) : (['postgres'] as const)

describe.each(kinds)('%s', (kind) => {
  const start = SERVERS[kind]

  test.skipIf(start === null)('workers and the server are killed, and the report is that of one process', async () => {
    server = await start!()
    const { url } = server
    const check = started(['check', ...asked, '--json', '--on', url])
    const out = text(check.stdout!)
    await says(check, 'No worker of this version is there yet')
    const [first, second] = [worker(url), worker(url)]
    await says(second, 'Waiting for searches')
    await sleep(300)
    first.kill('SIGKILL')
    await sleep(200)
    await server.kill()
    // There was something left to lose.
    expect(check.exitCode).toBeNull()
    await sleep(500)
    await server.start()
    const third = worker(url)
    expect(await code(check)).toBe(0)
    const local = doublejump(['check', ...asked, '--json'])
    expect(verdicts(await out)).toEqual(verdicts(local.out))
    // Nobody makes again what the server still has.
    third.kill('SIGTERM')
    second.kill('SIGTERM')
    expect(await Promise.all([code(second), code(third)])).toEqual([0, 0])
    expect(verdicts(doublejump(['check', ...asked, '--json', '--on', url]).out)).toEqual(verdicts(local.out))
  })
})

const redis = SERVERS.redis

test.skipIf(redis === null)('what a worker is at when nobody waits for it any more it ends', async () => {
  server = await redis!()
  const { url } = server
  const busy = worker(url)
  await says(busy, 'Waiting')
  const endless = counting(mkdtempSync(join(tmpdir(), 'endless-')), 'endless')
  const check = started(['check', endless, '--scenario', 'both-move', '--on', url])
  await says(busy, 'far')
  check.kill('SIGINT')
  await code(check)
  const after = started(['check', 'sims/credentials', '--scenario', 'one-moves', '--on', url])
  expect(await code(after)).toBe(0)
})

test.skipIf(redis === null)(
  'an interrupted run takes back what nobody has begun, and says what was not searched',
  async () => {
    server = await redis!()
    const check = started(['check', 'sims', '--json', '--on', server.url])
    const out = text(check.stdout!)
    await says(check, 'No worker')
    await sleep(500)
    check.kill('SIGINT')
    expect(await code(check)).toBe(16)
    const checks = JSON.parse(await out).checks as { reason: string }[]
    expect(new Set(checks.map(({ reason }) => reason))).toEqual(
      new Set(['it was not searched: the run was interrupted before a worker had made it.']),
    )
    const late = worker(server.url)
    await says(late, 'Waiting')
    await sleep(1000)
    late.kill('SIGINT')
    const told = text(late.stderr!)
    expect(await code(late)).toBe(0)
    expect(await told).toContain('0 searches made.')
  },
)

test.skipIf(redis === null)('where the server has gone it is said, and an interruption ends all the same', async () => {
  server = await redis!()
  const { url } = server
  const endless = counting(mkdtempSync(join(tmpdir(), 'endless-')), 'endless')
  const busy = worker(url)
  await says(busy, 'Waiting')
  const check = started(['check', endless, '--scenario', 'both-move', '--on', url])
  await says(busy, 'far')
  const trouble = [check, busy].map((one) => says(one, 'Trouble with the server'))
  await server.kill()
  await Promise.all(trouble)
  for (const one of [check, busy]) one.kill('SIGINT')
  expect(await Promise.all([code(check), code(busy)])).toEqual([16, 0])
  await server.start()
})

test.skipIf(redis === null)('an answer that the server still has is not that of a file that was changed', async () => {
  server = await redis!()
  const { url } = server
  const file = join(mkdtempSync(join(tmpdir(), 'changed-')), 'own.ts')
  const hello = readFileSync(resolve(import.meta.dirname, '../../examples/hello.ts'), 'utf8')
  const verdictsOn = (text: string) => {
    writeFileSync(file, text)
    return [...doublejump(['check', file, '--json', '--on', url]).out.matchAll(/"verdict": "(\w+)"/g)].join()
  }
  worker(url)
  const [before, broken] = [hello, hello.replace('heard: number, peerAt: at }', 'heard: number }')]
  expect(broken).not.toBe(before)
  const first = verdictsOn(before)
  expect(verdictsOn(broken)).not.toBe(first)
  expect(verdictsOn(before)).toBe(first)
  // Where it is never the same as elsewhere, that is said.
  writeFileSync(file, `${hello}\nconsole.log(process.pid)\n`)
  const refused = doublejump(['check', file, '--on', url])
  expect([refused.code, refused.err]).toEqual([10, expect.stringContaining('A worker may search something else')])
})

test.skipIf(redis === null)(
  'what memory has ended is asked anew; what a count of states has, is told again',
  async () => {
    server = await redis!()
    const { url } = server
    const at = worker(url)
    const said = text(at.stderr!)
    const asked = ['check', 'mipv6/home-address', '--scenario', 'both-move', '--on', url]
    for (const bound of ['--max-memory', '--max-memory', '--max-states', '--max-states'])
      expect(doublejump([...asked, bound, bound === '--max-memory' ? '1MiB' : '100']).code).toBe(16)
    at.kill('SIGTERM')
    await code(at)
    expect(await said).toContain('3 searches made.')
  },
)

test.skipIf(redis === null)('workers make one search together in a folder, one of them killed at it', async () => {
  server = await redis!()
  const { url } = server
  const folder = join(mkdtempSync(join(tmpdir(), 'together-')), 'search')
  const asked = [
    'check',
    'sip-setup/interceptor',
    '--scenario',
    'both-move',
    '--property',
    'session-survives',
    '--json',
  ]
  const [first, second] = [worker(url), worker(url)]
  await Promise.all([says(first, 'Waiting'), says(second, 'Waiting')])
  const check = started([...asked, '--on', url, '--on-disk', folder, '--partitions', '2'])
  const out = text(check.stdout!)
  while (!existsSync(join(folder, 'layers', '6'))) await sleep(5)
  first.kill('SIGKILL')
  expect(await code(check)).toBe(0)
  expect(verdicts(await out)).toEqual(verdicts(doublejump(asked).out))
  // It is over, and not begun again by who only asks.
  const again = doublejump([...asked, '--on', url, '--on-disk', folder])
  expect([again.code, again.err]).toEqual([10, expect.stringContaining('Go on with it by --resume')])
  const resumed = doublejump([...asked, '--on', url, '--on-disk', folder, '--resume'])
  expect(verdicts(resumed.out)).toEqual(verdicts(doublejump(asked).out))
  rmSync(dirname(folder), { recursive: true })
})

test('where there is no server, or no such one, that is said', () => {
  const away = doublejump(['worker', 'redis://127.0.0.1:1'])
  expect([away.code, away.err]).toEqual([10, expect.stringContaining('There is no server at redis://127.0.0.1:1')])
  const wrong = doublejump(['check', 'sims', '--on', 'http://me:secret@somewhere'])
  expect([wrong.code, wrong.err]).toEqual([10, expect.stringContaining('is no server that can hand out searches')])
  expect(wrong.err).not.toContain('secret')
})
