import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type Case, cases } from './cases.ts'
import { fileOf } from './files.ts'
import { page, type Told } from './table.ts'

const bin = resolve(import.meta.dirname, '../../bin/doublejump.js')
const folder = mkdtempSync(join(tmpdir(), 'mistakes-'))
afterAll(() => rmSync(folder, { recursive: true }))

const named = Object.values(cases)
  .flat()
  .map((given, i) => ({ given, file: `protocol-${i + 1}.ts` }))
type Named = (typeof named)[number]

/** Runs the program in a folder of temporary files, so that messages have no other path in them. */
const run = (args: readonly string[], into = ''): Promise<Omit<Told, 'case'>> =>
  new Promise((done) => {
    const command = ['-c', `"$@" ${into}; exit "\${PIPESTATUS[0]}"`, 'bash', process.execPath, bin, ...args]
    const child = execFile('bash', command, { cwd: folder }, (_, out, err) =>
      done({ text: err.trim() === '' ? out : err, code: child.exitCode }),
    )
  })

/** So many files are given to one run of the program, which tells the mistakes of all of them. */
const TOGETHER = 9

/** What has a command, an end or a reader of its own is run alone. */
const alone = ({ args, code, into }: Case): boolean => args !== undefined || code !== undefined || into !== undefined

/** The cases that are run together: those that only have their file checked. */
const groups: readonly (readonly Named[])[] = [
  ...chunks(named.filter(({ given }) => !alone(given))),
  ...named.filter(({ given }) => alone(given)).map((one) => [one]),
]

function chunks(list: readonly Named[]): Named[][] {
  return list.length === 0 ? [] : [list.slice(0, TOGETHER), ...chunks(list.slice(TOGETHER))]
}

/** What is said of each file: from where it is named to where the next one is. */
async function runGroup(group: readonly Named[]): Promise<void> {
  for (const { given, file } of group) writeFileSync(join(folder, file), fileOf(given))
  const files = group.map(({ file }) => file)
  const { text, code } = await run(
    group.length === 1 ? (group[0]!.given.args?.(files[0]!) ?? ['check', ...files]) : ['check', ...files],
    group[0]!.given.into,
  )
  for (const { given, file } of group) {
    const start = group.length === 1 ? 0 : text.indexOf(`'${file}'`)
    const ends = files.map((other) => text.indexOf(`\n'${other}'`)).filter((end) => end > start)
    told.set(given, { case: given, text: start < 0 ? '' : text.slice(start, Math.min(text.length, ...ends)), code })
  }
}

const told = new Map<Case, Told>()

/** As many at a time as there are cores. They begin at once, and each test waits for its own. */
const lanes = availableParallelism()
const runs: Promise<void>[] = []
for (const [i, group] of groups.entries()) runs.push((runs[i - lanes] ?? Promise.resolve()).then(() => runGroup(group)))

test.each(named.map(({ given }) => [given.title, given] as const))('%s', async (_, given) => {
  await runs[groups.findIndex((group) => group.some((one) => one.given === given))]
  const { text, code } = told.get(given)!
  if (code === 10) expect(text).toContain('The likeliest cause is')
  expect(text).not.toMatch(/\n {4}at |internal error/)
  expect(code).toBe(given.code ?? 10)
})

test('the table is what the program says', async () => {
  await Promise.all(runs)
  const topics = Object.fromEntries(
    Object.entries(cases).map(([topic, list]) => [topic, list.map((given) => told.get(given)!)]),
  )
  await expect(page(topics).replaceAll(/protocol-\d+\.ts/g, 'hello.ts')).toMatchFileSnapshot('../../docs/mistakes.md')
})
