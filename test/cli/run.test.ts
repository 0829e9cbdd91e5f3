// Tests ask a process that has run the program before: it says what one of its own says, whatever it was asked before.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { doublejump, doublejumpAlone } from './run.ts'

const folder = mkdtempSync(join(tmpdir(), 'doublejump-run-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each([
  [['--version']],
  [['check', '--help']],
  [['chekc']],
  [['check', 'sip/direct', '--scenario', 'no-such']],
  [['list', 'ilnp', '--json']],
  [['explain', 'sip-paper/direct', '--property', 'binding-eventually-correct']],
  [['explain', 'sip/direct', '--property', 'session-survives', '--format', 'pcapng']],
  [['check', 'wrong.ts']],
])('%s', (args) => {
  writeFileSync(join(folder, 'wrong.ts'), 'export default 5\n')
  expect(doublejump(args, { cwd: folder })).toEqual(doublejumpAlone(args, { cwd: folder }))
})

test('a file that has changed is another one', () => {
  const hello = readFileSync(resolve(import.meta.dirname, '../../examples/hello.ts'), 'utf8')
  const list = () => doublejump(['list', 'own.ts', '--json'], { cwd: folder }).out
  const titles = ['as it was', 'as it is now'].map((title) => {
    writeFileSync(join(folder, 'own.ts'), hello.replace(/title: '[^']*'/, `title: '${title}'`))
    return [title, list()] as const
  })
  for (const [title, said] of titles) expect(said).toContain(title)
})
