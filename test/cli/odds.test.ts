import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { doublejump } from './run.ts'

const BINDING = ['--property', 'binding-eventually-correct']
const MOVES = ['--given', 'd=25', '--given', 'blackout=100', '--given', 'leaves(a)=1000']

test('how likely it is, variants side by side, with what is assumed; the same with any number of threads', () => {
  const asked = ['odds', 'mip-lr/direct', 'mip-lr/revised-answers-resends', ...BINDING, ...MOVES]
  const drawing = ['--given', 'leaves(b)=exp(1500)', '--runs', '600', '--seed', '3']
  const one = doublejump([...asked, ...drawing, '--workers', '1'])
  expect(one.code).toBe(0)
  expect(one.out).toMatch(/mip-lr\/direct +9\d\.\d % /)
  expect(one.out).toMatch(/mip-lr\/revised-answers-resends +100\.0 % /)
  expect(one.out).toContain('600 runs each; --seed 3 draws the same.')
  expect(one.out).toContain('leaves(b): exponential, mean 1500 ms')
  expect(one.out).toContain('d: 25 ms ·')
  expect(doublejump([...asked, ...drawing, '--workers', '2']).out).toBe(one.out)
  const { found } = JSON.parse(doublejump([...asked, ...drawing, '--json']).out)
  expect(found[1].drawn).toMatchObject({ runs: 600, holds: 600 })
  expect(found[1].drawn.milliseconds.mean).toBeGreaterThan(24)
  const csv = doublejump([...asked, ...drawing, '--format', 'csv'])
    .out.trim()
    .split('\n')
  expect(csv[0]).toBe('variant,milliseconds,share of runs')
  expect(csv.at(-1)).toMatch(/^mip-lr\/revised-answers-resends,\d+\.\d{3},1\.000000$/)
})

test('exactly, and as the files of another checker', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'doublejump-odds-')), 'prism')
  const asked = ['odds', 'mip-lr/direct', ...BINDING, ...MOVES, '--given', 'leaves(b)=0..2000/5', '--exact']
  const { code, out } = doublejump([...asked, '--prism', folder])
  expect(code).toBe(0)
  expect(out).toContain('holds with 87.2818 % to 87.7805 %, by what comes first of what is due at one instant')
  expect(out).toMatch(/mean for ever\n.*50 % 0\.025 s · 90 % for ever/)
  expect(readFileSync(join(folder, 'model.tra'), 'utf8')).toMatch(/^\d+ \d+ \d+\n0 0 1 /)
  expect(readFileSync(join(folder, 'model.props'), 'utf8')).toContain('Pmax=?')
})

test.each([
  ['any time', ['--given', 'leaves(a)=1'], /'leaves\(b\)' may be any time from 0 ms on/],
  ['a mean below 0', ['--given', 'leaves=exp(-1)'], /is no time/],
  ['a chance above 1', ['--given', 'leaves=1', '--loss', '2'], /--loss 2 is no chance/],
  ['a chance that is no number', ['--given', 'leaves=1', '--loss', 'some'], /--loss 'some' is no number/],
  ['given twice', ['--given', 'd=1', '--given', 'd=2'], /given twice|twice/],
  ['an unknown parameter', ['--given', 'latency=3'], /Nothing that takes time is called 'latency'/],
  ['a folder without --exact', ['--given', 'leaves=1', '--prism', 'x'], /--exact is missing/],
])('%s is refused', (_, args, message) => {
  const { code, err } = doublejump(['odds', 'mip-lr/direct', ...BINDING, ...args])
  expect(code).toBe(10)
  expect(err).toMatch(message)
})
