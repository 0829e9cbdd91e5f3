/// <reference lib="dom" />
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { read, write } from '../../page/permalink.ts'
import { doublejump } from '../cli/run.ts'
import { chromium, describeWith } from '../programs.ts'
import { launched, opened } from './browser.ts'

test('a figure and what is set for it are in the address, and come back from it', () => {
  const place = { ...read('#'), figure: '000-fig-6b', set: ['lambda=7', 'gaps=uniform(0, 2)'] }
  expect(read(write(place))).toEqual(place)
  expect(read('#mip-lr/direct').figure).toBeNull()
})

describeWith(chromium, "the papers' figures, in a real browser", () => {
  const file = join(mkdtempSync(join(tmpdir(), 'doublejump-page-')), 'page.html')
  let browser: Browser
  let context: BrowserContext
  let page: Page
  const errors: string[] = []
  const numbers = () => page.locator('pre').textContent()
  const showing = (words: string) =>
    page.waitForFunction((expected) => document.querySelector('pre')?.textContent?.includes(expected) === true, words)
  /** As a hand does: the slider goes there, and is let go. */
  const slide = (name: string, value: number) =>
    page.getByLabel(name, { exact: true }).evaluate((input: HTMLInputElement, to) => {
      input.value = String(to)
      input.dispatchEvent(new Event('change', { bubbles: true }))
    }, value)

  beforeAll(async () => {
    doublejump(['inspect', '--out', file])
    browser = await launched()
    context = await browser.newContext({ viewport: { width: 1300, height: 1000 } })
    page = await opened(context, `file://${file}`, errors)
  })
  afterAll(async () => {
    await browser?.close()
  })

  test('from the first view to a figure; a slider draws it anew, as the command does, and is in the address', async () => {
    await page.click("text=the papers' figures")
    await page.selectOption('[aria-label=figure]', '003-fig-5')
    await page.waitForSelector('.chart svg')
    await slide('alpha', 0.3)
    await showing('MIPv6, corrected: 0.300 → 14\n')
    expect(await page.evaluate(() => location.hash)).toBe('#?figure=003-fig-5&set=alpha%3D0.3')
    await slide('eta', 3)
    await showing('TMSP, corrected: 0.300 → ')
    const told = doublejump(['figures', '003-fig-5', '--set', 'alpha=0.3', '--set', 'eta=3']).out
    expect(told).toContain(await numbers())
    // The twin: without the slider it is another figure.
    expect(doublejump(['figures', '003-fig-5', '--set', 'alpha=0.3']).out).not.toContain(await numbers())
  })

  test('a link brings the sliders back; what cannot be set is said, with what can', async () => {
    const link = `file://${file}#?figure=000-fig-6a&set=lambda%3D7&set=gaps%3Dconstant(1)`
    const other = await opened(context, link, errors)
    await other.waitForSelector('.chart svg')
    expect(await other.getByLabel('lambda', { exact: true }).inputValue()).toMatch(/^[67]/)
    expect(await other.getByLabel('gaps', { exact: true }).inputValue()).toBe('constant(1)')
    expect(await other.locator('.chart svg path').count()).toBeGreaterThan(7)
    await other.getByLabel('gaps', { exact: true }).fill('pareto(1, 1)')
    await other.getByLabel('gaps', { exact: true }).blur()
    await other.waitForSelector('.error')
    expect(await other.locator('.error').textContent()).toContain('has no mean')
    await other.click('text=as the paper has it')
    await other.waitForSelector('.chart svg')
    expect(await other.evaluate(() => location.hash)).toBe('#?figure=000-fig-6a')
    await other.goto(`file://${file}#?figure=nothing`)
    await other.waitForSelector('.error')
    expect(await other.locator('.error').textContent()).toContain("no figure 'nothing'")
  })

  test('every figure of numbers is drawn, and nothing goes wrong meanwhile', async () => {
    const all = await page
      .locator('[aria-label=figure] option')
      .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value))
    expect(all.length).toBeGreaterThan(8)
    for (const id of all) {
      await page.selectOption('[aria-label=figure]', id)
      await page.waitForSelector('.chart svg')
      await page.waitForFunction((name) => document.querySelector('code')?.textContent?.includes(name) === true, id)
    }
    expect(errors).toEqual([])
  })
})
