/// <reference lib="dom" />
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { doublejump } from '../cli/run.ts'
import { chromium, describeWith } from '../programs.ts'
import { launched, opened } from './browser.ts'

const folder = mkdtempSync(join(tmpdir(), 'doublejump-page-'))
const file = join(folder, 'page.html')

test('inspect writes one file below 2 MB, with a policy that lets only its own program run', () => {
  const { code, out } = doublejump(['inspect', '--out', file])
  expect(code).toBe(0)
  expect(out.trim()).toBe(file)
  expect(statSync(file).size).toBeLessThan(2_000_000)
  const text = readFileSync(file, 'utf8')
  expect(text).toMatch(/Content-Security-Policy" content="default-src 'none'; script-src 'sha256-/)
  expect(text).not.toMatch(/(src|href)="https?:/)
})

describe('hostile input', () => {
  const trace = () =>
    JSON.parse(doublejump(['explain', 'wireguard/roaming', '--property', 'binding-eventually-correct', '--json']).out)
  const inspect = (value: unknown) => {
    const path = join(folder, 'trace.json')
    writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value))
    return doublejump(['inspect', path, '--out', join(folder, 'hostile.html')])
  }

  test.each([
    ['another version', { version: 2 }, /version 2/],
    ['a cycle that comes back to where there is nothing', { loopStart: 99 }, /moment 99/],
    ['a negative one', { loopStart: -1 }, /moment -1/],
    ['no steps', { steps: 'none' }, /'steps' is "none"/],
    ['10 MB of one string', { reason: 'x'.repeat(10_000_000) }, /10000000 characters/],
    ['a step that is no step', { steps: [null] }, /a step is null/],
    ['moments that do not fit', { moments: [] }, /do not fit|comes back/],
  ])('%s is refused, saying why', (_, change, message) => {
    const { code, err } = inspect({ ...trace(), ...change })
    expect(code).toBe(10)
    expect(err).toMatch(message)
  })

  test('what is no JSON, and a file that is not there', () => {
    expect(inspect('{"steps": [').code).toBe(10)
    expect(doublejump(['inspect', join(folder, 'nothing.json')]).code).toBe(10)
  })

  test('markup in a trace never leaves the element that carries it', () => {
    const evil = '</script><script>document.title="owned"</script><img src=x onerror="document.title=\'owned\'">'
    const hostile = trace()
    hostile.reason = evil
    hostile.steps[0].text = evil
    hostile.lanes.push(evil)
    expect(inspect(hostile).code).toBe(0)
    expect(readFileSync(join(folder, 'hostile.html'), 'utf8')).not.toContain('</script><script>document.title')
  })
})

