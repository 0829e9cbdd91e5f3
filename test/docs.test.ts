import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { protocols } from '../spec/protocols.ts'
import { doublejump } from './cli/run.ts'

const root = resolve(import.meta.dirname, '..')
const read = (file: string): string => readFileSync(resolve(root, file), 'utf8')

test('the protocol of the tutorial is the example that ships, in under 100 lines, and it checks as expected', () => {
  const example = read('examples/hello.ts')
  expect(example.split('\n').length).toBeLessThan(100)
  const tutorial = read('docs/tutorial.md')
  for (const [, block] of tutorial.matchAll(/```ts\n([\s\S]*?)```/g)) {
    for (const line of block!.split('\n'))
      expect(example.replaceAll(/\s+/g, ' ')).toContain(line.trim().replaceAll(/\s+/g, ' '))
  }
  const { code, out } = doublejump(['check', 'examples/hello.ts'], { cwd: root })
  expect(code).toBe(0)
  expect(out).toContain('all as expected')
})

test('the README has the two commands that set up', () => {
  expect(read('README.md')).toContain('npm ci && npm run check')
  expect(read('README.md')).toContain('npm ci && npm test')
})

test('every protocol has a README that says what is left out, with its sources', () => {
  for (const folder of readdirSync(resolve(root, 'spec'), { withFileTypes: true })) {
    if (!folder.isDirectory() || folder.name === 'internet') continue
    const text = read(`spec/${folder.name}/README.md`)
    expect(text).toMatch(/left out/i)
    expect(text).toMatch(/RFC \d+/)
  }
})

test('every expectation names a scenario and a property that its variant has', () => {
  for (const protocol of protocols) {
    for (const variant of protocol.variants) {
      for (const scenario of Object.keys(variant.expect)) {
        expect(
          variant.scenarios.map((s) => s.name),
          `${protocol.name}/${variant.name}`,
        ).toContain(scenario)
      }
      for (const name of variant.large ?? []) expect(variant.scenarios.map((s) => s.name)).toContain(name)
    }
  }
})

test('no file of a protocol is above 300 lines', () => {
  for (const folder of readdirSync(resolve(root, 'spec'), { withFileTypes: true })) {
    if (!folder.isDirectory()) continue
    for (const file of readdirSync(resolve(root, 'spec', folder.name)).filter((name) => name.endsWith('.ts'))) {
      expect(read(`spec/${folder.name}/${file}`).split('\n').length - 1, `${folder.name}/${file}`).toBeLessThanOrEqual(
        300,
      )
    }
  }
})
