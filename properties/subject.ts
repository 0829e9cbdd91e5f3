import type { Predicate, StatePredicate } from '../checker/property.ts'
import type { Internet } from '../spec/internet/compose.ts'
import type { Journey } from '../spec/internet/probe.ts'
import type { View } from '../spec/internet/view.ts'
import { type Belief, isRight, type Subject, tellBelief } from '../spec/protocol.ts'

/** What a property is asked of: a variant, as composed for a scenario. */
export interface Checked {
  readonly internet: Internet
  readonly subject: Subject
}

/** A predicate over states as the protocol's author sees them; it returns true, or the reason why not. */
export function predicate(checked: Checked, name: string, holds: (view: View) => true | string): StatePredicate {
  return { name, holds: (look) => holds(checked.internet.view(look)) }
}

/** Each of these beliefs is right now. */
export function allRight(checked: Checked, name: string, beliefs: readonly Belief[]): Predicate {
  return {
    name,
    all: beliefs.map((belief) =>
      predicate(checked, `${belief.holder} is right about ${belief.about}`, (view) =>
        isRight(view, belief) ? true : tellBelief(view, belief),
      ),
    ),
  }
}

/** Each end has the address at which the other is. */
export const bindingsRight = (checked: Checked): Predicate =>
  allRight(checked, 'every binding is correct', checked.subject.beliefs)

/** Everything that some node thinks of another: what ends believe, and what servers have registered. */
export const allBeliefs = ({ subject }: Checked): readonly Belief[] => [
  ...subject.beliefs,
  ...(subject.registrations ?? []),
]

/** The two directions of a session. */
export const directions = ({ subject }: Checked): readonly (readonly [string, string])[] => {
  const [a, b] = subject.ends
  return [
    [a, b],
    [b, a],
  ]
}

/** The most common witness: nothing was tested if nobody moved. */
export function somebodyMoved(checked: Checked): Predicate {
  return {
    name: 'a host has moved',
    any: checked.subject.ends.map((end) =>
      predicate(checked, `${end} has moved`, (view) => (view.hasMoved(end) ? true : `${end} has not moved`)),
    ),
  }
}

/** Every mobile host has come to the end of its way. */
export function movesAreOver(checked: Checked): Predicate {
  const mobile = checked.internet.layout.topology.nodes.filter((n) => n.mobile)
  return {
    name: 'all moves are over',
    all: mobile.map((n) =>
      predicate(checked, `${n.name} has ended its moves`, (view) => {
        const { stop, phase } = view.attachment(n.name)
        return phase === 'attached' && stop + 1 >= n.stops.length ? true : `${n.name} has not ended its moves`
      }),
    ),
  }
}

export function tellJourney(from: string, to: string, journey: Journey): string {
  const data = `data from ${from} to ${to}`
  switch (journey.end) {
    case 'lost':
      return `${data} go ${journey.via.map((node) => `by ${node} `).join('')}to ${journey.at}, where ${to} is not`
    case 'loops':
      return `${data} go round in a loop by ${journey.via.join(', ')}`
    default:
      return `${data} cannot be sent`
  }
}
