import { alwaysInTheEnd } from '../analysis/runs/cycle.ts'
import type { Predicate, Property } from '../checker/property.ts'
import { type Checked, goodEndReachable, predicate } from '../properties/index.ts'
import { allRight, directions, movesAreOver } from '../properties/subject.ts'
import { innermost, probe, type View } from '../spec/index.ts'
import {
  BINDING,
  DEADLOCK,
  HIJACK,
  IN_TIME,
  LOOP,
  QUIET_DATA,
  REACH,
  REGISTRATIONS,
  SESSION,
  STALE,
} from '../spec/property-ids.ts'

/**
 * What has to be reachable for a verdict to say something: the thing that the claim speaks of happens. Where nothing happens, 'never' is true
 * and 'in the end' is false of almost anything.
 */
export type Evidence = (checked: Checked) => Predicate

/** A state of some run, in the claim's own words. */
export const seen =
  (name: string, holds: (view: View) => true | string): Evidence =>
  (checked) =>
    predicate(checked, name, holds)

/** A message of this kind is under way, in a tunnel or not. */
export const underWay = (kind: string): Evidence =>
  seen(`a ${kind} is under way`, (view) =>
    view.inFlight().some((packet) => innermost(packet).message.kind === kind) ? true : `no ${kind} is under way`,
  )

/** The least that a protocol has to do, if it is to be one. */
export const somethingIsSaid: Evidence = seen('something is said', (view) =>
  view.isQuiet() ? 'nothing is said' : true,
)

/** Both at once. */
export const both =
  (one: Evidence, other: Evidence): Evidence =>
  (checked) => {
    const all = [one(checked), other(checked)]
    return { name: all.map(({ name }) => name).join(', and '), all }
  }

/** All moves are over, and each end is right about the other. */
export const endsFound: Evidence = (checked) => {
  const twin = goodEndReachable(checked)
  if (twin.kind !== 'reachable') throw new Error(`The twin '${twin.id}' asks for no state.`)
  return twin.some
}

/** All moves are over, and data flow both ways. */
export const dataFlow: Evidence = (checked) => ({
  name: 'all moves are over and data flow both ways',
  all: [
    movesAreOver(checked),
    ...directions(checked).map(([from, to]) =>
      predicate(checked, `data from ${from} arrive at ${to}`, (view) =>
        probe(view, from, to).end === 'arrives' ? true : `data from ${from} do not arrive`,
      ),
    ),
  ],
})

/** All moves are over, and each registrar and home agent knows where its host is. */
export const registered: Evidence = (checked) => ({
  name: 'all moves are over and every registration is right',
  all: [movesAreOver(checked), allRight(checked, 'every registration is right', checked.subject.registrations ?? [])],
})

const somebodyWaits: Evidence = (checked) => ({
  name: 'a node waits for something',
  any: checked.internet.layout.topology.nodes.map((n) =>
    predicate(checked, `${n.name} waits`, (view) =>
      (n.role.pending?.(view.state(n.name)) ?? null) === null ? 'no node waits' : true,
    ),
  ),
})

/** A stranger is there and does something, and data flow all the same. */
const strangerActs: Evidence = (checked) => {
  const there = checked.internet.layout.topology.nodes.filter((n) => checked.subject.strangers?.includes(n.name))
  return {
    name: 'a stranger has done something',
    any: there.map((n) =>
      predicate(checked, `${n.name} has done something`, (view) =>
        JSON.stringify(view.state(n.name)) !== JSON.stringify(n.role.start) ? true : 'no stranger has done anything',
      ),
    ),
  }
}

/** The property's own predicate, once all moves are over: of one that says 'in the end, and for ever'. */
const inTheEnd = (property: Property, checked: Checked): Predicate | null => {
  const predicate = property.kind === 'liveness' ? alwaysInTheEnd(property.formula) : null
  return predicate === null
    ? null
    : { name: `all moves are over and ${predicate.name}`, all: [movesAreOver(checked), predicate] }
}

const usual: Readonly<Record<string, Evidence>> = {
  [BINDING]: endsFound,
  [IN_TIME]: endsFound,
  [SESSION]: endsFound,
  [REACH]: dataFlow,
  [QUIET_DATA]: dataFlow,
  [REGISTRATIONS]: registered,
  [DEADLOCK]: somebodyWaits,
  [HIJACK]: both(dataFlow, strangerActs),
}

/** What has to be seen for a property of this id, unless the claim says better; null where only the claim can say it. */
export function usualEvidence(property: Property, checked: Checked): Predicate | null {
  if (property.id === STALE || property.id === LOOP) return property.witness ?? null
  return usual[property.id]?.(checked) ?? inTheEnd(property, checked)
}
