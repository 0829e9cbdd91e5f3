import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const dist = pathToFileURL(join(root, 'dist/')).href

/** Writes down each module that is loaded, in whichever thread. */
const LOADER = `
import { appendFileSync } from 'node:fs'
export async function resolve(asked, context, next) {
  const found = await next(asked, context)
  appendFileSync(process.env.LOADED, found.url + '\\n')
  return found
}`

function loadedBy(bin: string, args: readonly string[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'loaded-'))
  try {
    const [loader, loaded] = [join(folder, 'loader.mjs'), join(folder, 'loaded')]
    writeFileSync(loader, LOADER)
    const env = { ...process.env, LOADED: loaded, NODE_NO_WARNINGS: '1' }
    const { status, stderr } = spawnSync(process.execPath, ['--loader', loader, bin, ...args], {
      cwd: root,
      env,
      encoding: 'utf8',
    })
    expect(status, stderr).toBe(0)
    return [...new Set(readFileSync(loaded, 'utf8').trim().split('\n'))].filter((url) => url.startsWith(dist))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A module that is loaded twice, from here and from there, is two: what one throws the other does not know. */
test.each([
  ['what ships', ['check', 'hip/direct', '--no-cache']],
  ['a file of ones own, and what it imports', ['check', 'examples/hello.ts', '--no-cache']],
  ['tasks of other rooms', ['claims', '--paper', '002']],
])('the program is loaded from few files, and from them alone: %s', (_, args) => {
  const loaded = loadedBy(join(root, 'bin/doublejump.js'), args)
  expect(loaded.filter((url) => !url.startsWith(`${dist}joined/`))).toEqual([])
  expect(loaded.length).toBeGreaterThan(10)
})

test('its modules, one by one, are more than twice as many', () => {
  const args = ['check', 'hip/direct', '--no-cache']
  const [few, many] = ['bin/doublejump.js', 'dist/cli/main.js'].map((bin) => loadedBy(join(root, bin), args).length)
  expect(many!).toBeGreaterThan(2 * few!)
})