describeWith(chromium, 'in a real browser, from disk', () => {
  let browser: Browser
  let context: BrowserContext
  let page: Page
  const errors: string[] = []
  const open = (address: string): Promise<Page> => opened(context, address, errors)
  const status = () => page.locator('.bar span[role=status]').first().textContent()
  const steps = () => page.locator('.steps li button').count()

  beforeAll(async () => {
    doublejump(['inspect', '--out', file])
    browser = await launched()
    context = await browser.newContext({ viewport: { width: 1300, height: 900 }, acceptDownloads: true })
    page = await open(`file://${file}`)
  })
  afterAll(async () => {
    await browser?.close()
  })

  test('the table of what survives; a protocol is found by its name', async () => {
    expect(await page.locator('tbody tr').count()).toBeGreaterThan(90)
    await page.fill('input[type=search]', 'wireguard/roam')
    expect(await page.locator('tbody tr').count()).toBe(1)
  })

  test('a variant: verdicts, and a search of a scenario in the page', async () => {
    await page.click('text=wireguard/roaming')
    await page.waitForSelector('.verdicts')
    const cell = page.locator('tr', { hasText: 'both-move-twice' }).locator('td button').first()
    expect(await cell.getAttribute('class')).toContain('expected')
    await page.locator('tr', { hasText: 'both-move-twice' }).getByRole('button', { name: 'search' }).click()
    await page.waitForFunction(() => document.querySelector('.verdicts')?.textContent?.includes('states,') === true)
    expect(await cell.getAttribute('class')).not.toContain('expected')
  })

  test('a click on a verdict leads to the least run, drawn and told', async () => {
    await page
      .getByRole('button', { name: 'both-move, binding-eventually-correct: violated (expected)', exact: true })
      .click()
    await page.waitForSelector('.ladder svg')
    await page.waitForFunction(() => document.querySelectorAll('.steps li').length > 8)
    expect(await page.locator('.ladder svg desc').textContent()).toContain('a and b each move once')
    expect(await page.locator('.steps .strip.wrong').count()).toBeGreaterThan(5)
  })

  test('keys: on, back, to the end, to the beginning, to the first wrong belief, play', async () => {
    await page.locator('h1').click()
    for (const [key, expected] of [
      ['j', '1'],
      ['j', '2'],
      ['k', '1'],
      ['ArrowDown', '2'],
      ['ArrowUp', '1'],
      ['End', '10'],
      ['Home', '0'],
      ['w', '1'],
    ] as const) {
      await page.keyboard.press(key)
      await page.waitForFunction(
        (words) => document.querySelector('.bar span[role=status]')?.textContent === words,
        `${expected} of 10`,
      )
    }
    await page.waitForFunction(() => document.querySelectorAll('.ladder .here').length === 1)
    await page.keyboard.press('p')
    await page.waitForFunction(
      () => document.querySelector('.bar span[role=status]')?.textContent?.startsWith('3') === true,
    )
    await page.keyboard.press('p')
  })

  test('the state: changes set off, unchanged hidden, filtered by node', async () => {
    await page.keyboard.press('Home')
    await page.keyboard.press('j')
    expect(await page.locator('.changed').count()).toBeGreaterThan(0)
    await page.getByLabel('hide unchanged').check()
    expect(await page.locator('section[aria-label=states] .cells > details').count()).toBe(1)
    await page.getByLabel('hide unchanged').uncheck()
    await page.getByLabel('filter by node').fill('in flight')
    expect(await page.locator('section[aria-label=states] .cells > *').count()).toBeGreaterThan(3)
    await page.getByLabel('filter by node').fill('')
  })

  test('a message is found', async () => {
    await page.getByLabel('find a message or a state').fill('handshake initiation')
    await page.keyboard.press('Enter')
    expect(Number((await status())!.split(' ')[0])).toBeGreaterThan(5)
  })

  test('what if: another step is taken, and undone', async () => {
    await page.locator('h1').click()
    await page.keyboard.press('Home')
    const before = await steps()
    await page.locator('.choices button').last().click()
    expect(await steps()).toBe(2)
    await page.getByRole('button', { name: 'undo' }).click()
    expect(await steps()).toBe(1)
    await page.getByRole('button', { name: 'least run' }).click()
    await page.waitForFunction((n) => document.querySelectorAll('.steps li button').length === n, before)
  })

  test('two variants side by side', async () => {
    await page.getByLabel('compare with').selectOption('newest-packet')
    await page.waitForFunction(() => document.querySelectorAll('.ladder svg').length === 2)
    await page.getByLabel('compare with').selectOption('')
    await page.waitForFunction(() => document.querySelectorAll('.ladder svg').length === 1)
  })

  test('who caused what: drawn when asked for, the step in hand set off, a click goes to a step', async () => {
    await page.getByRole('tab', { name: 'who caused what' }).click()
    await page.waitForSelector('.ladder svg.c')
    expect(await page.locator('.ladder [data-step]').count()).toBe((await steps()) - 1)
    await page.locator('.ladder [data-step="3"] text').first().click()
    expect(await status()).toMatch(/^4 of /)
    expect(await page.locator('.ladder .here').getAttribute('data-step')).toBe('3')
    await page.getByRole('tab', { name: 'ladder' }).click()
    await page.waitForSelector('.ladder svg.l')
  })

  test.each(['svg', 'png', 'causes', 'dot', 'itf', 'json', 'test'])('saved as %s', async (format) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByLabel('save as').selectOption(format),
    ])
    const path = await download.path()
    expect(statSync(path).size).toBeGreaterThan(400)
  })

  test('a link opens the same step in a fresh browser', async () => {
    await page.locator('h1').click()
    await page.keyboard.press('Home')
    for (let i = 0; i < 4; i++) await page.keyboard.press('j')
    const link = await page.evaluate(() => location.href)
    const fresh = await browser.newContext()
    const other = await fresh.newPage()
    await other.goto(link)
    await other.waitForSelector('.ladder svg')
    expect(await other.locator('.steps [aria-current=step]').textContent()).toBe(
      await page.locator('.steps [aria-current=step]').textContent(),
    )
    const drawn = (of: Page) => of.locator('.ladder svg').textContent()
    expect(await drawn(other)).toBe(await drawn(page))
    await fresh.close()
  })

  test('an address that leads nowhere, and one that was tampered with, say so or show what there is', async () => {
    const lost = await open(`file://${file}#no/such/thing/here?c=9.9.9&at=7&loop=x`)
    expect(await lost.locator('main').textContent()).toContain('no variant no/such')
    const odd = await open(`file://${file}#sip/direct/both-move/session-survives?c=0.999.zz&at=77&loop=55`)
    await odd.waitForSelector('.ladder svg')
    await lost.close()
    await odd.close()
  })

  test('a hostile trace is shown as text', async () => {
    const hostile = await open(`file://${join(folder, 'hostile.html')}`)
    await hostile.waitForSelector('.ladder svg')
    expect(await hostile.title()).toBe('doublejump')
    expect(await hostile.locator('img').count()).toBe(0)
    expect(await hostile.locator('.steps').textContent()).toContain('<script>')
    await hostile.close()
  })

  test('a telephone: nothing is wider than the screen', async () => {
    const phone = await browser.newContext({ viewport: { width: 380, height: 700 } })
    const small = await phone.newPage()
    for (const fragment of ['', '#wireguard/roaming', await page.evaluate(() => location.hash)]) {
      await small.goto('about:blank')
      await small.goto(`file://${file}${fragment}`)
      await small.waitForSelector('h1')
      expect(await small.evaluate(() => document.documentElement.scrollWidth), fragment).toBeLessThanOrEqual(380)
    }
    await phone.close()
  })

  test('no errors on the console', () => {
    expect(errors).toEqual([])
  })
})
