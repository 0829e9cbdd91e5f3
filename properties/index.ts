import { reachable } from '../checker/property.ts'
import { bindingCorrectInTime } from './binding-correct-in-time.ts'
import { bindingEventuallyCorrect } from './binding-eventually-correct.ts'
import { dataSentWhenQuietArrive } from './data-sent-when-quiet-arrive.ts'
import { demands } from './demands.ts'
import { eventuallyReachableBothWays } from './eventually-reachable-both-ways.ts'
import { noDeadlock } from './no-deadlock.ts'
import { noForwardingLoop } from './no-forwarding-loop.ts'
import { noHijack } from './no-hijack.ts'
import { noPingPong } from './no-ping-pong.ts'
import { noStaleOverwrite } from './no-stale-overwrite.ts'
import { registrationsEventuallyCorrect } from './registrations-eventually-correct.ts'
import { sessionSurvives } from './session-survives.ts'
import type { StatedProperty } from './stated.ts'
import { type Checked, predicate } from './subject.ts'
import { bindingGoesStale, goodEndReachable } from './twins.ts'

export * from '../checker/property.ts'
export { meaningOf, type StatedProperty } from './stated.ts'
export { bindingsRight, type Checked, movesAreOver, predicate, somebodyMoved } from './subject.ts'
export {
  bindingCorrectInTime,
  bindingEventuallyCorrect,
  bindingGoesStale,
  dataSentWhenQuietArrive,
  eventuallyReachableBothWays,
  goodEndReachable,
  noDeadlock,
  noForwardingLoop,
  noHijack,
  noPingPong,
  noStaleOverwrite,
  registrationsEventuallyCorrect,
  sessionSurvives,
}

/** Every property, in the order in which reports list them; null where it says nothing of a variant. */
const all: readonly ((checked: Checked) => StatedProperty | null)[] = [
  bindingEventuallyCorrect,
  eventuallyReachableBothWays,
  dataSentWhenQuietArrive,
  bindingCorrectInTime,
  noStaleOverwrite,
  sessionSurvives,
  noHijack,
  noForwardingLoop,
  noDeadlock,
  registrationsEventuallyCorrect,
  bindingGoesStale,
  goodEndReachable,
]

/** The properties that a variant is asked. */
export function propertiesOf(checked: Checked): StatedProperty[] {
  const { scenario } = checked.internet.layout
  const sightings = Object.entries(checked.subject.sightings ?? {})
    .filter(([, sighting]) => sighting.in.includes(scenario.name))
    .map(
      ([id, { sees, means }]): StatedProperty => ({
        id,
        ...(means === undefined ? {} : { means }),
        ...reachable(predicate(checked, id, sees)),
      }),
    )
  return [...all.flatMap((make) => make(checked) ?? []), ...demands(checked), ...sightings]
}
