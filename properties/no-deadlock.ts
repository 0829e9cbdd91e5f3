import { noDeadlock as claim, type Property } from '../checker/property.ts'
import { type Checked, predicate } from './subject.ts'

/** Where nothing more can happen, no node still waits for something. */
export function noDeadlock(checked: Checked): Property {
  return {
    id: 'no-deadlock-with-work-left',
    ...claim(
      predicate(checked, 'no node waits for ever', (view) => {
        for (const n of view.layout.topology.nodes) {
          const pending = n.role.pending?.(view.state(n.name)) ?? null
          if (pending !== null) return `${n.name} ${pending}, and nothing can happen any more`
        }
        return true
      }),
    ),
  }
}
