import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { doublejump } from './run.ts'

const folder = mkdtempSync(join(tmpdir(), 'bad-input-'))
afterAll(() => rmSync(folder, { recursive: true }))

const hello = readFileSync(resolve(import.meta.dirname, '../../examples/hello.ts'), 'utf8')

function fileWith(name: string, content: string): string {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

/** Exit code 10, nothing on standard output that looks like a report, and an error that says what to do. */
function refused(args: readonly string[], ...says: (string | RegExp)[]): void {
  const { code, err } = doublejump(args)
  expect(code).toBe(10)
  for (const text of says) expect(err).toMatch(text)
  expect(err).not.toContain('at Object.')
}

test('an unknown target, with the nearest names', () => {
  refused(['check', 'spi/direct'], "There is no protocol 'spi/direct'", "'sip/direct'", 'doublejump list')
  refused(['check', 'sip/dirct'], "has no variant 'dirct'", "'sip/direct'")
  refused(['explain', 'sip', '--property', 'binding-eventually-correct'], 'several variants', 'sip/direct')
})

test('a name that an entry does not have is told, with the nearest', () => {
  const from = (entry: string, name: string) =>
    fileWith('misspelt.ts', `import { ${name} } from '${entry}'\n\n${name}({})\nexport default {}`)
  refused(['check', from('doublejump', 'scenaro')], 'misspelt.ts:3:', "'scenaro' from 'doublejump'", 'scenario')
  refused(['check', from('doublejump/properties', 'alwayz')], "'alwayz' from 'doublejump/properties'", 'always')
  // A constant is there, and no function.
  refused(['check', from('doublejump', 'usualTiming')], 'usualTiming) is not a function')
})

test('a file that is not there, does not parse, or does not describe a protocol', () => {
  refused(['check', 'nowhere.ts'], "There is no file 'nowhere.ts'")
  const { err } = doublejump(['check', 'nowhere.ts/direct', 'nowhere.ts/repaired'])
  expect(err.split('There is no file')).toHaveLength(2)
  mkdirSync(join(folder, 'sub.ts'))
  refused(['check', join(folder, 'sub.ts')], 'sub.ts', 'is a folder')
  const importing = fileWith('importing.ts', "import './gone.ts'\nexport default {}")
  refused(['check', importing], 'gone.ts')
  expect(doublejump(['check', importing]).err).not.toContain('Require stack')
  refused(['check', fileWith('broken.ts', 'export default { name: ')], 'could not be loaded', 'broken.ts')
  refused(
    ['check', fileWith('throws.ts', "interface A {}\n\nthrow new Error('on loading')")],
    'on loading',
    'throws.ts:3:',
  )
  const inner = fileWith('inner.ts', "export const late = () => {\n  throw new Error('further in')\n}")
  const outer = fileWith('outer.ts', "import { late } from './inner.ts'\nlate()\nexport default {}")
  refused(['check', outer], 'further in', `${inner.split('/').at(-1)}:2:`)
  refused(['check', fileWith('empty.ts', 'export const x = 1')], 'no default export')
  refused(
    ['check', fileWith('half.ts', "export default { name: 'half', describe: () => ({}) }")],
    "'variants' is missing",
  )
})

test('a spec that throws is reported with the node, the event and the state, and a way to get there', () => {
  const file = fileWith(
    'throwing.ts',
    hello.replace(
      '({ number }) => stay(number',
      "({ number }) => { throw new Error('boom') }).with({ kind: 'Ack' }, ({ number }) => stay(number",
    ),
  )
  const { code, out } = doublejump(['check', file])
  expect(code).toBe(10)
  expect(out).toContain("node 'a' threw on 'Ack'")
  expect(out).toContain('"here":"west-2/a"')
  // Once for all properties that are asked there.
  expect(out).toMatch(/one-moves · \d+ properties: .*boom/)
  expect(out).not.toMatch(/one-moves · [a-z-]+: .*boom/)
  const json = JSON.parse(doublejump(['check', file, '--json']).out)
  expect(json.checks[0]).toMatchObject({ verdict: 'failed' })
  expect(json.checks[0].steps).toBeGreaterThan(0)
  const explained = doublejump(['explain', `${file}/direct`, '--property', 'binding-eventually-correct', '--json'])
  expect(explained.code).toBe(10)
  expect(explained.err).toContain('boom')
  expect(JSON.parse(explained.out).steps).toHaveLength(json.checks[0].steps)
})

test('a message that no case handles is named', () => {
  const file = fileWith('unhandled.ts', hello.replace(/ *\.with\(\{ kind: 'Ack' \}.*\n/, ''))
  const { code, out } = doublejump(['check', file])
  expect(code).toBe(10)
  expect(out).toContain("node 'a' has no case for 'Ack'")
})

test('a predicate that throws is reported as well', () => {
  const file = fileWith(
    'predicate.ts',
    hello.replace("view.state<Host>('a').peerAt", "view.state<Host>(view.hasMoved('a') ? 'zoe' : 'a').peerAt"),
  )
  const { code, out } = doublejump(['check', file])
  expect(code).toBe(10)
  expect(out).toContain("There is no node 'zoe'")
})

test('a mistake that only the search reaches is told with the node, the event and the state', () => {
  const file = fileWith(
    'far.ts',
    hello.replace(
      "({ kind: 'silence' }, () => [me, [",
      "({ kind: 'silence' }, () => name === 'b' ? stay(me) : me.number < 900 ? stay({ ...me, number: me.number + 1 }) : [me, [send<Hello>({ kind: 'Ack', number: 0 }, 'wset-2/a'),",
    ),
  )
  const { code, out } = doublejump(['check', file, '--scenario', 'both-move'])
  expect(code).toBe(10)
  expect(out).toContain("node 'a' went wrong on 'silence' {} in state")
  expect(out).toContain('"number":900')
  expect(out).toContain("it sends 'Ack' to wset-2/a, and there is no network 'wset-2' in this scenario")
})

test('bounds that are none', () => {
  refused(['check', 'sip/direct', '--max-states', '0'], '--max-states is 0')
  refused(['check', 'sip/direct', '--max-states', 'many'], '--max-states is many')
  refused(['check', 'sip/direct', '--max-memory', 'lots'], "'lots'", '8GiB')
  refused(['check', 'sip/direct', '--workers', '-1'], '--workers is -1')
})

test('a property of another protocol, a scenario, a format and a reporter that are not there', () => {
  refused(
    ['check', 'sip/direct', '--property', 'both-return-routabilities-hang'],
    'it may be one of another protocol',
    'binding-eventually-correct',
  )
  refused(['check', 'sip/direct', '--scenario', 'nobody-moves'], "scenario 'nobody-moves'", 'both-move')
  refused(['explain', 'sip/direct', '--property', 'session-survives', '--format', 'gif'], "no format 'gif'", 'svg')
  refused(['export', 'sip/direct', '--scenario', 'both-move', '--format', 'gif'], "no format 'gif'", 'tla')
  refused(
    ['export', 'sip/direct', '--scenario', 'both-move', '--format', 'tla', '--out', 'sip-direct.tla'],
    "none can be called 'sip-direct'",
  )
  refused(['check', '--reporter', 'xml'], "no reporter 'xml'", 'junit')
  refused(['chekc'], /unknown command/)
  refused(['explain', 'sip/direct'], /required option/)
})

test('a reduction that there is not, or that is not for what is asked', () => {
  const check = ['check', 'hip/rvs-in-parallel', '--scenario', 'both-move', '--reduce']
  refused([...check, 'luck'], "There is no reduction 'luck'", 'dead-packets')
  refused([...check, 'symmetry', '--reduce', 'sleep-sets'], 'do not go together', 'Leave out the one')
  refused([...check, 'symmetry', '--property', 'eventually-reachable-both-ways'], 'cannot be asked', 'whole runs')
  refused([...check, 'sleep-sets', '--property', 'eventually-reachable-both-ways'], 'cannot be asked', 'whole runs')
  refused([...check, 'dead-packets', '--timed'], 'With a clock nothing is reduced')
  refused([...check, 'dead-packets', '--on-disk', join(folder, 'search')], 'is of a search in memory')
  refused(
    [...check, 'dead-packets', '--property', 'binding-correct-in-time'],
    "'binding-correct-in-time' cannot be asked",
    'counts steps',
  )
})
