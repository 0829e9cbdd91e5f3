import { lanesOf } from './lanes.ts'
import { atInstant, detailOf, type Flight, flightsOf, nameOf, ownerOf, type Story } from './story.ts'

/** A story as what programs that draw message sequence charts know: messages, notes and a loop. Lanes are named n0, n1, … in their texts. */
export interface Chart {
  readonly lanes: readonly { readonly id: string; readonly words: string }[]
  readonly events: readonly ChartEvent[]
}

export type ChartEvent =
  | {
      readonly kind: 'message'
      readonly from: string
      readonly to: string
      readonly words: string
      readonly lost: boolean
    }
  | { readonly kind: 'note'; readonly lane: string; readonly words: string }
  | { readonly kind: 'loop begins' | 'loop ends' }

export function chartOf(story: Story): Chart {
  const flights = flightsOf(story)
  const lanes = lanesOf(story, flights)
  const stays = story.loopStart === story.moments.length - 1
  const events = story.steps.flatMap((step, i): ChartEvent[] => {
    const begins: ChartEvent[] = !stays && story.loopStart === i ? [{ kind: 'loop begins' }] : []
    const flight = flights.get(i)
    if (flight !== undefined) return [...begins, messageOf(story, lanes, flight, i)]
    return [...begins, { kind: 'note', lane: idOf(lanes, step.actor ?? ''), words: atInstant(story, i, step.text) }]
  })
  return {
    lanes: lanes.map((words) => ({ id: idOf(lanes, words), words })),
    events: story.loopStart === null || stays ? events : [...events, { kind: 'loop ends' }],
  }
}

/** A node that has no lane is told at the first one. */
const idOf = (lanes: readonly string[], lane: string): string => `n${Math.max(0, lanes.indexOf(lane))}`

function messageOf(story: Story, lanes: readonly string[], flight: Flight, i: number): ChartEvent {
  const from = flight.from ?? lanes[0]!
  const to = flight.to ?? ownerOf(story, flight.packet.destination) ?? lanes[0]!
  const detail = detailOf(flight.packet)
  const lost = flight.lostBecause !== null
  const told = `${nameOf(flight.packet)}${detail === '' ? '' : ` (${detail})`}${lost ? `: lost at ${flight.packet.destination}` : ''}`
  // The instant of arrival: charts draw no arrow over time.
  const words = atInstant(story, i, told)
  if (!lanes.includes(from) || !lanes.includes(to)) return { kind: 'note', lane: 'n0', words }
  return { kind: 'message', from: idOf(lanes, from), to: idOf(lanes, to), words, lost }
}
