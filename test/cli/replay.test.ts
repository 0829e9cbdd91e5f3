import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { storiesIn } from '../../analysis/load/stories.ts'
import { doublejump } from './run.ts'

const folder = mkdtempSync(join(tmpdir(), 'replay-'))
const saved = join(folder, 'report', 'counterexamples')
const hello = resolve(import.meta.dirname, '../../examples/hello.ts')
const replay = (...args: string[]) => doublejump(['replay', ...args], { cwd: folder })

beforeAll(() => {
  copyFileSync(hello, join(folder, 'hello.ts'))
  const { code } = doublejump(['check', 'hello.ts', '--out', 'report'], { cwd: folder })
  expect(code).toBe(0)
})
afterAll(() => rmSync(folder, { recursive: true }))

test('what check --out wrote of a file of one’s own still happens', () => {
  const [name] = readdirSync(saved)
  const { code, out, err } = replay(saved)
  expect(err).toBe('')
  expect(out).toContain(
    `✓ ${join(saved, name!)} (hello/direct · both-move · binding-eventually-correct): still happens. `,
  )
  expect(out).toContain('a thinks that b is at east-1/b, but b is at east-2/b')
  expect(out).toMatch(/\n1 of 1 still happen\.\n$/)
  expect(code).toBe(0)
  expect(JSON.parse(readFileSync(join(saved, name!), 'utf8')).file).toBe('hello.ts')
})

test('a mended protocol does not do it any more, and says from which step on', () => {
  const mended = readFileSync(hello, 'utf8').replace("variant('direct', false", "variant('direct', true")
  writeFileSync(join(folder, 'mended.ts'), mended)
  const { code, out } = replay(saved, '--file', 'mended.ts')
  expect(code).toBe(12)
  expect(out).toMatch(/^✗ .*step \d+ is no longer possible: 'Update .*'\. The likeliest that is: '.*'\.$/m)
  expect(out).toContain('0 of 1 still happen.')
  const { exitCode, traces } = JSON.parse(replay(saved, '--file', 'mended.ts', '--json').out)
  expect(exitCode).toBe(12)
  expect(traces).toEqual([
    expect.objectContaining({ target: 'hello/direct', verdict: 'no longer possible', step: expect.any(Number) }),
  ])
})

test('what cannot be read is told, and the others are judged', () => {
  const mixed = join(folder, 'mixed')
  mkdirSync(mixed)
  const [name] = readdirSync(saved)
  const story = JSON.parse(readFileSync(join(saved, name!), 'utf8'))
  writeFileSync(join(mixed, 'a.json'), '{"steps": 3')
  writeFileSync(join(mixed, 'b.json'), JSON.stringify({ ...story, steps: 3 }))
  writeFileSync(join(mixed, 'c.json'), JSON.stringify({ ...story, file: undefined }))
  writeFileSync(join(mixed, 'd.json'), JSON.stringify({ ...story, scenario: 'all-move' }))
  writeFileSync(join(mixed, 'e.json'), JSON.stringify(story))
  const { code, out } = replay(mixed, 'nowhere.json')
  expect(code).toBe(10)
  expect(out).toMatch(/^! .*a\.json: '.*a\.json' is no trace\. It is no JSON: /m)
  expect(out).toMatch(/^! .*b\.json: .* 'steps' is 3, not a list/m)
  expect(out).toMatch(/^! .*c\.json: .*of a protocol 'hello', which is none that ships.*--file/m)
  expect(out).toMatch(/^! .*d\.json: .*scenario 'all-move'/m)
  expect(out).toMatch(/^✓ .*e\.json/m)
  expect(out).toMatch(/^! nowhere\.json: There is no file 'nowhere\.json'/m)
  expect(out).toContain('1 of 6 still happen.')
  expect(() => storiesIn(mixed)).toThrow(/a\.json' is no trace/)
})

test('an empty folder is no regression test', () => {
  mkdirSync(join(folder, 'empty'))
  const { code, err } = replay('empty')
  expect(code).toBe(10)
  expect(err).toContain("no trace in 'empty'")
})

test('a folder is the cases of a test', () => {
  expect(storiesIn(saved)).toEqual([
    {
      path: join(saved, readdirSync(saved)[0]!),
      name: 'hello.direct.both-move.binding-eventually-correct',
      story: expect.objectContaining({ variant: 'direct', property: 'binding-eventually-correct' }),
    },
  ])
})
