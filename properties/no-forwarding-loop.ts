import { always, type Property } from '../checker/property.ts'
import { DEFAULT_HOP_LIMIT, innermost, probe } from '../spec/index.ts'
import { type Checked, predicate } from './subject.ts'

/** P6. No packet is forwarded round and round until its hop limit runs out, and none would be. */
export function noForwardingLoop(checked: Checked): Property | null {
  const { subject } = checked
  if (subject.forwards !== true) return null
  const [a, b] = subject.ends
  return {
    id: 'no-forwarding-loop',
    ...always(
      predicate(checked, 'nothing goes round in a loop', (view) => {
        const spent = view.inFlight().find((packet) => packet.hops <= 0)
        if (spent !== undefined)
          return `the hop limit of ${innermost(spent).message.kind} to ${spent.destination} ran out`
        if (subject.carriesData !== true) return true
        for (const [from, to] of [
          [a, b],
          [b, a],
        ] as const) {
          const journey = probe(view, from, to)
          if (journey.end === 'loops')
            return `data from ${from} to ${to} go round in a loop by ${journey.via.join(', ')}`
        }
        return true
      }),
    ),
    witness: predicate(checked, 'a packet is forwarded', (view) =>
      view.inFlight().some((packet) => packet.hops < DEFAULT_HOP_LIMIT) ? true : 'no packet has been forwarded',
    ),
  }
}
