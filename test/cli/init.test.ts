import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { doublejump } from './run.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'init-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const own = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

describe('what init writes', () => {
  let said = ''
  const read = (file: string): string => readFileSync(join(folder, 'my-roaming', file), 'utf8')
  const inFolder = (...args: readonly string[]) => doublejump(args, { cwd: join(folder, 'my-roaming') })
  beforeAll(() => {
    const { code, out, err } = doublejump(['init', 'my-roaming'], { cwd: folder })
    expect(code, err).toBe(0)
    said = out
  })

  test('every file is told, with what to do next', () => {
    const files = readdirSync(join(folder, 'my-roaming'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, 'my-roaming').length + 1))
    expect(files).toHaveLength(11)
    for (const file of [...files, 'cd my-roaming', 'npm install', 'npx doublejump check protocol.ts'])
      expect(said).toContain(`  ${file}`)
  })

  test('it is named after its folder, and needs what this program was tested with', () => {
    expect(read('protocol.ts')).toContain("name: 'my-roaming'")
    expect(read('README.md')).toContain('# my-roaming')
    const { name, devDependencies } = JSON.parse(read('package.json'))
    expect(name).toBe('my-roaming')
    expect(devDependencies).toEqual({
      doublejump: own.version,
      'ts-pattern': own.dependencies['ts-pattern'],
      typescript: own.devDependencies.typescript,
      vitest: own.devDependencies.vitest,
    })
  })

  test('unpatched it fails for the right reason, and is drawn; repaired it passes', () => {
    const { code, out } = inFolder('check', 'protocol.ts', '--json')
    expect(code).toBe(13)
    const bad = JSON.parse(out).checks.filter(({ asExpected }: { asExpected: boolean }) => !asExpected)
    expect(bad).toHaveLength(1)
    expect(bad[0]).toMatchObject({
      variant: 'unpatched',
      scenario: 'both-move',
      property: 'binding-eventually-correct',
      verdict: 'violated',
      moves: 2,
      faults: 0,
    })
    expect(inFolder('check', 'protocol.ts/repaired').code).toBe(0)
    const drawn = inFolder('explain', 'protocol.ts/unpatched', '--property', bad[0].property, '--format', 'svg')
    expect(drawn.code).toBe(0)
    expect(drawn.out).toMatch(/^<svg [\s\S]*wifi-1\/laptop/)
  })

  test('an editor finds file and line of what is not as expected', () => {
    const [check] = JSON.parse(read('.vscode/tasks.json')).tasks
    const { regexp, file, line, message } = check.problemMatcher.pattern
    const { out } = inFolder('check', 'protocol.ts', '--reporter', 'github')
    const found = out.split('\n').flatMap((text) => {
      const groups = new RegExp(regexp).exec(text)
      return groups === null ? [] : [groups]
    })
    expect(found).toHaveLength(1)
    expect(found[0]![file]).toBe('protocol.ts')
    expect(read('protocol.ts').split('\n')[Number(found[0]![line]) - 1]).toContain("variant('unpatched'")
    expect(found[0]![message]).toContain('each move once')
    expect(check.command).toContain('check protocol.ts --reporter github')
  })
})

describe('what init refuses, with exit code 10', () => {
  const refused = (given: string): string => {
    const { code, out, err } = doublejump(['init', given], { cwd: folder })
    expect(code).toBe(10)
    expect(out).toBe('')
    return err
  }

  test('to overwrite anything: it says what is in the way, and writes nothing', () => {
    mkdirSync(join(folder, 'mine'))
    writeFileSync(join(folder, 'mine', 'package.json'), '{}')
    writeFileSync(join(folder, 'mine', 'notes.txt'), '')
    expect(refused('mine')).toContain("'mine' has a file that would be overwritten: package.json.")
    expect(readdirSync(join(folder, 'mine')).sort()).toEqual(['notes.txt', 'package.json'])
  })

  test.each([
    ['Foo Bar', /'Foo Bar' cannot be the name .* doublejump init foo-bar\./],
    ['9', /doublejump init my-protocol\./],
    ['sip', /'sip' is the name of a protocol that ships already.*doublejump init my-sip/],
    ['vitest', /'vitest' is the name of a package that it needs already/],
    ['a'.repeat(300), /cannot be written/],
  ])('a name that cannot be used: %s', (given, says) => {
    expect(refused(given)).toMatch(says)
    expect(existsSync(join(folder, given))).toBe(false)
  })

  test('a folder that is a file', () => {
    writeFileSync(join(folder, 'occupied'), '')
    expect(refused('occupied')).toMatch(/'occupied' cannot be written.*there is a file where a folder is wanted/)
  })
})
