import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { marked } from 'marked'
import { expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import type { Result } from '../../analysis/job.ts'
import { manyHostileWords } from '../counterexamples/hostile.ts'
import { doublejump } from './run.ts'

/** The part of the schema that Jenkins reads JUnit's reports by that this program writes: elements, attributes, and how times are written. */
const JUNIT = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:simpleType name="count"><xs:restriction base="xs:string"><xs:pattern value="[0-9]+"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="time"><xs:restriction base="xs:string"><xs:pattern value="[0-9]+\\.[0-9]{3}"/></xs:restriction></xs:simpleType>
  <xs:complexType name="trouble" mixed="true">
    <xs:attribute name="type" type="xs:string" use="required"/>
    <xs:attribute name="message" type="xs:string" use="required"/>
  </xs:complexType>
  <xs:element name="testcase"><xs:complexType>
    <xs:sequence>
      <xs:choice minOccurs="0">
        <xs:element name="failure" type="trouble"/><xs:element name="error" type="trouble"/>
      </xs:choice>
      <xs:element name="system-out" type="xs:string" minOccurs="0"/>
    </xs:sequence>
    <xs:attribute name="classname" type="xs:string" use="required"/>
    <xs:attribute name="name" type="xs:string" use="required"/>
    <xs:attribute name="time" type="time" use="required"/>
  </xs:complexType></xs:element>
  <xs:element name="testsuite"><xs:complexType>
    <xs:sequence><xs:element ref="testcase" maxOccurs="unbounded"/></xs:sequence>
    <xs:attribute name="name" type="xs:string" use="required"/>
    <xs:attribute name="tests" type="count" use="required"/>
    <xs:attribute name="failures" type="count" use="required"/>
    <xs:attribute name="errors" type="count" use="required"/>
    <xs:attribute name="time" type="time" use="required"/>
    <xs:attribute name="skipped" type="count" use="required"/>
  </xs:complexType></xs:element>
  <xs:element name="testsuites"><xs:complexType>
    <xs:sequence><xs:element ref="testsuite" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
    <xs:attribute name="name" type="xs:string" use="required"/>
    <xs:attribute name="tests" type="count" use="required"/>
    <xs:attribute name="failures" type="count" use="required"/>
    <xs:attribute name="errors" type="count" use="required"/>
    <xs:attribute name="time" type="time" use="required"/>
  </xs:complexType></xs:element>
</xs:schema>`

const errorsOf = async (contents: string): Promise<readonly unknown[]> =>
  (await validateXML({ xml: [{ fileName: 'junit.xml', contents }], schema: [JUNIT] })).errors

const FILE = 'test/cli/fixtures/surprise.ts'
const report = (reporter: string): string => doublejump(['check', FILE, '--reporter', reporter]).out
const { checks } = JSON.parse(report('json')) as { checks: readonly Result[] }

test('JUnit: the schema, counts that add up, and seconds that do', async () => {
  const xml = report('junit')
  expect(await errorsOf(xml)).toEqual([])
  const numbers = (element: string, attribute: string): number[] =>
    [...xml.matchAll(new RegExp(`<${element} [^>]*?\\b${attribute}="([^"]*)"`, 'g'))].map(([, n]) => Number(n))
  const sum = (list: readonly number[]): number => list.reduce((one, other) => one + other, 0)
  expect(numbers('testsuites', 'tests')).toEqual([checks.length])
  for (const attribute of ['tests', 'failures', 'errors'])
    expect(sum(numbers('testsuite', attribute)), attribute).toBe(numbers('testsuites', attribute)[0])
  expect(numbers('testsuites', 'failures')[0]).toBe(checks.filter(({ asExpected }) => !asExpected).length)
  expect(xml.match(/<failure /g)?.length).toBe(numbers('testsuites', 'failures')[0])
  expect(sum(numbers('testcase', 'time'))).toBeCloseTo(sum(numbers('testsuite', 'time')), 1)
})

test('JUnit: what a bound cuts off is an error, with the bound', async () => {
  const xml = doublejump([
    'check',
    'mipv6/ro-rfc',
    '--scenario',
    'both-move',
    '--max-states',
    '50',
    '--reporter',
    'junit',
  ]).out
  expect(await errorsOf(xml)).toEqual([])
  expect(xml).toMatch(/<error type="incomplete" message="[^"]*bound on states/)
  expect(xml).toContain('failures="0"')
})

