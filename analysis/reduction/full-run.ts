import { canonical } from '../../checker/canonical.ts'
import type { Label, Value } from '../../checker/model.ts'
import type { Trace } from '../../checker/verdict.ts'
import type { Internet } from '../../spec/internet/compose.ts'
import { swept } from '../../spec/internet/dead-packets.ts'
import { type State, stepOf } from './step-of.ts'

/**
 * A run of a model without dead packets, as one of the whole model: each of its steps is taken there, and what is dead after it is lost, one packet after another.
 *
 * @param toTheEnd whether what dies in the last step of a finite run is lost as well
 * @throws Error where the whole model has no such step: then the reduction is wrong
 */
export function fullRun({ model, layout }: Internet, trace: Trace, toTheEnd: boolean): Trace {
  const given = trace.states.map((state) => state.slice(0, model.cells.length))
  const states: State[] = [given[0]!]
  const steps: Label[] = []
  /** Where the states of the given run are in the other. */
  const places = [0]
  const take = (what: string, wanted: State, isWanted: (label: Label) => boolean): void => {
    const step = stepOf(
      model,
      states.at(-1)!,
      what,
      ({ label, state }) => isWanted(label) && canonical(swept(layout, state)) === canonical(wanted),
    )
    steps.push(step.label)
    states.push(step.state)
  }
  const isAt = (state: State): boolean => canonical(states.at(-1)!) === canonical(state)
  trace.steps.forEach((step, i) => {
    const next = given[i + 1] ?? given[trace.loopStart!]!
    const told = canonical(step as unknown as Value)
    take(step.text, next, (label) => canonical(label as unknown as Value) === told)
    const isLast = i === trace.steps.length - 1 && trace.loopStart === null
    while (!(isLast && !toTheEnd) && !isAt(next))
      take('a packet that nobody takes is lost', next, ({ kind }) => kind === 'lost')
    places.push(states.length - 1)
  })
  // The last step of a loop leads back to where that begins.
  const goesRound = trace.steps.length === trace.states.length
  return {
    cells: model.cells,
    states: goesRound ? states.slice(0, -1) : states,
    steps,
    loopStart: trace.loopStart === null ? null : places[trace.loopStart]!,
  }
}
