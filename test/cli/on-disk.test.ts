import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { scratch } from '../laws/scratch.ts'
import { doublejump } from './run.ts'

const freshFolder = scratch()
const SMALL = ['check', 'sip/direct', '--scenario', 'both-move', '--property', 'no-deadlock-with-work-left']
const MIDDLE = [
  ...['check', 'sip-setup/interceptor', '--scenario', 'both-move'],
  ...['--property', 'session-survives', '--property', 'a-200-goes-astray'],
]
const found = (json: string) =>
  (JSON.parse(json) as { checks: Record<string, unknown>[] }).checks.map(
    ({ property, verdict, states, transitions, depth, steps }) => ({
      property,
      verdict,
      states,
      transitions,
      depth,
      steps,
    }),
  )

test('what a process that is no more had begun to write is taken away', () => {
  const folder = freshFolder()
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'kept')
  const { pid } = spawnSync(process.execPath, ['--version'])
  const [ended, running, other] = [`${file}.${pid}-abc1.tmp`, `${file}.${process.pid}-abc1.tmp`, `${file}.tmp`]
  for (const path of [ended, running, other]) writeFileSync(path, 'half of it')
  expect(doublejump([...SMALL, '--checkpoint', file]).code).toBe(0)
  expect([file, ended, running, other].map((path) => existsSync(path))).toEqual([true, false, true, true])
})

test('ended by a signal, it says how to go on, and comes to what a search in memory comes to', async () => {
  const folder = freshFolder()
  const bin = resolve(import.meta.dirname, '../../bin/doublejump.js')
  const child = spawn(process.execPath, [bin, ...MIDDLE, '--on-disk', folder], { stdio: ['ignore', 'ignore', 'pipe'] })
  let err = ''
  child.stderr.on('data', (text) => {
    err += text
  })
  const watching = setInterval(() => {
    if (!existsSync(join(folder, 'layers', '4'))) return
    clearInterval(watching)
    child.kill('SIGTERM')
  }, 5)
  const code = await new Promise((done) => child.on('close', done))
  expect(err).toContain(`The search in ${folder} is not over: the same command with --resume goes on with it.`)
  expect(code).toBe(16)
  const again = doublejump([...MIDDLE, '--on-disk', folder, '--resume', '--json'])
  const inMemory = doublejump([...MIDDLE, '--json'])
  expect(found(again.out)).toEqual(found(inMemory.out))
})

test('what it cannot do, and folders that are not for it, are refused with the reason', () => {
  const folder = freshFolder()
  const refused = (args: readonly string[]) => {
    const { code, err } = doublejump(args)
    expect(code).toBe(10)
    return err.replaceAll(folder, 'FOLDER')
  }
  expect(refused(['check', 'sip/direct', '--on-disk', folder])).toContain('--on-disk keeps one search')
  expect(refused([...SMALL, '--resume'])).toContain('--resume is of a search that is kept')
  expect(refused([...SMALL, '--on-disk', folder, '--resume'])).toContain('no search in FOLDER to go on with')
})
