import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { doublejump } from './run.ts'

const folder = mkdtempSync(join(tmpdir(), 'watch-'))
afterAll(() => rmSync(folder, { recursive: true }))

const bin = resolve(import.meta.dirname, '../../bin/doublejump.js')
const hello = readFileSync(resolve(import.meta.dirname, '../../examples/hello.ts'), 'utf8')

/** A program that runs, and what it has said since one last looked. */
function started(...args: string[]) {
  const child = spawn(process.execPath, [bin, ...args], { cwd: folder })
  let said = ''
  let seen = 0
  let told = (): void => {}
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
      told()
    })
  }
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  return {
    child,
    ended,
    /** Waits until it has said this, and gives what it said up to there. */
    until: (words: string) =>
      new Promise<string>((resolve, reject) => {
        void ended.then((code) => reject(new Error(`It ended with ${code}, having said: ${said}`)))
        told = () => {
          const at = said.indexOf(words, seen)
          if (at < 0) return
          const part = said.slice(seen, at + words.length)
          seen = at + words.length
          resolve(part)
        }
        told()
      }),
  }
}

const WATCHING = 'Watching; Ctrl-C ends it.\n'

test('check --watch checks again when the file or what it imports changes, and says which verdicts have changed', async () => {
  // The scenarios are in a file of their own, in a folder below.
  mkdirSync(join(folder, 'parts'))
  const [, scenarios] = /const scenarios = (\[[\s\S]*?\n\])\n/.exec(hello)!
  const parts = (list: string) =>
    writeFileSync(
      join(folder, 'parts', 'scenarios.ts'),
      `import { scenario } from 'doublejump'\nexport const scenarios = ${list}\n`,
    )
  parts(scenarios!)
  const file = (text: string) =>
    writeFileSync(
      join(folder, 'hello.ts'),
      text.replace(`const scenarios = ${scenarios}\n`, "import { scenarios } from './parts/scenarios.ts'\n"),
    )
  file(hello)
  const watched = started('check', 'hello.ts', '--out', 'report', '--watch')
  expect(await watched.until(WATCHING)).toContain('all as expected')

  file(hello.replace("variant('direct', false", "variant('direct', true"))
  expect(await watched.until(WATCHING)).toMatch(
    /Changed: hello\.ts\n[\s\S]*Since the last time:\n {2}hello\/direct · both-move · binding-eventually-correct: violated → holds\nWatching/,
  )

  file('export default {')
  expect(await watched.until(WATCHING)).toContain("'hello.ts' could not be loaded")

  file(hello)
  // Against the last time that there were verdicts.
  expect(await watched.until(WATCHING)).toContain('binding-eventually-correct: holds → violated\n')

  parts(scenarios!.replace("moves: { a: ['west-2'] }", "moves: { b: ['east-2'] }"))
  expect(await watched.until(WATCHING)).toMatch(/Changed: parts\/scenarios\.ts\n[\s\S]*No verdict has changed\./)

  watched.child.kill('SIGINT')
  expect(await watched.ended).toBe(0)
})

test('what ships does not change: there is nothing to watch', () => {
  const { code, err } = doublejump(['check', 'sip/direct', '--watch'])
  expect(code).toBe(10)
  expect(err).toContain('nothing to watch')
})
