import { everyStep, type StepPredicate } from '../checker/property.ts'
import { STALE } from '../spec/property-ids.ts'
import { type Belief, believed } from '../spec/protocol.ts'
import type { StatedProperty } from './stated.ts'
import { allBeliefs, type Checked, predicate } from './subject.ts'

/**
 * P3. No step replaces what a node knows of a host by something older that it has heard late. Where a host has returned to an
 * address, the address alone does not say which stay is meant: what may be newer does not count as older.
 */
export function noStaleOverwrite(checked: Checked): StatedProperty {
  const beliefs = allBeliefs(checked)
  return {
    id: STALE,
    means: 'No node replaces what it knows of where a host is by something older that it hears late.',
    ...everyStep(...beliefs.map((belief) => neverGoesBack(checked, belief))),
    witness: {
      name: 'a binding changes',
      any: beliefs.map((belief) =>
        predicate(checked, `${belief.holder} learns of a move of ${belief.about}`, (view) => {
          const believes = believed(view, belief)
          return believes !== null && Math.max(...view.epochsOf(belief.about, believes)) > 0
            ? true
            : 'no binding has changed'
        }),
      ),
    },
  }
}

function neverGoesBack({ internet }: Checked, belief: Belief): StepPredicate {
  const { holder, about } = belief
  return {
    name: `what ${holder} thinks of ${about} never goes back to an older address`,
    holds: (lookBefore, lookAfter) => {
      const after = internet.view(lookAfter)
      const was = believed(internet.view(lookBefore), belief)
      const now = believed(after, belief)
      if (was === null || now === null || was === now) return true
      const before = after.epochsOf(about, was)
      const since = after.epochsOf(about, now)
      // An address that the host has never held is wrong, but neither older nor newer.
      if (before.length === 0 || since.length === 0 || Math.max(...since) >= Math.min(...before)) return true
      return `${holder} knew that ${about} had come to ${was}, and now thinks that it is at ${now}, where it was before`
    },
  }
}
