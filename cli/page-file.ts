import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import type { Job, Result } from '../analysis/job.ts'
import { bundle } from '../analysis/load/bundle.ts'
import type { Bundled } from '../analysis/load/bundled.ts'
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

/**
 * The files of the user's own that searches are of, for the page to run.
 *
 * @throws InputError where one needs what a browser does not have, or two describe protocols of one name
 */
export function ownOf(jobs: readonly Job[]): Promise<Bundled[]> {
  const files = new Map<string, string>()
  for (const { file, protocol } of jobs) {
    if (file === null) continue
    const other = files.get(protocol) ?? file
    if (other !== file) throw errors.twoOfOneName(protocol, other, file)
    files.set(protocol, file)
  }
  return Promise.all([...files.values()].map(bundle))
}

const built = new URL('../page/index.html', import.meta.url)

/**
 * The page as it was built, with what is given in the places that it keeps for it.
 *
 * @param given what is shown; it may come from somebody else's file, and nothing of it is ever run
 * @param own files of the user's own, which the page runs: only what was named to be checked
 */
export function pageWith(given: unknown, own: readonly Bundled[] = []): string {
  if (!existsSync(built)) throw errors.noPage()
  const page = filled(filled(readFileSync(built, 'utf8'), 'given', given), 'own', own)
  // Of scripts in the page, only the program that was built may run: nothing that a report brings along.
  const program = /<script type="module"[^>]*>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? ''
  const hash = createHash('sha256').update(program).digest('base64')
  return page.replace("script-src 'unsafe-inline' blob:", `script-src 'sha256-${hash}' blob:`)
}

/** Puts data into the element of that id. */
function filled(page: string, id: string, data: unknown): string {
  // No text of a report may end the element that it stands in.
  const json = JSON.stringify(data)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
  return page.replace(
    new RegExp(`(<script type="application/json" id="${id}">)[^<]*(</script>)`),
    (_, open: string, close: string) => `${open}${json}${close}`,
  )
}
