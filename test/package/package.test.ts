// What is packed, and what a user does with it. The build must be there (`npm test` makes it). `npm run test:package` installs it as well, from an
// empty folder, which takes a minute and the registry.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { full } from '../full.ts'
import { EVERYTHING } from './everything.ts'

const root = resolve(import.meta.dirname, '../..')
const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const entries = Object.entries<string | { types: string; default: string }>(own.exports)

/** As in a shell of the user's: nothing of the test that runs it. */
function run(command: string, args: readonly string[], cwd: string) {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_ENV|npm_|INIT_CWD)/.test(name)),
  )
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', cwd, env, maxBuffer: 2 ** 28 })
  return { code: status, out: stdout, err: stderr, all: stdout + stderr }
}

function ran(command: string, args: readonly string[], cwd: string): string {
  const { code, out, all } = run(command, args, cwd)
  expect(code, all).toBe(0)
  return out
}

describe('what is packed', () => {
  let files: string[] = []
  beforeAll(() => {
    const [packed] = JSON.parse(ran('npm', ['pack', '--ignore-scripts', '--dry-run', '--json'], root))
    files = packed.files.map(({ path }: { path: string }) => path)
  })
  const below = (folder: string): string[] => files.filter((file) => file.startsWith(`${folder}/`))

  test('what a user needs', () => {
    expect([...new Set(files.map((file) => file.split('/')[0]))].sort()).toEqual(
      [
        ...['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'],
        ...['analysis', 'checker', 'claims', 'conform', 'counterexamples', 'properties', 'spec', 'testing'],
        ...['bin', 'dist', 'docs', 'examples', 'templates'],
      ].sort(),
    )
    expect(below('templates')).toContain('templates/.vscode/tasks.json')
    expect(below('templates')).toContain('templates/.github/workflows/check.yml')
  })

  test('no build information, no yardstick, no lab, no generator, no test', () => {
    const folders = [...new Set(below('dist').map((file) => file.split('/')[1]))].sort()
    expect(folders).toEqual(
      [
        ...['analysis', 'checker', 'claims', 'conform', 'counterexamples', 'joined', 'page', 'properties', 'spec'],
        ...['testing', 'wire'],
      ].sort(),
    )
    expect(files.filter((file) => /tsbuildinfo|\.test\./.test(file))).toEqual(['templates/protocol.test.ts'])
  })

  test('every entry is there, with its types; so is what runs for its side effects', () => {
    for (const [, target] of entries)
      for (const path of typeof target === 'string' ? [target] : [target.types, target.default])
        expect(files).toContain(path.slice(2))
    for (const path of [...own.sideEffects, ...Object.values<string>(own.bin)])
      expect(files).toContain(path.replace(/^\.\//, ''))
  })

  test('every map of a declaration leads to its source', () => {
    const maps = files.filter((file) => file.endsWith('.d.ts.map'))
    expect(maps.length).toBeGreaterThan(100)
    for (const map of maps) {
      const { sources } = JSON.parse(readFileSync(join(root, map), 'utf8'))
      for (const source of sources) expect(files, map).toContain(join(map, '..', source))
    }
  })

  test('every document that an error names', () => {
    const said = files
      .filter((file) => /^dist\/.*\.js$/.test(file) && !file.startsWith('dist/page/'))
      .flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(/\bdocs\/[\w./-]+\.(?:md|json)/g)])
    expect(said.map(([name]) => name)).toContain('docs/tutorial.md')
    for (const [name] of said) expect(files).toContain(name)
  })
})

test('the compiler knows in a checkout what a package exports', () => {
  const { paths } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')).compilerOptions
  const exported = entries.flatMap(([entry, target]) =>
    typeof target === 'string'
      ? []
      : [[`${own.name}${entry.slice(1)}`, [target.types.replace('./dist/', './').replace('.d.ts', '.ts')]]],
  )
  expect(paths).toEqual(Object.fromEntries(exported))
})

