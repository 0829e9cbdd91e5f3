import type { Value } from '../checker/model.ts'
import { scheduleOf } from '../checker/timed/schedule.ts'
import type { Trace } from '../checker/verdict.ts'
import type { Moment, Story } from '../counterexamples/index.ts'
import { parameterOf } from '../spec/internet/clocks.ts'
import type { Internet } from '../spec/internet/compose.ts'
import type { Scenario } from '../spec/internet/scenario.ts'
import { isRight, type Protocol, tellBelief, type Variant } from '../spec/protocol.ts'
import { assumptionsOf } from './assumptions/told.ts'

/**
 * Makes a story of a trace: here the protocol's words and the checker's run come together. `check` of `doublejump/checker` gives traces, and
 * every formatter of `doublejump/counterexamples` takes a story:
 *
 * ```ts
 * const target = variantOf('sip/direct')
 * const { internet, properties } = worldOf(target, scenarioOf(target, 'both-move'))
 * for (const verdict of check(internet.model, properties)) {
 *   if (verdict.kind !== 'violated' || verdict.trace === undefined) continue
 *   console.log(ladder(storyOf(target.protocol, target.variant, internet, verdict.property, verdict.reason, verdict.trace)))
 * }
 * ```
 *
 * `checkVariant` does all of that in one call.
 *
 * @param property the id of what was asked
 * @param reason why it is violated, or what was reached, in words
 */
export function storyOf(
  protocol: Protocol,
  variant: Variant,
  internet: Internet,
  property: string,
  reason: string,
  trace: Trace,
): Story {
  const { layout } = internet
  const { subject } = variant
  const beliefs = [...subject.beliefs, ...(subject.registrations ?? [])]
  return {
    protocol: protocol.name,
    variant: variant.name,
    scenario: layout.scenario.name,
    property,
    reason,
    assumptions: assumptionsOf(protocol, variant, layout.scenario),
    lanes: layout.topology.nodes.map((n) => n.name),
    // A reader knows clocks by the names of what takes time.
    steps: trace.steps.map((step) => (step.clock === undefined ? step : { ...step, clock: parameterOf(step.clock) })),
    loopStart: trace.loopStart,
    ...timeOf(trace, layout.scenario),
    moments: trace.states.map((values): Moment => {
      const view = internet.view((cell) => values[cell] as Value)
      return {
        held: Object.fromEntries(layout.topology.nodes.map((n) => [n.name, view.held(n.name)])),
        wrong: beliefs
          .filter((belief) => !isRight(view, belief))
          .map((belief) => ({ holder: belief.holder, text: tellBelief(view, belief) })),
        state: Object.fromEntries(trace.cells.map((name, cell) => [name, values[cell] as Value])),
      }
    }),
  }
}

function timeOf(trace: Trace, { time }: Scenario): Pick<Story, 'time'> {
  const schedule = time === undefined ? null : scheduleOf(trace)
  return schedule === null ? {} : { time: { ...schedule, timing: time as unknown as Value } }
}
