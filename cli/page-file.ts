import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import type { Result } from '../analysis/job.ts'
import { errors } from './errors.ts'

/** What the page shows of a result: its verdict; runs are searched anew in the page. */
export const asCheck = ({
  protocol,
  variant,
  scenario,
  property,
  verdict,
  expected,
  asExpected,
  explanation,
}: Result) => ({
  protocol,
  variant,
  scenario,
  property,
  verdict,
  expected,
  asExpected,
  explanation,
})

const built = new URL('../page/index.html', import.meta.url)

/** The page as it was built, with what is given in the place that it keeps for it. */
export function pageWith(given: unknown): string {
  if (!existsSync(built)) throw errors.noPage()
  // No text of a report may end the element that it stands in.
  const json = JSON.stringify(given)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
  const page = readFileSync(built, 'utf8').replace(
    /(<script type="application\/json" id="given">)null(<\/script>)/,
    (_, open: string, close: string) => `${open}${json}${close}`,
  )
  // Only the program that was built may run: nothing that a report brings along.
  const program = /<script type="module"[^>]*>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? ''
  const hash = createHash('sha256').update(program).digest('base64')
  return page.replace("script-src 'unsafe-inline' blob:", `script-src 'sha256-${hash}' blob:`)
}