test('the schema finds what is missing', async () => {
  expect(await errorsOf(report('junit').replace(/ errors="0"/, ''))).not.toEqual([])
  expect(await errorsOf(report('junit').replace(/time="[^"]*"/, 'time="soon"'))).not.toEqual([])
})

test('SARIF: the file and the line that names the variant', () => {
  const { version, runs } = JSON.parse(report('sarif'))
  expect(version).toBe('2.1.0')
  const [{ results, tool }] = runs
  expect(results).toHaveLength(checks.filter(({ asExpected }) => !asExpected).length)
  for (const { ruleId, ruleIndex, locations } of results) {
    expect(tool.driver.rules[ruleIndex].id).toBe(ruleId)
    const [{ physicalLocation }] = locations
    expect(physicalLocation.artifactLocation.uri).toBe(FILE)
    expect(physicalLocation.region.startLine).toBe(checks[0]!.line)
  }
  expect(checks[0]!.line).toBeGreaterThan(1)
})

test('Markdown, JUnit and annotations take whatever a property says', async () => {
  const words = manyHostileWords(20).filter((word) => word !== '')
  const folder = mkdtempSync(join(tmpdir(), 'reports-'))
  writeFileSync(
    join(folder, 'hostile.ts'),
    `${readFileSync('examples/hello.ts', 'utf8')}
const words = ${JSON.stringify(words)}
export const properties = () =>
  words.map((word, i) => ({ id: \`p\${i}\`, kind: 'safety', always: { name: 'never', holds: () => word } }))
`,
  )
  const check = ['check', 'hostile.ts/direct', '--scenario', 'one-moves', '--out', 'out', '--reporter', 'github']
  const { code, out } = doublejump(check, { cwd: folder })
  expect(code).toBe(12)
  expect(out.trimEnd().split('\n')).toHaveLength(words.length + 1)
  const read = (file: string): string => readFileSync(join(folder, 'out', file), 'utf8')
  expect(await errorsOf(read('junit.xml'))).toEqual([])
  const html = marked.parse(read('report.md'), { async: false })
  expect(html.match(/<tr>/g)!.length).toBe(read('junit.xml').match(/<testcase /g)!.length + 1)
  expect(html.match(/<td/g)!.length).toBe(read('junit.xml').match(/<testcase /g)!.length * 6)
  expect(html.replaceAll(/<\/?(table|thead|tbody|tr|td|th|strong|a)\b[^>]*>/g, '')).not.toContain('<')
  rmSync(folder, { recursive: true })
})

const reporters = ['pretty', 'json', 'junit', 'sarif', 'github', 'markdown']
const asked = (target: string, reporter: string, ...more: string[]): string =>
  doublejump(['check', target, '--scenario', 'both-move', '--reporter', reporter, ...more]).out

test('a timer that is armed for ever and never fires is told of what leans on it, and of nothing else', async () => {
  for (const reporter of ['pretty', 'junit', 'markdown'])
    expect(asked('ice/anchored-once', reporter), reporter).toContain(
      'session failure of a, session failure of b are armed for ever in a run and never fire',
    )
  expect(await errorsOf(asked('ice/anchored-once', 'junit'))).toEqual([])
  expect(asked('ice/anchored-once', 'pretty')).toContain(
    '~ both-move · binding-eventually-correct, eventually-reachable-both-ways: it leans on this: session failure of a is',
  )
  const { checks: told } = JSON.parse(asked('ice/anchored-once', 'json')) as { checks: readonly Result[] }
  expect(told.find(({ property }) => property === 'session-survives')).toMatchObject({
    verdict: 'holds',
    heldBack: ['session failure of a', 'session failure of b'],
  })
  // Its twin gives up in the end. And with a clock nothing is held back.
  for (const other of [
    asked('ice/anchored-rollback', 'pretty'),
    asked('ice/anchored-once', 'pretty', '--given', 'd=25'),
  ])
    expect(other).not.toContain('leans on')
})

test.each(reporters)('%s says that a verdict is one with a clock', (reporter) => {
  const property = ['--property', 'binding-eventually-correct']
  expect(asked('mip-lr/revised-answers', reporter, ...property, '--given', 'd=25')).toMatch(/timed/)
  expect(asked('mip-lr/revised-answers', reporter, ...property).replace('"timed": false', '')).not.toMatch(/timed/)
})
