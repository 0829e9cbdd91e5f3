import { noDeadlock as claim } from '../checker/property.ts'
import { DEADLOCK } from '../spec/property-ids.ts'
import type { StatedProperty } from './stated.ts'
import { type Checked, predicate } from './subject.ts'

/** Where nothing more can happen, no node still waits for something. */
export function noDeadlock(checked: Checked): StatedProperty {
  return {
    id: DEADLOCK,
    means: 'Where nothing more can happen, no node still waits for something.',
    ...claim({
      name: 'no node waits for ever',
      all: checked.internet.layout.topology.nodes.map((n) =>
        predicate(checked, `${n.name} waits for nothing`, (view) => {
          const pending = n.role.pending?.(view.state(n.name)) ?? null
          return pending === null ? true : `${n.name} ${pending}, and nothing can happen any more`
        }),
      ),
    }),
  }
}
