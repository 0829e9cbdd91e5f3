/// <reference lib="dom" />
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { read, write } from '../../page/permalink.ts'
import { readGiven } from '../../page/time-given.ts'
import { doublejump } from '../cli/run.ts'
import { chromium, describeWith } from '../programs.ts'
import { launched, opened } from './browser.ts'

const RUN = 'mip-lr/revised-answers/both-move/binding-eventually-correct'

test('what is given of time is in the address, and comes back from it', () => {
  const given = {
    d: [25, 25],
    'leaves(a)': [0, null],
    'd(west-1,home-b)': [10, 40],
    'revision window': [1, 2],
  } as const
  const there = read(write({ ...read(`#${RUN}`), given }))
  expect(there.given).toEqual(given)
  expect(there.scenario).toBe('both-move')
  expect(read(`#${RUN}?clock=1`).given).toEqual({})
  expect(read(`#${RUN}?given=d%3D25..25`).given).toBeNull()
})

test('what somebody may have typed is left out where it is no interval, and told', () => {
  const wrong = ['d=40..10', 'd', 'd=-1..5', '=1..2', 'd=1..x']
  expect(readGiven([...wrong, 'blackout(a)=5..5'])).toEqual({ given: { 'blackout(a)': [5, 5] }, leftOut: wrong })
  expect(read(`#${RUN}?clock=1&given=d%3D40..10`)).toMatchObject({ given: {}, leftOut: ['d=40..10'] })
})

describeWith(chromium, 'with a clock, in a real browser', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'doublejump-page-')), 'page.html')
  let browser: Browser
  let context: BrowserContext
  let page: Page
  const errors: string[] = []
  const decided = (word: string) =>
    page.waitForFunction(
      (expected) => document.querySelector('[aria-label=verdict]')?.textContent?.startsWith(expected) === true,
      word,
    )
  /** As a hand does: the slider goes there, and is let go. */
  const slide = (name: string, value: number) =>
    page.getByLabel(name, { exact: true }).evaluate((input: HTMLInputElement, to) => {
      input.value = String(to)
      input.dispatchEvent(new Event('input', { bubbles: true }))
      input.dispatchEvent(new Event('change', { bubbles: true }))
    }, value)

  beforeAll(async () => {
    doublejump(['inspect', '--out', file])
    browser = await launched()
    context = await browser.newContext({ viewport: { width: 1300, height: 900 } })
    page = await opened(context, `file://${file}#${RUN}`, errors)
  })
  afterAll(async () => {
    await browser?.close()
  })

  test('a switch sets the clock going: the run has instants, and what is assumed of time is told', async () => {
    await page.getByLabel('with a clock').check()
    await decided('violated')
    await page.waitForSelector('.ladder svg .axis', { state: 'attached' })
    expect(page.url()).toContain('clock=1')
    expect(await page.locator('.steps').textContent()).toContain('1. 0.000 s · ')
    expect(await page.textContent('main')).toContain('Assumed of time: dense time · one-way latency 10–40 ms')
  })

  test('verdict and address follow a slider: a revision window that is longer than the handoffs mends it', async () => {
    await page.locator('details summary', { hasText: 'timers' }).click()
    await slide('blackout(a): latest', 500)
    await slide('blackout(b): latest', 500)
    await decided('holds')
    expect(read(new URL(page.url()).hash).given).toEqual({ 'blackout(a)': [20, 500], 'blackout(b)': [20, 500] })
    await slide('revision window: earliest', 100)
    await slide('revision window: latest', 100)
    await decided('violated')
  })

  test('a link opens what was given; without the clock all is as before', async () => {
    const again = await opened(context, page.url(), errors)
    await again.waitForFunction(
      () => document.querySelector('[aria-label=verdict]')?.textContent?.startsWith('violated') === true,
    )
    expect(await again.locator('.time', { hasText: 'blackout(a)' }).locator('output').textContent()).toBe('20–500 ms')
    await again.getByLabel('with a clock').uncheck()
    await again.waitForFunction(() => document.querySelectorAll('.choices button').length > 0)
    expect(again.url()).not.toContain('given')
    await again.close()
  })

  test('a search that is under way when something changes is ended', async () => {
    await page.getByRole('button', { name: 'as usual' }).click()
    await slide('d: latest', 41)
    // One search at a time, however often something changes.
    await expect.poll(() => page.workers().length, { timeout: 60_000 }).toBeLessThanOrEqual(1)
    await slide('blackout(a): latest', 300)
    await slide('blackout(b): latest', 300)
    await decided('holds')
    await expect.poll(() => page.workers().length, { timeout: 60_000 }).toBe(0)
  })

  test('on a narrow screen nothing but the drawing is wider than it', async () => {
    await page.setViewportSize({ width: 400, height: 800 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400)
    await page.setViewportSize({ width: 1300, height: 900 })
  })

  test('nothing went wrong on the way', () => {
    expect(errors).toEqual([])
  })
})
