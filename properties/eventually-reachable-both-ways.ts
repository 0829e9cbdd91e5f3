import { eventuallyAlways, type Property } from '../checker/property.ts'
import { type Journey, probe } from '../spec/internet/probe.ts'
import { type Checked, predicate, somebodyMoved } from './subject.ts'

/** P1′. From some moment on and for ever, data sent by either end would arrive at the other, if only by way of an anchor. */
export function eventuallyReachableBothWays(checked: Checked): Property | null {
  if (checked.subject.carriesData !== true) return null
  const [a, b] = checked.subject.ends
  return {
    id: 'eventually-reachable-both-ways',
    ...eventuallyAlways(
      predicate(checked, 'data flow both ways', (view) => {
        for (const [from, to] of [
          [a, b],
          [b, a],
        ] as const) {
          const journey = probe(view, from, to)
          if (journey.end !== 'arrives') return tellJourney(from, to, journey)
        }
        return true
      }),
    ),
    witness: somebodyMoved(checked),
  }
}

function tellJourney(from: string, to: string, journey: Journey): string {
  const data = `data from ${from} to ${to}`
  switch (journey.end) {
    case 'lost':
      return `${data} ${journey.via.length === 0 ? 'go' : `go by ${journey.via.join(', ')}`} to ${journey.at}, where ${to} is not`
    case 'loops':
      return `${data} go round in a loop by ${journey.via.join(', ')}`
    default:
      return `${data} cannot be sent`
  }
}
