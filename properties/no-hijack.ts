import { always } from '../checker/property.ts'
import { probe } from '../spec/internet/probe.ts'
import { HIJACK } from '../spec/property-ids.ts'
import type { StatedProperty } from './stated.ts'
import { type Checked, directions, predicate } from './subject.ts'

/** P4. Data for one end never reach a stranger: an attacker, or whoever was given an address that the end has left. */
export function noHijack(checked: Checked): StatedProperty | null {
  const { strangers } = checked.subject
  if (strangers === undefined || strangers.length === 0) return null
  const there = strangers.filter((name) => checked.internet.layout.topology.nodes.some((n) => n.name === name))
  if (there.length === 0) return null
  return {
    id: HIJACK,
    means:
      'Data for one end never reach a stranger: an attacker, or whoever was given an address that the end has left.',
    ...always({
      name: 'data reach nobody but the other end',
      all: directions(checked).map(([from, to]) =>
        predicate(checked, `data from ${from} reach nobody but ${to}`, (view) => {
          const journey = probe(view, from, to)
          const thief = 'via' in journey ? journey.via.find((name) => there.includes(name)) : undefined
          return thief === undefined ? true : `data from ${from} to ${to} go to ${thief}`
        }),
      ),
    }),
  }
}
