import { oneLine } from './one-line.ts'

/** Words in a line, heading or table of Markdown (as GitHub reads it): what would be markup is escaped. */
export const markdownText = (words: string): string =>
  oneLine(words)
    .replaceAll('&', '&amp;')
    .replaceAll(/[\\`*_{}[\]<>#|~$!]/g, '\\$&')

/** A name as code: in a fence of one more backtick than it has in a row. */
export function markdownCode(words: string): string {
  const line = oneLine(words)
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  const air = line.startsWith('`') || line.endsWith('`') || line === '' ? ' ' : ''
  return `${fence}${air}${line}${air}${fence}`
}

/** The same in a table, whose cells end at a bar even within code: there, what is no plain name is written as HTML. */
export const markdownCodeCell = (words: string): string =>
  /[|\\`]/.test(words)
    ? `<code>${oneLine(words).replaceAll(/[^\p{L}\p{N} ]/gu, (character) => `&#${character.codePointAt(0)};`)}</code>`
    : markdownCode(words)
