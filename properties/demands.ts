import { always, eventuallyAlways, type Property } from '../checker/property.ts'
import type { Demand } from '../spec/protocol.ts'
import { type Checked, predicate } from './subject.ts'

/** What a protocol demands of itself besides what is asked of all: in every state, or from some moment on. */
export function demands(checked: Checked): Property[] {
  const { subject, internet } = checked
  const asked = (list: Readonly<Record<string, Demand>> | undefined): [string, Demand][] =>
    Object.entries(list ?? {}).filter(([, demand]) => demand.in?.includes(internet.layout.scenario.name) ?? true)
  return [
    ...asked(subject.always).map(([id, { holds }]): Property => ({ id, ...always(predicate(checked, id, holds)) })),
    ...asked(subject.finally).map(
      ([id, { holds }]): Property => ({ id, ...eventuallyAlways(predicate(checked, id, holds)) }),
    ),
  ]
}
