import { eventuallyAlways } from '../checker/property.ts'
import { probe } from '../spec/internet/probe.ts'
import { REACH } from '../spec/property-ids.ts'
import type { StatedProperty } from './stated.ts'
import { type Checked, directions, predicate, somebodyMoved, tellJourney } from './subject.ts'

/** P1′. From some moment on and for ever, data sent by either end would arrive at the other, if only by way of an anchor. */
export function eventuallyReachableBothWays(checked: Checked): StatedProperty | null {
  if (checked.subject.carriesData !== true) return null
  return {
    id: REACH,
    means:
      'From some moment on, and for ever, data that either end sends would arrive at the other, if only by way of an anchor.',
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
