/// <reference lib="dom" />
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { chromium as installed } from '../programs.ts'

export const launched = (): Promise<Browser> =>
  chromium.launch({ executablePath: installed.at!, args: ['--no-sandbox', '--headless', '--disable-gpu'] })

/** A page at an address; what goes wrong in it is added to `errors`. */
export async function opened(context: BrowserContext, address: string, errors: string[]): Promise<Page> {
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(String(error)))
  await page.goto(address)
  return page
}
