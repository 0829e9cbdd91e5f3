// The threads in which a user's file runs. The build must be there (`npm test` makes it): a thread runs what was built.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { jobsFor } from '../../analysis/jobs.ts'
import type * as Node from '../../analysis/node.ts'
import type { describeTask } from '../../analysis/tasks/describe.ts'

const built = resolve(import.meta.dirname, '../../dist/analysis')
const { Pool, checkTask }: typeof Node = await import(join(built, 'node.js'))
const describeBuilt: typeof describeTask = (await import(join(built, 'tasks/describe.js'))).describeTask

const folder = mkdtempSync(join(tmpdir(), 'doublejump-threads-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const hello = readFileSync(resolve(import.meta.dirname, '../../examples/hello.ts'), 'utf8')

const silence = "({ kind: 'silence' }, () => [me, "

test('a state that takes all memory is reported, and does not end the program', async () => {
  expect(hello).toContain(silence)
  const file = join(folder, 'greedy.ts')
  writeFileSync(
    file,
    hello.replace(
      silence,
      `({ kind: 'silence' }, () => [{ ...me, number: me.number + 1, log: Array(20000).fill(me.number + 1) }, []]).with${silence}`,
    ),
  )
  const pool = new Pool({ workers: 1, heap: 96 })
  const [described] = await pool.run(describeBuilt, [[file]])
  if (described!.kind !== 'done') throw described!.error
  const jobs = jobsFor(described!.found, { limits: {}, scenarios: ['both-move'] })
  const [outcome] = await pool.run(checkTask, jobs.slice(0, 1))
  expect(outcome).toMatchObject({ kind: 'failed' })
  expect((outcome as { error: Error }).error.message).toMatch(/ran out of memory.*state that grows.*--max-states/s)
  // The next one has a thread of its own.
  const [again] = await pool.run(describeBuilt, [['hip/direct']])
  expect(again!.kind).toBe('done')
})

test('a thread is kept for what comes next, and forgotten when it is told to', async () => {
  const file = join(folder, 'again.ts')
  writeFileSync(file, `console.log('loaded')\n${hello}`)
  let said = ''
  const pool = new Pool({ workers: 1, onOutput: (text) => (said += text) })
  const loads = () => said.split('loaded').length - 1
  await pool.run(describeBuilt, [[file]])
  await pool.run(describeBuilt, [[file]])
  expect(loads()).toBe(1)
  await pool.forget()
  await pool.run(describeBuilt, [[file]])
  expect(loads()).toBe(2)
})

test('a thread that loops before it takes up what comes next is ended, and so is one in which a timer throws', async () => {
  const ends = async (more: string, milliseconds: number): Promise<string> => {
    const file = join(folder, 'busy.ts')
    writeFileSync(file, `${hello}\n${more}\n`)
    const pool = new Pool({ workers: 1, stallSeconds: 2 })
    for (let i = 0; i < 10; i++) {
      const [outcome] = await pool.run(describeBuilt, [[file]])
      if (outcome!.kind === 'failed') return outcome!.error.message
      if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds))
    }
    return ''
  }
  // The timer comes while there is nothing to do. What throws then harms nobody: it has to come while something runs.
  expect(await ends('setTimeout(() => { for (;;); }, 0)', 20)).toMatch(
    /did not (take up its next task|come back)|that has not come back/,
  )
  const thrown = await ends("process.nextTick(() => { throw new Error('from a timer') })", 0)
  expect(thrown).toMatch(/no step and no property waited for: from a timer.*timer or a promise/s)
})
