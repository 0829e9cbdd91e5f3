import { reachable } from '../checker/property.ts'
import { GOES_STALE, GOOD_END } from '../spec/property-ids.ts'
import { isRight } from '../spec/protocol.ts'
import type { StatedProperty } from './stated.ts'
import { allBeliefs, allRight, type Checked, movesAreOver, predicate } from './subject.ts'

/**
 * The twins of the properties that must hold: what has to be reachable, or a pass says nothing. Here: bindings are wrong
 * before they are mended.
 */
export function bindingGoesStale(checked: Checked): StatedProperty {
  return {
    id: GOES_STALE,
    means: 'It can come about that somebody is wrong about where a host is: the moves do put the bindings to the test.',
    ...reachable({
      name: 'a binding is wrong',
      any: allBeliefs(checked).map((belief) =>
        predicate(checked, `${belief.holder} is wrong about ${belief.about}`, (view) =>
          isRight(view, belief) ? 'no binding is ever wrong' : true,
        ),
      ),
    }),
  }
}

/** The good end exists: every host gets to the end of its way, and all bindings are right. */
export function goodEndReachable(checked: Checked): StatedProperty {
  const { subject } = checked
  return {
    id: GOOD_END,
    means: 'It can come about that all moves are over and each side has the address at which the other is.',
    ...reachable({
      name: 'all moves are over and every binding is right',
      all: [movesAreOver(checked), allRight(checked, 'every binding is right', subject.beliefs)],
    }),
  }
}
