/// <reference lib="dom" />
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundle } from '../../analysis/load/bundle.ts'
import { doublejump } from '../cli/run.ts'
import { chromium, describeWith } from '../programs.ts'
import { launched, opened } from './browser.ts'

const folder = mkdtempSync(join(tmpdir(), 'doublejump-own-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string): string => join(folder, name)
const run = (...args: string[]) => doublejump(args, { cwd: folder })

const hello = readFileSync(resolve(import.meta.dirname, '../../examples/hello.ts'), 'utf8')
/** The tutorial's protocol in a file of its own, changed. */
function file(name: string, change: (text: string) => string): string {
  writeFileSync(at(name), change(hello))
  return name
}

/** What a page carries in the place for code, and in the place for data. */
function carried(page: string): { own: { file: string; code: string }[]; given: string } {
  const text = readFileSync(at(page), 'utf8')
  const inside = (id: string) =>
    new RegExp(`<script type="application/json" id="${id}">([^<]*)</script>`).exec(text)![1]!
  return { own: JSON.parse(inside('own')), given: inside('given') }
}

/** It imports every kind of thing: this program, its libraries, another file, data, and what the protocol does not use. */
mkdirSync(at('parts'))
writeFileSync(at('parts/names.ts'), "export const title = (words: string): string => words + ', in two files'\n")
writeFileSync(at('parts/table.json'), '{ "milliseconds": 1000 }')
const own = file('own.ts', (text) =>
  text
    .replace(
      "import { match } from 'ts-pattern'",
      `import { readFileSync } from 'node:fs'
import { View } from 'doublejump'
import { always, type Checked, everyStep, predicate } from 'doublejump/properties'
import { produce } from 'immer'
import { match } from 'ts-pattern'
import { title } from './parts/names.js'
import table from './parts/table.json'

export const properties = (checked: Checked) => [
  { id: 'one-program', ...always(predicate(checked, 'the same View', (view) => view instanceof View || 'another View')) },
  { id: 'b-stays', ...always(predicate(checked, 'b stays', (view) => (view.hasMoved('b') ? 'b has moved' : true))) },
  { id: 'a-rests', ...everyStep({ name: 'a rests', holds: (before, after) => before(0) === after(0) || 'a has changed' }) },
]
export const forOthers = () => readFileSync('nothing')`,
    )
    .replace("title: 'Two hosts that tell each other where they go'", "title: title('Two hosts')")
    .replace('milliseconds: 1000', '...table')
    .replace(
      'stay({ at: { ...me.at, [event.from]: event.at } })',
      'stay(produce(me, (draft) => void ((draft.at as Record<string, Address>)[event.from] = event.at)))',
    ),
)

test('a file of the user’s own goes into the page as one text, which is handed what the page has already', () => {
  const { code, err } = run('inspect', own, '--out', 'own.html')
  expect(err).toBe('')
  expect(code).toBe(0)
  expect(statSync(at('own.html')).size).toBeLessThan(2_000_000)
  const [bundled, ...more] = carried('own.html').own
  expect(more).toEqual([])
  expect(bundled!.file).toBe('own.ts')
  for (const name of ['doublejump', 'doublejump/properties', 'immer', 'ts-pattern'])
    expect(bundled!.code).toContain(`require("${name}")`)
  expect(bundled!.code).toContain('in two files')
  expect(bundled!.code).not.toContain('readFileSync')
  expect(bundled!.code.length).toBeLessThan(3 * hello.length)
})

test.each([
  ["a module of Node's", 'node:path', /needs\.ts uses 'node:path', which a browser does not have.*Move what needs/],
  ['one without a prefix', 'path', /needs\.ts uses 'path', which a browser does not have/],
  ['a part of this program for other places', 'doublejump/conform', /needs\.ts uses 'doublejump\/conform'/],
  ['a package that is not there', 'not-installed', /needs\.ts:1: Could not resolve "not-installed"/],
])('%s is refused for the page, saying where it is used and what to do', async (_, module, message) => {
  writeFileSync(
    at('needs.ts'),
    `import { join } from '${module}'\nexport const name = (): string => join('hel', 'lo')\n`,
  )
  const needy = file('needy.ts', (text) => `import { name } from './needs.ts'\n${text.replace("'hello'", 'name()')}`)
  await expect(bundle(at(needy))).rejects.toThrow(message)
})

test('what a browser cannot have is bad input to inspect; check --out writes the verdicts alone, and says so', () => {
  const needy = file(
    'reads.ts',
    (text) => `import { sep } from 'node:path'\n${text.replace("title: 'Two", "title: sep + 'Two")}`,
  )
  const { code, err } = run('inspect', needy, '--out', 'reads.html')
  expect(code).toBe(10)
  expect(err).toMatch(/^doublejump: 'reads\.ts' could not be put into the page: reads\.ts uses 'node:path'/)
  const checked = run('check', needy, '--out', 'out')
  expect(checked.code).toBe(0)
  expect(checked.err).toContain("verdicts alone, without stepping through runs: 'reads.ts'")
  expect(carried('out/index.html').own).toEqual([])
  expect(carried('out/index.html').given).toContain('binding-eventually-correct')
})

test('two files that describe protocols of one name have no page together', () => {
  const { code, err } = run('inspect', file('one.ts', String), file('two.ts', String), '--out', 'both.html')
  expect(code).toBe(10)
  expect(err).toMatch(/'one\.ts' and 'two\.ts' both describe a protocol 'hello'.*Rename/)
})

/** A report and a trace that bring code along, in every place that there is. */
const code = "export default () => { document.title = 'owned'; return { default: { name: 'evil', variants: [] } } }"
const evil = [{ file: 'evil.ts', code }]
const asElement = `</script><script type="application/json" id="own">${JSON.stringify(evil)}</script>`
const hostileReport = () => {
  const report = JSON.parse(run('check', file('plain.ts', String), '--json').out)
  const checks = report.checks.map((check: object) => ({ ...check, own: evil, code, explanation: asElement }))
  writeFileSync(at('report.json'), JSON.stringify({ ...report, checks, own: evil, code, file: 'evil.ts' }))
}

test('a report never brings code along: only a file that was named to be checked is run', () => {
  hostileReport()
  expect(run('inspect', 'report.json', '--out', 'report.html').code).toBe(0)
  const { own: ran, given } = carried('report.html')
  expect(ran).toEqual([])
  expect(Object.keys(JSON.parse(given))).toEqual(['checks'])
  expect(JSON.parse(given).checks[0]).not.toHaveProperty('own')
  expect(readFileSync(at('report.html'), 'utf8').match(/id="own">/g)).toHaveLength(1)
})

describeWith(chromium, 'in a real browser, from disk', () => {
  let browser: Browser
  let context: BrowserContext
  let page: Page
  const errors: string[] = []
  const open = (name: string, fragment = ''): Promise<Page> => opened(context, `file://${at(name)}${fragment}`, errors)
  const steps = () => page.locator('.steps li button').allTextContents()

  beforeAll(async () => {
    browser = await launched()
    context = await browser.newContext({ viewport: { width: 1300, height: 900 } })
    page = await open('own.html')
  })
  afterAll(async () => {
    await browser?.close()
  })

  test('its verdicts come first; what is not as expected is set off; signs and columns say what they mean', async () => {
    const mine = page.getByRole('region', { name: 'hello' })
    expect(await mine.locator('h1').textContent()).toBe('hello: Two hosts, in two files')
    expect(await mine.locator('tbody tr').count()).toBe(4)
    const unexpected = mine.locator('.unexpected')
    expect(await unexpected.first().getAttribute('aria-label')).toMatch(/: violated, not as expected$/)
    expect(await mine.textContent()).toContain(`${await unexpected.count()} are not as expected`)
    const titled = page.locator('tbody td[class], table:not(.verdicts) thead th:not(:first-child)')
    const titles = await titled.evaluateAll((all) =>
      all.map((one) => (one.querySelector('[title]') ?? one).getAttribute('title')),
    )
    expect(titles.length).toBeGreaterThan(500)
    expect(titles.filter((title) => title === null || !/^\S.*\.$/s.test(title))).toEqual([])
    expect(await mine.locator('.legend').textContent()).toMatch(/✗ It is false.*boxed The variant expects/)
  })

  test('a search in the page finds what the search outside found, with one program and not two', async () => {
    const said = () => page.locator('.verdicts tbody tr').last().locator('td button').allTextContents()
    await page.getByRole('button', { name: 'direct', exact: true }).click()
    await page.waitForSelector('text=own.ts')
    const outside = await said()
    expect(outside).toContain('✗')
    await page.locator('tr', { hasText: 'both-move' }).getByRole('button', { name: 'search' }).click()
    await page.waitForFunction(() => document.querySelector('.verdicts')?.textContent?.includes('states,') === true)
    expect(await said()).toEqual(outside)
    expect(await page.getByLabel(/^both-move, one-program/).getAttribute('aria-label')).toBe(
      'both-move, one-program: holds',
    )
  })

  test('a run of it is searched, stepped through, left by what if, and taken up again from its link', async () => {
    await page.getByLabel(/^both-move, binding-eventually-correct: violated/).click()
    await page.waitForFunction(() => document.querySelectorAll('.steps li').length > 8)
    const least = await steps()
    await page.locator('h1').click()
    for (const key of ['j', 'j', 'k', 'j', 'j']) await page.keyboard.press(key)
    expect(await page.locator('.steps [aria-current=step]').textContent()).toContain('3.')
    const other = page.locator('.choices button:not(.taken)').first()
    const taken = await other.textContent()
    await other.click()
    expect((await steps()).slice(0, 4)).toEqual(least.slice(0, 4))
    expect((await steps()).at(-1)).toContain(taken!)
    const again = await open('own.html', new URL(page.url()).hash)
    await again.waitForSelector('.ladder svg')
    expect(await again.locator('.steps li button').allTextContents()).toEqual(await steps())
    await again.close()
    await page.getByRole('button', { name: 'undo' }).click()
    expect((await steps()).length).toBe(4)
    await page.getByLabel('compare with').selectOption('rendezvous')
    await page.waitForFunction(() => document.querySelectorAll('.ladder svg').length === 2)
  })

  test('properties of its own are asked, of states and of steps, and say why not', async () => {
    const mine = await open('own.html', '#hello/direct/both-move/a-rests')
    await mine.waitForFunction(() => document.querySelectorAll('.steps li').length > 1)
    expect(await mine.locator('main > p').first().textContent()).toContain('a has changed')
    expect(await mine.locator('.steps .strip').last().getAttribute('title')).toBe('a has changed')
    await mine.close()
  })

  test('where it throws, the page shows the way there, and what was thrown; it may take the place of one that ships', async () => {
    const throwing = file('throwing.ts', (text) =>
      text
        .replace("name: 'hello'", "name: 'hip'")
        .replace("'Ack' }, ({ number }) => stay(", "'Ack' }, ({ number }) => number > 0 ? boom() : stay(")
        .replace('const SERVER', "const boom = (): never => { throw new Error('boom') }\nconst SERVER"),
    )
    expect(run('inspect', throwing, '--out', 'throwing.html').code).toBe(0)
    const there = await open('throwing.html', '#hip/direct/one-moves/no-stale-overwrite')
    await there.waitForFunction(() => document.querySelectorAll('.steps li').length > 2)
    await there.locator('h1').click()
    await there.keyboard.press('End')
    await there.waitForSelector('section[aria-label="what if"] .error')
    expect(await there.locator('section[aria-label="what if"] .error').textContent()).toMatch(
      /node 'a' threw on 'Ack'.*boom/,
    )
    await there.locator('.home').click()
    await there.waitForSelector('tbody')
    expect(await there.getByRole('button', { name: 'hip/direct' }).count()).toBe(0)
    await there.close()
  })

  test('one that cannot be run in a browser says so, and the rest of the page is there', async () => {
    const lost = file('lost.ts', (text) =>
      text
        .replace('const SERVER', 'export const on = process.version\nconst SERVER')
        .replace("source: 'docs", "source: on + 'docs"),
    )
    expect(run('inspect', lost, '--out', 'lost.html').code).toBe(0)
    const there = await open('lost.html')
    expect(await there.locator('.error').first().textContent()).toMatch(
      /'lost\.ts' cannot be run in this page: .*process/,
    )
    expect(await there.locator('tbody tr').count()).toBeGreaterThan(90)
    await there.close()
  })

  test('a report shows the verdicts of a protocol that is not there, and none of its code is run', async () => {
    const reported = await open('report.html')
    expect(await reported.getByRole('region', { name: 'hello' }).locator('td span').count()).toBe(20)
    await reported.getByRole('button', { name: 'direct', exact: true }).click()
    expect(await reported.locator('main').textContent()).toContain('doublejump inspect my-protocol.ts')
    expect(await reported.title()).toBe('doublejump')
    await reported.close()
  })

  test('no errors on the console', () => {
    expect(errors).toEqual([])
  })
})
