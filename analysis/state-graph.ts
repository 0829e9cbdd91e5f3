import { explore, stepsFrom, valuesOf } from '../checker/explore.ts'
import { type Control, wallClock } from '../checker/limits.ts'
import type { Value } from '../checker/model.ts'
import type { DrawnGraph } from '../counterexamples/index.ts'
import type { Scenario } from '../spec/internet/scenario.ts'
import { believed, isRight } from '../spec/protocol.ts'
import { errors } from './errors.ts'
import { nameOf, type TargetVariant } from './target.ts'
import { worldOf } from './world.ts'

/** What is counted before a drawing is refused, so that the refusal can say how many there are. */
const MOST_COUNTED = 1_000_000

/**
 * Every state that a variant can be in, in words, and the steps between them.
 *
 * @param most more states than this are refused
 * @throws InputError where there are more
 */
export function stateGraphOf(
  target: TargetVariant,
  scenario: Scenario,
  most: number,
  control: Control = wallClock,
): DrawnGraph {
  const { subject } = target.variant
  const { internet } = worldOf(target, scenario)
  const found = explore(internet.model, { limits: { states: MOST_COUNTED }, control })
  if (found.store.count > most) throw errors.tooBigToDraw(found.store.count, most)
  const states = Array.from({ length: found.expanded }, (_, state) => {
    const values = valuesOf(found, state)
    const view = internet.view((cell) => values[cell] as Value)
    const wrong = subject.beliefs.filter((belief) => !isRight(view, belief))
    const where = internet.layout.topology.nodes
      .filter((n) => n.mobile)
      .map((n) => `${n.name} at ${view.held(n.name).join(', ') || 'nowhere'}`)
    const flying = view
      .inFlight()
      .map(
        ({ message, destination }) =>
          `${internet.layout.label({ source: '', destination, hops: 1, message }).name} to ${destination}`,
      )
    const beliefs = subject.beliefs.map(
      (belief) => `${belief.holder}: ${belief.about} at ${believed(view, belief) ?? '?'}`,
    )
    return { name: `s${state}`, words: [...where, ...beliefs, ...flying].join('; '), wrong: wrong.length > 0 }
  })
  const steps = states.flatMap(({ name }, state) =>
    stepsFrom(found, state).map(({ label, to }) => ({
      from: name,
      to: `s${to}`,
      words: label.text,
      moves: label.moves !== undefined,
    })),
  )
  return { title: `${nameOf(target)}, ${scenario.name}: ${states.length} states`, states, steps }
}
