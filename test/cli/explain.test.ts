import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { doublejump } from './run.ts'

const explain = (target: string, property: string, format: string, scenario?: string) =>
  doublejump([
    'explain',
    target,
    '--property',
    property,
    '--format',
    format,
    ...(scenario === undefined ? [] : ['--scenario', scenario]),
  ])

test('the ladder of 000 Fig. 2', () => {
  const { code, out } = explain('sip-paper/direct', 'binding-eventually-correct', 'text')
  expect(code).toBe(0)
  expect(out).toMatchSnapshot()
})

test('DOT and SVG draw every step, and are the same each time', () => {
  const { out } = explain('sip-paper/direct', 'binding-eventually-correct', 'dot')
  expect(out).toContain('re-INVITE')
  expect(out).toContain('attaches as west-2/a')
  const svg = explain('sip-paper/direct', 'binding-eventually-correct', 'svg')
  expect(svg.err).toBe('')
  expect(svg.out).toContain('</svg>')
  expect(svg.out).toBe(explain('sip-paper/direct', 'binding-eventually-correct', 'svg').out)
})

test('ITF has a state for each moment, the steps, and the loop', () => {
  const itf = JSON.parse(explain('sip-paper/direct', 'binding-eventually-correct', 'itf').out)
  const json = JSON.parse(explain('sip-paper/direct', 'binding-eventually-correct', 'json').out)
  expect(itf['#meta'].format).toBe('ITF')
  expect(itf.states).toHaveLength(json.moments.length)
  expect(itf.loop).toBe(json.loopStart)
  for (const state of itf.states) for (const name of itf.vars) expect(state).toHaveProperty(name)
  expect(itf.states[0].a.cseq).toEqual({ '#bigint': '1' })
  expect(itf.states[1]['#meta'].step.text).toBe('a leaves west-1/a')
})

test('what holds has no run to show, and says so', () => {
  const { code, out, err } = explain('mipv6/tunnel', 'eventually-reachable-both-ways', 'text', 'both-move')
  expect(code).toBe(0)
  expect(out).toBe('')
  expect(err).toContain('both-move: holds')
})

test('a figure of the paper is found by its reachability property', () => {
  const { out } = explain('mipv6/ro-seed', 'an-update-is-lost-after-return-routability', 'text')
  expect(out).toMatch(/BU \(\d+\)/)
  expect(out).toContain('✗')
})

test('a run that a search of less finds is one of the whole model', () => {
  const folder = mkdtempSync(join(tmpdir(), 'reduced-'))
  try {
    for (const reduce of ['dead-packets', 'sleep-sets', 'symmetry']) {
      const asked = ['--property', 'session-survives', '--scenario', 'both-move', '--reduce', reduce]
      const { code, out } = doublejump(['explain', 'hip/direct', ...asked, '--format', 'json'])
      expect(code).toBe(0)
      const { steps, assumptions } = JSON.parse(out)
      expect(steps.length).toBeGreaterThan(5)
      expect(assumptions.join()).toContain('searched as if')
      writeFileSync(join(folder, `${reduce}.json`), out)
    }
    const { code, out } = doublejump(['replay', folder])
    expect(code, out).toBe(0)
    // What cannot be asked so is said before the search.
    const ofRuns = ['--property', 'binding-eventually-correct', '--scenario', 'both-move', '--reduce', 'symmetry']
    const refused = doublejump(['explain', 'hip/direct', ...ofRuns])
    expect(refused.code).toBe(10)
    expect(refused.err).toContain('it is of whole runs')
  } finally {
    rmSync(folder, { recursive: true })
  }
})
