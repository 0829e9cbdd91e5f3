import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { doublejump } from './run.ts'

const folder = mkdtempSync(join(tmpdir(), 'export-'))
afterAll(() => rmSync(folder, { recursive: true }))

const exported = (format: string, ...more: readonly string[]) =>
  doublejump(['export', 'mptcp/client-joins', '--scenario', 'one-moves', '--format', format, ...more])

test('a module of TLA+ is called as its file, and what TLC is to ask of it lies beside it', () => {
  const { code, err } = exported('tla', '--out', join(folder, 'joins.tla'))
  expect([code, err]).toEqual([0, '6 states, 5 transitions: another checker should come to as many.\n'])
  expect(readdirSync(folder)).toEqual(['joins.cfg', 'joins.tla'])
  const [module, config] = ['joins.tla', 'joins.cfg'].map((name) => readFileSync(join(folder, name), 'utf8'))
  expect(module).toMatch(/^---- MODULE joins ----\n/)
  expect(config).toMatch(/^SPECIFICATION Spec\n/)
  const other = exported('tla', '--out', join(folder, 'joins.txt'))
  expect([other.code, other.err]).toEqual([10, expect.stringContaining('ends in .tla alone')])
  expect(exported('tla').out).toBe(module!.replaceAll('joins.', 'model.').replace('MODULE joins', 'MODULE model'))
})

test('what is claimed of whole runs is written for SPIN, a claim each', () => {
  const { code, out } = exported('promela-runs')
  expect(code).toBe(0)
  expect(out.match(/^ltl claim_\d+ \{/gm)!.length).toBeGreaterThan(1)
  expect(out).toContain('-N claim_0')
})

test('how it is run is told of the file that it is in; where Rumur ends before all is found is said', () => {
  const at = (name: string, format: string): string => {
    const { err } = exported(format, '--out', join(folder, name))
    expect(err.includes('where a claim fails')).toBe(format === 'murphi')
    return readFileSync(join(folder, name), 'utf8')
  }
  expect(at('joins.pml', 'promela')).toContain('spin -a joins.pml && gcc')
  expect(at('two words.pml', 'promela-runs')).toContain("spin -a 'two words.pml' && gcc")
  const murphi = at('joins.m', 'murphi')
  expect(murphi).toContain('--output model.c joins.m && gcc')
  expect(murphi).toContain('A claim that fails ends the search')
  expect(exported('promela').out).toContain('spin -a model.pml && gcc')
})

test('a graph is written to standard output', () => {
  const { code, out } = exported('dot')
  expect(code).toBe(0)
  expect(out).toMatch(/^digraph states \{\n/)
  expect(out.match(/^ {2}\d+ -> \d+ /gm)).toHaveLength(5)
})
