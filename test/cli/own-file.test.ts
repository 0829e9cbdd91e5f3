import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EVERYTHING } from '../package/everything.ts'
import { doublejump } from './run.ts'

// What a protocol that ships can do, one in a file can: hosts of other names, in two files, in a folder without packages.
const BINDING = ['--property', 'binding-eventually-correct']
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'own-'))
  copyFileSync(resolve(import.meta.dirname, '../../templates/protocol.ts'), join(folder, 'protocol.ts'))
  writeFileSync(join(folder, 'everything.ts'), EVERYTHING)
})
afterAll(() => rmSync(folder, { recursive: true }))

const ended = (with_: number, ...args: readonly string[]) => {
  const { code, out, err } = doublejump(args, { cwd: folder })
  expect(code, err).toBe(with_)
  return out
}
const ran = (...args: readonly string[]) => ended(0, ...args)
/** The unpatched variant does not say that it expects what comes out. */
const checked = (...args: readonly string[]) => ended(13, 'check', ...args)

test('it imports every entry of the program, and another file', () => {
  const { checks } = JSON.parse(checked('everything.ts', '--json'))
  const entries = checks.filter(({ property }: { property: string }) => property === 'all-entries-are-there')
  expect(entries.map(({ verdict }: { verdict: string }) => verdict)).toEqual(['holds', 'holds', 'holds', 'holds'])
})

test('an entry that the program does not have is told by its name', () => {
  writeFileSync(join(folder, 'wrong.ts'), "import 'doublejump/anlysis'\nexport default {}\n")
  const { code, err } = doublejump(['check', 'wrong.ts'], { cwd: folder })
  expect(code).toBe(10)
  expect(err).toContain("'wrong.ts' imports 'doublejump/anlysis', which there is not. What it can import: doublejump, ")
})

test('list', () => {
  const [protocol] = JSON.parse(ran('list', 'everything.ts', '--json')).protocols
  expect(protocol.variants.map(({ name }: { name: string }) => name)).toEqual(['unpatched', 'repaired'])
  expect(protocol.properties).toContain('all-entries-are-there')
})

test.each([
  ['text', /phone +directory +laptop/],
  ['svg', /^<svg [\s\S]*laptop/],
  ['html', /<script type="application\/json" id="given">.*"lanes":\["phone","directory","laptop"\]/],
  ['msc', /laptop/],
  ['mermaid', /participant n2 as laptop/],
  ['plantuml', /participant .*laptop/],
  ['dot', /^digraph [\s\S]*laptop/],
  ['itf', /"laptop"/],
  ['json', /"lanes": \[\s+"phone",\s+"directory",\s+"laptop"/],
])('explain --format %s', (format, shows) => {
  expect(ran('explain', 'everything.ts/unpatched', ...BINDING, '--format', format)).toMatch(shows)
})

test('breaks: the least, and what a repair leans on, by the names of its hosts', () => {
  expect(ran('breaks', 'everything.ts/unpatched', ...BINDING)).toContain('  ✗ phone moves 1×, laptop moves 1×\n')
  const args = [...BINDING, '--most-at-once', '1', '--json']
  const { least, hosts, leansOn } = JSON.parse(ran('breaks', 'everything.ts/repaired', ...args))
  expect(hosts).toEqual({ movesOfPhone: 'phone', movesOfLaptop: 'laptop' })
  expect(least.map(({ vector }: { vector: object }) => vector)).toContainEqual({
    movesOfPhone: 1,
    movesOfLaptop: 1,
    losses: 1,
    duplicates: 0,
    reordering: 0,
  })
  expect(leansOn.sets.map(({ changes }: { changes: unknown[] }) => changes)).toContainEqual([
    expect.objectContaining({ assumption: 'losses', value: '1' }),
  ])
})

test('compare: where the repair bites', () => {
  expect(ran('compare', 'everything.ts/unpatched', 'everything.ts/repaired', ...BINDING)).toMatch(
    /^After \d+ common steps my-protocol\/repaired goes its own way: directory receives Query/,
  )
  expect(ran('compare', 'everything.ts/unpatched', 'everything.ts/repaired', ...BINDING, '--format', 'svg')).toMatch(
    /^<svg/,
  )
})

test('graph: its states, and how two variants differ', () => {
  expect(ran('graph', 'everything.ts/unpatched', '--format', 'dot')).toContain('phone at cell-2/phone')
  expect(ran('graph', 'everything.ts/unpatched', '--against', 'everything.ts/repaired')).toContain('<svg')
})

describe('tests', () => {
  test.each(['transitions', 'pairs', 'counterexamples'])('that cover %s', (cover) => {
    const suite = JSON.parse(ran('tests', 'everything.ts/unpatched', '--role', 'laptop', '--cover', cover))
    expect(suite).toMatchObject({ role: 'laptop', complete: true })
    expect(suite.tests.length).toBeGreaterThan(0)
  })
})

test('inspect, and check --out', () => {
  ran('inspect', 'protocol.ts', '--out', 'page.html')
  expect(readFileSync(join(folder, 'page.html'), 'utf8')).toContain('"protocol":"my-protocol"')
  checked('everything.ts', '--out', 'report')
  expect(
    existsSync(join(folder, 'report/counterexamples/my-protocol.unpatched.both-move.binding-eventually-correct.json')),
  ).toBe(true)
})

test('names that look alike as files keep a file each', () => {
  const hello = readFileSync(resolve(import.meta.dirname, '../../examples/hello.ts'), 'utf8')
  const given = "variant('rendezvous', true, {}),"
  expect(hello).toContain(given)
  const twins = ['a b', 'a_b', 'прямой'].map(
    (name) => `variant('${name}', false, { 'both-move': { 'binding-eventually-correct': 'violated' } }),`,
  )
  writeFileSync(join(folder, 'alike.ts'), hello.replace(given, twins.join('\n    ')))
  ran('check', 'alike.ts', '--out', 'alike')
  const variants = readdirSync(join(folder, 'alike/counterexamples')).map(
    (file) => JSON.parse(readFileSync(join(folder, 'alike/counterexamples', file), 'utf8')).variant,
  )
  expect(variants.sort()).toEqual(['a b', 'a_b', 'direct', 'прямой'])
})

test('what there is to ask is told of the file, and nothing that was not said is asked for', () => {
  const told = (...args: readonly string[]) => doublejump(args, { cwd: folder }).err
  expect(told('check', 'protocol.ts/unpached')).toContain("'doublejump list protocol.ts' shows its variants")
  expect(told('compare', 'sip/direct', 'protocol.ts/unpatched', ...BINDING, '--scenario', 'both-move-eager')).toMatch(
    /no scenario 'both-move-eager' in common.*sip\/direct has .*my-protocol\/unpatched has /s,
  )
})
