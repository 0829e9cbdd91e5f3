import { type ChartEvent, chartOf } from './chart.ts'
import { oneLine } from './one-line.ts'
import { sentence } from './sentence.ts'
import type { Story } from './story.ts'

/** For Mermaid, which GitHub draws in Markdown. */
export function mermaid(story: Story): string {
  const { lanes, events } = chartOf(story)
  const loops = events.findIndex(({ kind }) => kind === 'loop begins')
  return [
    `%% ${oneLine(sentence(story))}`,
    'sequenceDiagram',
    '  autonumber',
    ...lanes.map(({ id, words }) => `  participant ${id} as ${mermaidText(words)}`),
    ...events.map(
      (event, i) => `${loops >= 0 && i > loops && event.kind !== 'loop ends' ? '    ' : '  '}${line(event)}`,
    ),
    '',
  ].join('\n')
}

function line(event: ChartEvent): string {
  switch (event.kind) {
    case 'message':
      return `${event.from}${event.lost ? '--x' : '->>'}${event.to}: ${mermaidText(event.words)}`
    case 'note':
      return `Note over ${event.lane}: ${mermaidText(event.words)}`
    case 'loop begins':
      return 'loop for ever'
    case 'loop ends':
      return 'end'
  }
}

/**
 * To the end of a line. Its own entities stand for punctuation that means something (comments, markup, formulas, a second statement), for
 * the word that ends a block, and for a colon after the words that say how a line is broken. Nothing at all is no text to it.
 */
export const mermaidText = (words: string): string =>
  (oneLine(words) || '·').replaceAll(
    /[!-'*+;-@[-^`{-~]|\b[Ee](?=[Nn][Dd]\b)|(?<=^(no)?wrap):/g,
    (character) => `#${character.codePointAt(0)};`,
  )
