import type { Predicate } from '../checker/property.ts'
import type { Internet } from '../spec/internet/compose.ts'
import type { View } from '../spec/internet/view.ts'
import type { Subject } from '../spec/protocol.ts'

/** What a property is asked of: a variant, as composed for a scenario. */
export interface Checked {
  readonly internet: Internet
  readonly subject: Subject
}

/** A predicate over states as the protocol's author sees them; it returns true, or the reason why not. */
export function predicate(checked: Checked, name: string, holds: (view: View) => true | string): Predicate {
  return { name, holds: (look) => holds(checked.internet.view(look)) }
}

/** The most common witness: nothing was tested if nobody moved. */
export function somebodyMoved(checked: Checked): Predicate {
  return predicate(checked, 'a host has moved', (view) =>
    checked.subject.ends.some((end) => view.hasMoved(end)) ? true : 'no host has moved',
  )
}
