import { readdirSync, truncateSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Answers } from '../../analysis/kept/answers.ts'
import { moduleOf, programOf } from '../../analysis/kept/program.ts'
import { Sources } from '../../analysis/kept/sources.ts'
import type { Task } from '../../analysis/threads/task.ts'

const task = { name: 'a task', keeping: { about: () => ['hip/direct'], isFinal: () => true } } as unknown as Task<
  number,
  string
>

test('an answer that was damaged is kept anew, also where it is the same to the last byte', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'answers-'))
  const program = programOf(new Map([['spec/hip/index.js', moduleOf('spec/hip/index.js', '')]]))
  const answers = () => new Answers(folder, new Sources(program))
  const key = (await answers().keyOf(task, 1))!
  for (let time = 0; time < 3; time++) {
    await answers().put(task, key, 'found')
    expect(await answers().get(task, key)).toBe('found')
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
      if (entry.isFile() && entry.parentPath.includes('content-v2')) truncateSync(join(entry.parentPath, entry.name), 7)
    expect(await answers().get(task, key)).toBeUndefined()
  }
})
