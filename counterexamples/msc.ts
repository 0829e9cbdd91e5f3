import { type ChartEvent, chartOf } from './chart.ts'
import { oneLine } from './one-line.ts'
import { sentence } from './sentence.ts'
import type { Story } from './story.ts'

/** For mscgen. */
export function msc(story: Story): string {
  const { lanes, events } = chartOf(story)
  return [
    `# ${oneLine(sentence(story))}`,
    'msc {',
    '  wordwraparcs = on;',
    `  ${lanes.map(({ id, words }) => `${id} [label="${mscText(words)}"]`).join(', ')};`,
    ...events.map(line),
    '}',
    '',
  ].join('\n')
}

function line(event: ChartEvent): string {
  switch (event.kind) {
    case 'message': {
      const colour = event.lost ? ', linecolour="#b71c1c", textcolour="#b71c1c"' : ''
      return `  ${event.from} ${event.lost ? '-x' : '=>'} ${event.to} [label="${mscText(event.words)}"${colour}];`
    }
    case 'note':
      return `  ${event.lane} box ${event.lane} [label="${mscText(event.words)}"];`
    case 'loop begins':
      return '  --- [label="from here on, for ever"];'
    case 'loop ends':
      return '  --- [label="and again from there"];'
  }
}

/** Within quotes. There is no way to write a backslash: before an n it breaks the line, and elsewhere it stays or goes; U+2216 looks like one. */
export const mscText = (words: string): string => oneLine(words).replaceAll('\\', '∖').replaceAll('"', '\\"')
