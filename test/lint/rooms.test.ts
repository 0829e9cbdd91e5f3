import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rooms-'))
  const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'))
  writeFileSync(join(folder, 'biome.json'), JSON.stringify({ ...config, $schema: undefined, vcs: { enabled: false } }))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Whether the lint rule lets a file in a room import something. */
function allowed(file: string, imported: string): boolean {
  mkdirSync(join(folder, file, '..'), { recursive: true })
  writeFileSync(join(folder, file), `import { it } from '${imported}'\n\nexport const x = it\n`)
  const { stdout, stderr } = spawnSync(join(root, 'node_modules/.bin/biome'), ['lint', file], {
    cwd: folder,
    encoding: 'utf8',
  })
  rmSync(join(folder, file))
  expect(stdout + stderr).toContain('Checked 1 file')
  return !(stdout + stderr).includes('noRestrictedImports')
}

test.each([
  ['checker/x.ts', '../spec/index.ts'],
  ['checker/x.ts', 'immer'],
  ['checker/x.ts', 'node:fs'],
  ['checker/x.ts', '../cli/check.ts'],
  ['spec/sip/x.ts', '../../checker/explore.ts'],
  ['spec/sip/x.ts', '../../properties/index.ts'],
  ['spec/sip/x.ts', 'node:crypto'],
  ['properties/x.ts', '../checker/check.ts'],
  ['counterexamples/x.ts', '../spec/index.ts'],
  ['bench/x.ts', '../cli/check.ts'],
  ['analysis/x.ts', '../cli/check.ts'],
  ['analysis/tasks/x.ts', '../../conform/judge.ts'],
  ['counterexamples/x.ts', '../analysis/story.ts'],
  ['claims/x.ts', '../cli/check.ts'],
  ['page/x.ts', '../cli/check.ts'],
  ['test/laws/x.ts', '../../cli/check.ts'],
])('%s may not import %s', (file, imported) => {
  expect(allowed(file, imported)).toBe(false)
})

test.each([
  ['checker/x.ts', './model.ts'],
  ['spec/sip/x.ts', '../../checker/model.ts'],
  ['spec/sip/x.ts', 'immer'],
  ['properties/x.ts', '../spec/index.ts'],
  ['properties/x.ts', '../checker/property.ts'],
  ['counterexamples/x.ts', '../checker/model.ts'],
  ['cli/x.ts', '../checker/check.ts'],
  ['analysis/x.ts', '../properties/index.ts'],
  ['conform/x.ts', '../analysis/world.ts'],
  ['test/docs.test.ts', './cli/run.ts'],
])('%s may import %s', (file, imported) => {
  expect(allowed(file, imported)).toBe(true)
})

test('the tree itself is held to the rule', () => {
  expect(readFileSync(join(root, '.ci/run'), 'utf8')).toContain('npm run lint')
})