describe.runIf(full)('from an empty folder', { timeout: 600_000 }, () => {
  const BINDING = ['--property', 'binding-eventually-correct']
  let folder = ''
  const project = (): string => join(folder, 'my-protocol')
  const doublejump = (...args: readonly string[]) => run('npx', ['--no', 'doublejump', ...args], project())

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'packed-'))
    ran('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], root)
    const tarball = join(folder, readdirSync(folder).find((file) => file.endsWith('.tgz'))!)
    ran('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball], folder)
    ran('npx', ['--no', 'doublejump', 'init'], folder)
    // What is packed is not published: the tarball takes its place.
    ran('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--save-dev', tarball], project())
  }, 600_000)
  afterAll(() => rmSync(folder, { recursive: true }))

  test('check fails for the right reason, and passes for what is repaired', () => {
    const { code, out } = doublejump('check', 'protocol.ts')
    expect(code).toBe(13)
    expect(out).toMatch(
      /both-move · binding-eventually-correct: violated, but expected: holds\. laptop and phone each move once/,
    )
    expect(doublejump('check', 'protocol.ts/repaired').code).toBe(0)
  })

  test('it is drawn; what breaks the repair is found', () => {
    expect(doublejump('explain', 'protocol.ts/unpatched', ...BINDING, '--format', 'svg').out).toMatch(/^<svg/)
    expect(doublejump('explain', 'protocol.ts/unpatched', ...BINDING, '--format', 'html').out).toContain(
      '<!doctype html>',
    )
    expect(doublejump('graph', 'protocol.ts/unpatched').out).toContain('<svg')
    expect(doublejump('breaks', 'protocol.ts/repaired', ...BINDING).out).toContain('without: no packet is lost')
  })

  test('it passes the compiler and its tests, without fast-check', () => {
    expect(existsSync(join(project(), 'node_modules/vitest'))).toBe(true)
    for (const place of [folder, project()]) expect(existsSync(join(place, 'node_modules/fast-check'))).toBe(false)
    ran('npm', ['run', 'typecheck'], project())
    expect(ran('npm', ['test'], project())).toMatch(/Tests .*11 passed/)
  })

  test('a test that says something else fails with the ladder', () => {
    const test = readFileSync(join(project(), 'protocol.test.ts'), 'utf8')
    writeFileSync(join(project(), 'wrong.test.ts'), test.replace('moves: 2', 'moves: 1'))
    const { code, all } = run('npx', ['--no', 'vitest', 'run', 'wrong.test.ts'], project())
    expect(code).toBe(1)
    expect(all).toContain('takes 2 moves and 0 faults; expected: 1 move and 0 faults.')
    expect(all).toContain('∞ from here on, for ever')
    rmSync(join(project(), 'wrong.test.ts'))
  })

  test('a file may import every entry, without fast-check; what needs it says so', () => {
    writeFileSync(join(project(), 'everything.ts'), EVERYTHING)
    expect(JSON.parse(doublejump('check', 'everything.ts/repaired', '--json').out).checks).toContainEqual(
      expect.objectContaining({ property: 'all-entries-are-there', scenario: 'both-move', verdict: 'holds' }),
    )
    ran('npm', ['run', 'typecheck'], project())
    writeFileSync(
      join(project(), 'internet.js'),
      `import { commandsOf, internetOf, suiteFor } from 'doublejump/conform'
      const internet = internetOf('sip/direct', 'one-moves')
      console.log(suiteFor(internet, 'a', 1000).tests.length > 0)
      try { commandsOf(internet, 'a') } catch (error) { console.log(error.message) }`,
    )
    expect(ran('node', ['internet.js'], project())).toMatch(/^true\n.*fast-check, which is not installed/)
  })

  test('a type that is wrong does not compile', () => {
    const file = join(project(), 'wrong.ts')
    writeFileSync(file, "import { scenario } from 'doublejump'\n\nscenario('x', '', { movement: 'teleport' })\n")
    const { code, all } = run('npm', ['run', 'typecheck'], project())
    expect(code).not.toBe(0)
    expect(all).toContain('wrong.ts')
    expect(all).toContain('teleport')
    rmSync(file)
  })
})
