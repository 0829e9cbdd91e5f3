import { always } from '../checker/property.ts'
import { DEFAULT_HOP_LIMIT, innermost, probe } from '../spec/index.ts'
import { LOOP } from '../spec/property-ids.ts'
import type { StatedProperty } from './stated.ts'
import { type Checked, directions, predicate } from './subject.ts'

/** P6. No packet is forwarded round and round until its hop limit runs out, and none would be. */
export function noForwardingLoop(checked: Checked): StatedProperty | null {
  const { subject, internet } = checked
  if (subject.forwards !== true) return null
  const { networks } = internet.layout.topology
  const packets = networks.map((network) =>
    predicate(checked, `no packet to ${network} has run out of hops`, (view) => {
      const spent = view.spentTo(network)
      return spent === undefined
        ? true
        : `the hop limit of ${innermost(spent).message.kind} to ${spent.destination} ran out`
    }),
  )
  const data =
    subject.carriesData !== true
      ? []
      : directions(checked).map(([from, to]) =>
          predicate(checked, `data from ${from} to ${to} do not loop`, (view) => {
            const journey = probe(view, from, to)
            return journey.end === 'loops'
              ? `data from ${from} to ${to} would go round in a loop by ${journey.via.join(', ')}`
              : true
          }),
        )
  return {
    id: LOOP,
    means: 'No packet is forwarded round and round until its hop limit runs out, and no data would be.',
    ...always({ name: 'nothing goes round in a loop', all: [...packets, ...data] }),
    witness: {
      name: 'a packet is forwarded',
      any: [
        ...networks.map((network) =>
          predicate(checked, `a packet is forwarded to ${network}`, (view) =>
            view.inFlightTo(network).some((packet) => packet.hops < DEFAULT_HOP_LIMIT)
              ? true
              : 'no packet is forwarded',
          ),
        ),
        ...(subject.carriesData !== true
          ? []
          : directions(checked).map(([from, to]) =>
              predicate(checked, `data from ${from} to ${to} are forwarded`, (view) => {
                const journey = probe(view, from, to)
                return 'via' in journey && journey.via.length > 0 ? true : 'no data are forwarded'
              }),
            )),
      ],
    },
  }
}
