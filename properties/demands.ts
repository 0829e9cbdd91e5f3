import { always, type Claim, eventuallyAlways, type Predicate } from '../checker/property.ts'
import type { Demand } from '../spec/protocol.ts'
import type { StatedProperty } from './stated.ts'
import { type Checked, predicate } from './subject.ts'

/** What a protocol demands of itself besides what is asked of all: in every state, or from some moment on. */
export function demands(checked: Checked): StatedProperty[] {
  const { subject, internet } = checked
  const asked = (
    list: Readonly<Record<string, Demand>> | undefined,
    claim: (predicate: Predicate) => Claim,
  ): StatedProperty[] =>
    Object.entries(list ?? {})
      .filter(([, demand]) => demand.in?.includes(internet.layout.scenario.name) ?? true)
      .map(([id, { holds, means }]) => ({
        id,
        ...(means === undefined ? {} : { means }),
        ...claim(predicate(checked, id, holds)),
      }))
  return [...asked(subject.always, always), ...asked(subject.finally, eventuallyAlways)]
}
