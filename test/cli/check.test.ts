import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Result } from '../../analysis/job.ts'
import { protocols as shipped } from '../../spec/protocols.ts'
import { full } from '../full.ts'
import { doublejump } from './run.ts'

test('sip/direct: "binding eventually correct" is violated as expected, with two moves and no faults', () => {
  const { code, out, err } = doublejump(['check', 'sip/direct', '--json'])
  expect(err).toBe('')
  expect(code).toBe(0)
  const { version, exitCode, checks } = JSON.parse(out)
  expect({ version, exitCode }).toEqual({ version: 1, exitCode: 0 })
  const check = checks.find(
    (c: { scenario: string; property: string }) =>
      c.scenario === 'both-move' && c.property === 'binding-eventually-correct',
  )
  expect(check).toMatchObject({
    protocol: 'sip',
    variant: 'direct',
    kind: 'liveness',
    verdict: 'violated',
    expected: 'violated',
    asExpected: true,
    moves: 2,
    faults: 0,
    incompleteBecause: null,
  })
  for (const field of ['states', 'transitions', 'depth', 'seconds', 'steps', 'loopStart'])
    expect(typeof check[field]).toBe('number')
  expect(check.reason).toContain('a thinks that b is at east-1/b')
})

test('the same input gives the same bytes, times aside, whatever the number of workers', () => {
  const report = (workers: string): string =>
    doublejump(['check', full ? 'sip-paper' : 'sip-paper/interceptor', '--json', '--workers', workers]).out.replaceAll(
      /"seconds": [\d.]+/g,
      '"seconds": 0',
    )
  expect(report('1')).toBe(report('2'))
})

test('a bound that is hit is incomplete, with exit code 16', () => {
  const { code, out } = doublejump([
    'check',
    'mipv6/ro-rfc',
    '--scenario',
    'both-move',
    '--property',
    'binding-eventually-correct',
    '--max-states',
    '50',
    '--json',
  ])
  expect(code).toBe(16)
  expect(JSON.parse(out).checks[0]).toMatchObject({ verdict: 'incomplete', incompleteBecause: 'states' })
  const memory = doublejump(['check', 'mipv6/ro-rfc', '--scenario', 'both-move', '--max-memory', '100kB', '--json'])
  expect(JSON.parse(memory.out).checks[0]).toMatchObject({ verdict: 'incomplete', incompleteBecause: 'memory' })
  expect(memory.err).toMatch(/^--max-memory leaves a search no room: the program takes about \d+ MiB by itself/)
})

test('--out writes every report and the stories; without it nothing is written', () => {
  const folder = mkdtempSync(join(tmpdir(), 'out-'))
  doublejump(['check', 'sip-paper/direct'], { cwd: folder })
  expect(readdirSync(folder)).toEqual([])
  doublejump(['check', 'sip-paper/direct', '--out', 'report'], { cwd: folder })
  expect(readdirSync(join(folder, 'report')).sort()).toEqual([
    'counterexamples',
    'index.html',
    'junit.xml',
    'report.json',
    'report.md',
    'report.sarif',
    'report.txt',
  ])
  expect(readFileSync(join(folder, 'report', 'junit.xml'), 'utf8')).toContain('failures="0"')
  expect(readdirSync(join(folder, 'report', 'counterexamples')).length).toBeGreaterThan(0)
  rmSync(folder, { recursive: true })
})

test.each(['json', 'junit', 'sarif', 'github', 'markdown', 'pretty'])(
  'reporter %s says what is not as expected',
  (reporter) => {
    const { out } = doublejump(['check', 'test/cli/fixtures/surprise.ts', '--reporter', reporter])
    expect(out).toContain('binding-eventually-correct')
    if (reporter === 'json' || reporter === 'sarif') JSON.parse(out)
  },
)

test('each kind of surprise has its exit code', () => {
  const code = (...args: string[]): number | null => doublejump(['check', ...args]).code
  // Several at once: the smallest.
  expect(code('test/cli/fixtures/surprise.ts')).toBe(11)
  expect(code('test/cli/fixtures/surprise.ts', '--property', 'binding-eventually-correct')).toBe(13)
  expect(code('test/cli/fixtures/surprise.ts', '--property', 'no-deadlock-with-work-left')).toBe(11)
  expect(code('test/cli/fixtures/surprise.ts', '--property', 'a-safety-claim')).toBe(12)
  expect(code('test/cli/fixtures/surprise.ts', '--property', 'a-binding-goes-stale')).toBe(14)
  expect(code('test/cli/fixtures/surprise.ts', '--property', 'a-vacuous-claim')).toBe(15)
})

test('colours only on a terminal', () => {
  expect(doublejump(['check', 'sip-paper/direct']).out).not.toContain('\x1b[')
})

