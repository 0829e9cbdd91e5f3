import { type ChartEvent, chartOf } from './chart.ts'
import { oneLine } from './one-line.ts'
import { sentence } from './sentence.ts'
import type { Story } from './story.ts'

/** For PlantUML. */
export function plantuml(story: Story): string {
  const { lanes, events } = chartOf(story)
  return [
    '@startuml',
    `' ${oneLine(sentence(story))}`,
    'autonumber',
    ...lanes.map(({ id, words }) => `participant "${plantumlText(words)}" as ${id}`),
    ...events.map(line),
    '@enduml',
    '',
  ].join('\n')
}

function line(event: ChartEvent): string {
  switch (event.kind) {
    case 'message':
      return `${event.from} ${event.lost ? '-[#red]->x' : '->'} ${event.to} : ${plantumlText(event.words)}`
    case 'note':
      return `note over ${event.lane} : ${plantumlText(event.words)}`
    case 'loop begins':
      return 'loop for ever'
    case 'loop ends':
      return 'end'
  }
}

/**
 * Between quotes, or to the end of a line. Punctuation that means something in its markup, at the beginning, or several times in a row
 * stands as its code points: there is no other escape that works for all of it.
 */
export const plantumlText = (words: string): string =>
  (oneLine(words) || '·').replaceAll(/[!-'*;-@[-^`{-~]|^[+,./_:()-]+|([-/_.])\1+/g, (run) =>
    [...run]
      .map((character) => `<U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}>`)
      .join(''),
  )
