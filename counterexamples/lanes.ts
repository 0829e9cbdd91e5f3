import { flightsOf, type Story } from './story.ts'

/** The nodes that take part, in the order of the story: those that do, send, receive or believe nothing are left out. */
export function lanesOf(story: Story, flights = flightsOf(story)): readonly string[] {
  const busy = new Set<string | null | undefined>([
    ...story.steps.map((step) => step.actor),
    ...[...flights.values()].flatMap((flight) => [flight.from, flight.to]),
    ...story.moments.flatMap((moment) => moment.wrong.map(({ holder }) => holder)),
  ])
  return story.lanes.filter((lane) => busy.has(lane))
}
