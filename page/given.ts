import type { Bundled } from '../analysis/load/bundled.ts'
import { readStory } from '../counterexamples/read-story.ts'
import type { Story } from '../counterexamples/story.ts'

/** What the command line has put into the page: the checks of a report, or one story; nothing when the page is opened as it was built. */
export interface Given {
  readonly checks: readonly Check[]
  readonly story: Story | null
}

export interface Check {
  readonly protocol: string
  readonly variant: string
  readonly scenario: string
  readonly property: string
  readonly verdict: string
  readonly expected: string
  readonly asExpected: boolean
  readonly explanation: string | null
}

export function givenTo(page: Document): Given {
  const text = page.getElementById('given')?.textContent ?? 'null'
  const given = JSON.parse(text) as { checks?: unknown; story?: unknown } | null
  return {
    checks: Array.isArray(given?.checks) ? (given.checks as Check[]) : [],
    story: given?.story === undefined || given.story === null ? null : readStory(given.story),
  }
}

/**
 * The user's own files, which `inspect my-protocol.ts` puts into a place of their own: a report or a trace, which may be somebody else's, only
 * ever goes into the place for data, and nothing there is run.
 */
export const ownOf = (page: Document): readonly Bundled[] =>
  JSON.parse(page.getElementById('own')?.textContent ?? '[]') as Bundled[]