test('list names protocols, variants, scenarios, properties and sources', () => {
  const { code, out } = doublejump(['list', '--json'])
  expect(code).toBe(0)
  const { version, protocols } = JSON.parse(out)
  expect(version).toBe(1)
  expect(protocols.map((p: { name: string }) => p.name)).toEqual(shipped.map((p) => p.name))
  expect(protocols.length).toBeGreaterThanOrEqual(16)
  expect(protocols.flatMap((p: { variants: unknown[] }) => p.variants).length).toBeGreaterThanOrEqual(60)
  for (const protocol of protocols) {
    expect(protocol.source).not.toBe('')
    expect(protocol.properties).toContain('binding-eventually-correct')
    for (const variant of protocol.variants) {
      expect(variant.source).not.toBe('')
      expect(typeof variant.repairs).toBe('boolean')
      // What happens to an address that is used again is no question of a double jump.
      const asks = /^tmsp-(ports|sbc)$/.test(protocol.name) ? 'one-moves' : 'both-move'
      expect(variant.scenarios).toContain(asks)
    }
  }
})

test('list --properties says of each property what it means, once', () => {
  const { code, out } = doublejump(['list', 'sip-paper', 'sip-setup', '--properties'])
  expect(code).toBe(0)
  expect(out.match(/^binding-eventually-correct \(of every fair run\)$/gm)).toHaveLength(1)
  expect(out).toContain('each side has the address at which the other is.')
  // A protocol's own demand, with its sentence; it is asked of one of the two.
  expect(out).toMatch(
    /the-call-is-set-up .*\n {4}In the end the call is set up at both ends\.\n {4}asked of: sip-setup\n/,
  )
  const { version, properties } = JSON.parse(doublejump(['list', '--properties', '--json']).out)
  expect(version).toBe(1)
  expect(new Set(properties.map((p: { id: string }) => p.id)).size).toBe(properties.length)
  for (const { id, means, protocols } of properties) {
    expect(means, id).toMatch(/^[A-Z].*\.$/)
    expect(protocols.length, id).toBeGreaterThan(0)
  }
})

test('a property that does not say what it means is told by its id', () => {
  const { out } = doublejump(['list', 'test/cli/fixtures/surprise.ts', '--properties'])
  expect(out).toContain('    A vacuous claim.\n')
})

test('every command has --help with an example', () => {
  for (const command of ['check', 'list', 'explain']) {
    const { code, out } = doublejump([command, '--help'])
    expect(code).toBe(0)
    expect(out).toMatch(/Examples?:\n {2}doublejump /)
  }
})

test('with fewer states the verdicts are the same, and the report says so; what cannot be asked so is incomplete', () => {
  const check = ['check', 'hip/rvs-in-parallel', '--scenario', 'both-move']
  const reduced = [...check, '--reduce', 'dead-packets']
  const of = (args: readonly string[]) => JSON.parse(doublejump([...args, '--json']).out).checks as Result[]
  const [whole, less] = [of(check), of(reduced)]
  for (const [i, { property, verdict, states, assumptions }] of less.entries()) {
    if (property === 'binding-correct-in-time') continue
    expect(verdict).toBe(whole[i]!.verdict)
    expect(states).toBeLessThan(whole[i]!.states)
    expect(assumptions.at(-1)).toContain('an address that nobody will hold again')
  }
  // Steps that sleep take nothing away from the states; what is of runs is not asked.
  const asleep = of([...reduced, '--reduce', 'sleep-sets'])
  for (const [i, { kind, verdict, states, reduced: by }] of asleep.entries()) {
    expect(by).toEqual(['dead-packets', 'sleep-sets'])
    expect(verdict).toBe(kind === 'liveness' ? 'incomplete' : less[i]!.verdict)
    if (kind !== 'liveness') expect(states).toBe(less[i]!.states)
  }
  // One of two hosts stands for the other, if they are alike.
  for (const [i, { kind, verdict, states, steps }] of of([...check, '--reduce', 'symmetry']).entries()) {
    expect(verdict).toBe(kind === 'liveness' ? 'incomplete' : whole[i]!.verdict)
    if (kind === 'liveness') continue
    expect(states).toBeLessThan(whole[i]!.states * 0.6)
    expect(steps).toBe(whole[i]!.steps)
  }
  const unlike = doublejump(['check', 'mobike/single-homed', '--scenario', 'both-move', '--reduce', 'symmetry'])
  expect(unlike.out).toContain('the two hosts are not alike: it happens that')
  const { code, out } = doublejump(reduced)
  expect(code).toBe(16)
  expect(out).toContain('searched as if a packet to an address that nobody will hold again vanishes at once')
  expect(out).toContain('binding-correct-in-time: it was not asked, since with --reduce dead-packets it cannot be')
  expect(JSON.parse(doublejump([...reduced, '--plan']).out.split('\n')[0]!).job).toMatchObject({
    reduce: ['dead-packets'],
  })
})
