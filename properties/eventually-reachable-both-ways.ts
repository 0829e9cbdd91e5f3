import { eventuallyAlways, type Property } from '../checker/property.ts'
import { type Journey, probe } from '../spec/internet/probe.ts'
import { REACH } from '../spec/property-ids.ts'
import { type Checked, directions, predicate, somebodyMoved } from './subject.ts'

/** P1′. From some moment on and for ever, data sent by either end would arrive at the other, if only by way of an anchor. */
export function eventuallyReachableBothWays(checked: Checked): Property | null {
  if (checked.subject.carriesData !== true) return null
  return {
    id: REACH,
    ...eventuallyAlways({
      name: 'data flow both ways',
      all: directions(checked).map(([from, to]) =>
        predicate(checked, `data flow from ${from} to ${to}`, (view) => {
          const journey = probe(view, from, to)
          return journey.end === 'arrives' ? true : tellJourney(from, to, journey)
        }),
      ),
    }),
    witness: somebodyMoved(checked),
  }
}

function tellJourney(from: string, to: string, journey: Journey): string {
  const data = `data from ${from} to ${to}`
  switch (journey.end) {
    case 'lost':
      return `${data} go ${journey.via.map((node) => `by ${node} `).join('')}to ${journey.at}, where ${to} is not`
    case 'loops':
      return `${data} go round in a loop by ${journey.via.join(', ')}`
    default:
      return `${data} cannot be sent`
  }
}
