import { always } from '../checker/property.ts'
import { probe } from '../spec/internet/probe.ts'
import { QUIET_DATA } from '../spec/property-ids.ts'
import type { StatedProperty } from './stated.ts'
import { type Checked, directions, predicate, somebodyMoved, tellJourney } from './subject.ts'

/**
 * P8. Data that are sent when all is quiet arrive: nothing is in flight, every host is attached, and no node waits for anything.
 * A session that has ended sends none; that is for `session-survives` to say.
 */
export function dataSentWhenQuietArrive(checked: Checked): StatedProperty | null {
  if (checked.subject.carriesData !== true) return null
  const { nodes } = checked.internet.layout.topology
  return {
    id: QUIET_DATA,
    means: 'When nothing is in flight and nobody waits for anything, data that either end sends arrive at the other.',
    ...always({
      name: 'data sent when all is quiet arrive',
      all: directions(checked).map(([from, to]) =>
        predicate(checked, `data from ${from} to ${to} arrive`, (view) => {
          if (!view.isQuiet()) return true
          if (nodes.some((n) => view.attachment(n.name).phase !== 'attached')) return true
          if (nodes.some((n) => (n.role.pending?.(view.state(n.name)) ?? null) !== null)) return true
          const journey = probe(view, from, to)
          return journey.end === 'arrives' || journey.end === 'not sent' ? true : tellJourney(from, to, journey)
        }),
      ),
    }),
    witness: somebodyMoved(checked),
  }
}
