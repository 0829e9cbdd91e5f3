import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { scratch } from './scratch.ts'

/** Values are added to one file by several processes: one at a time, each line whole, and nobody waits for ever. */
const freshFolder = scratch()
const lines = resolve(import.meta.dirname, '../../dist/checker/layers/disk/lines.js')
const [PROCESSES, LINES] = [4, 200]

test('what several processes add is there, each line whole', async () => {
  const folder = freshFolder()
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'values')
  const script = `import { SharedLines } from ${JSON.stringify(lines)}
    const file = new SharedLines(${JSON.stringify(path)})
    for (let i = 0; i < ${LINES}; i++) file.append(process.pid + ' ' + i)`
  const ended = Array.from({ length: PROCESSES }, () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' })
    return new Promise<[number | undefined, number | null]>((done) =>
      child.on('close', (code) => done([child.pid, code])),
    )
  })
  const all = await Promise.all(ended)
  expect(all.map(([, code]) => code)).toEqual(Array(PROCESSES).fill(0))
  const found = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
  for (const [pid] of all)
    expect(found.filter((line) => line.startsWith(`${pid} `))).toEqual(
      Array.from({ length: LINES }, (_, i) => `${pid} ${i}`),
    )
})
