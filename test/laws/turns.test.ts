import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { recordOf } from '../../checker/layers/disk/files.ts'
import { scratch } from './scratch.ts'

/** Values are added to one file by several processes: one at a time, each line whole, and nobody waits for ever. */
const freshFolder = scratch()
const disk = resolve(import.meta.dirname, '../../dist/checker/layers/disk')
function folder(): string {
  const made = freshFolder()
  mkdirSync(made, { recursive: true })
  return made
}
const [PROCESSES, LINES] = [4, 200]

const each = async (script: string): Promise<(number | undefined)[]> => {
  const ended = Array.from({ length: PROCESSES }, () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' })
    return new Promise<[number | undefined, number | null]>((done) =>
      child.on('close', (code) => done([child.pid, code])),
    )
  })
  const all = await Promise.all(ended)
  expect(all.map(([, code]) => code)).toEqual(Array(PROCESSES).fill(0))
  return all.map(([pid]) => pid)
}
const module = (name: string): string => JSON.stringify(resolve(disk, name))

test('what several processes add is there, each line whole', async () => {
  const path = join(folder(), 'values')
  const pids = await each(`import { SharedLines } from ${module('lines.js')}
    const file = new SharedLines(${JSON.stringify(path)})
    for (let i = 0; i < ${LINES}; i++) file.append(process.pid + ' ' + i)`)
  const found = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
  for (const pid of pids)
    expect(found.filter((line) => line.startsWith(`${pid} `))).toEqual(
      Array.from({ length: LINES }, (_, i) => `${pid} ${i}`),
    )
})

test('a turn is one process’s, also after one that was killed in its own', async () => {
  const here = folder()
  const [path, lock] = [join(here, 'count'), join(here, 'lock')]
  writeFileSync(path, '0')
  // Of a process that is not there.
  const gone = spawnSync('true').pid
  writeFileSync(lock, recordOf({ host: hostname(), pid: gone }))
  await each(`import { alone } from ${module('owner.js')}
    import { readFileSync, writeFileSync } from 'node:fs'
    const path = ${JSON.stringify(path)}
    for (let i = 0; i < ${LINES}; i++)
      alone(${JSON.stringify(lock)}, () => writeFileSync(path, String(Number(readFileSync(path, 'utf8')) + 1)))`)
  expect(Number(readFileSync(path, 'utf8'))).toBe(PROCESSES * LINES)
})
