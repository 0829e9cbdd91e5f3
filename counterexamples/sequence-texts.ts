import { lanesOf } from './lanes.ts'
import { sentence } from './sentence.ts'
import { detailOf, type Flight, flightsOf, nameOf, ownerOf, type Story } from './story.ts'

/** The story for other programs that draw message sequence charts: mscgen, Mermaid, PlantUML. */

interface Chart {
  readonly lanes: readonly string[]
  readonly events: readonly ChartEvent[]
}

type ChartEvent =
  | {
      readonly kind: 'message'
      readonly from: string
      readonly to: string
      readonly words: string
      readonly lost: string | null
    }
  | { readonly kind: 'note'; readonly lane: string; readonly words: string }
  | { readonly kind: 'loop begins' | 'loop ends' }

function chartOf(story: Story): Chart {
  const flights = flightsOf(story)
  const lanes = lanesOf(story, flights)
  const stays = story.loopStart === story.moments.length - 1
  const events = story.steps.flatMap((step, i): ChartEvent[] => {
    const begins: ChartEvent[] = !stays && story.loopStart === i ? [{ kind: 'loop begins' }] : []
    const flight = flights.get(i)
    if (flight !== undefined) return [...begins, messageOf(story, lanes, flight)]
    const lane = step.actor !== undefined && lanes.includes(step.actor) ? step.actor : lanes[0]!
    return [...begins, { kind: 'note', lane, words: step.text }]
  })
  return { lanes, events: story.loopStart === null || stays ? events : [...events, { kind: 'loop ends' }] }
}

function messageOf(story: Story, lanes: readonly string[], flight: Flight): ChartEvent {
  const from = flight.from ?? lanes[0]!
  const to = flight.to ?? ownerOf(story, flight.packet.destination) ?? lanes[0]!
  const detail = detailOf(flight.packet)
  const words = `${nameOf(flight.packet)}${detail === '' ? '' : ` (${detail})`}`
  const lost = flight.lostBecause === null ? null : `lost at ${flight.packet.destination}`
  if (!lanes.includes(from) || !lanes.includes(to))
    return { kind: 'note', lane: lanes[0]!, words: `${words} ${lost ?? ''}` }
  return { kind: 'message', from, to, words, lost }
}

/** One line of printable text: what a program's own syntax takes for its own is replaced. */
const plain = (words: string): string =>
  words
    .replaceAll('→', 'to')
    .replaceAll(/[\r\n;#%{}]/g, ' ')
    .replaceAll('"', "'")

const identifiers = (lanes: readonly string[]): ReadonlyMap<string, string> =>
  new Map(lanes.map((lane, i) => [lane, `n${i}`]))

/** For mscgen. */
export function msc(story: Story): string {
  const { lanes, events } = chartOf(story)
  const id = identifiers(lanes)
  const line = (event: ChartEvent): string => {
    switch (event.kind) {
      case 'message': {
        const arrow = event.lost === null ? '=>' : '-x'
        const words = event.lost === null ? event.words : `${event.words}: ${event.lost}`
        return `  ${id.get(event.from)} ${arrow} ${id.get(event.to)} [label="${plain(words)}"${event.lost === null ? '' : ', linecolour="#b71c1c", textcolour="#b71c1c"'}];`
      }
      case 'note':
        return `  ${id.get(event.lane)} box ${id.get(event.lane)} [label="${plain(event.words)}"];`
      case 'loop begins':
        return '  --- [label="from here on, for ever"];'
      case 'loop ends':
        return '  --- [label="and again from there"];'
    }
  }
  return [
    `# ${plain(sentence(story))}`,
    'msc {',
    '  wordwraparcs = on;',
    `  ${lanes.map((lane) => `${id.get(lane)} [label="${plain(lane)}"]`).join(', ')};`,
    ...events.map(line),
    '}',
    '',
  ].join('\n')
}

/** For Mermaid, which GitHub draws in Markdown. */
export function mermaid(story: Story): string {
  const { lanes, events } = chartOf(story)
  const id = identifiers(lanes)
  let indent = '  '
  const line = (event: ChartEvent): string => {
    switch (event.kind) {
      case 'message': {
        const words = event.lost === null ? event.words : `${event.words}: ${event.lost}`
        return `${indent}${id.get(event.from)}${event.lost === null ? '->>' : '--x'}${id.get(event.to)}: ${plain(words)}`
      }
      case 'note':
        return `${indent}Note over ${id.get(event.lane)}: ${plain(event.words)}`
      case 'loop begins':
        indent = '    '
        return '  loop for ever'
      case 'loop ends':
        indent = '  '
        return '  end'
    }
  }
  return [
    `%% ${plain(sentence(story))}`,
    'sequenceDiagram',
    '  autonumber',
    ...lanes.map((lane) => `  participant ${id.get(lane)} as ${plain(lane)}`),
    ...events.map(line),
    '',
  ].join('\n')
}

/** For PlantUML. */
export function plantuml(story: Story): string {
  const { lanes, events } = chartOf(story)
  const id = identifiers(lanes)
  const line = (event: ChartEvent): string => {
    switch (event.kind) {
      case 'message': {
        const words = event.lost === null ? event.words : `${event.words}: ${event.lost}`
        return `${id.get(event.from)} ${event.lost === null ? '->' : '-[#red]->x'} ${id.get(event.to)} : ${plain(words)}`
      }
      case 'note':
        return `note over ${id.get(event.lane)} : ${plain(event.words)}`
      case 'loop begins':
        return 'loop for ever'
      case 'loop ends':
        return 'end'
    }
  }
  return [
    '@startuml',
    `' ${plain(sentence(story))}`,
    'autonumber',
    ...lanes.map((lane) => `participant "${plain(lane)}" as ${id.get(lane)}`),
    ...events.map(line),
    '@enduml',
    '',
  ].join('\n')
}
