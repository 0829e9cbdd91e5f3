import type { Label, Value } from '../../checker/model.ts'
import { after, enabledOutcomes } from '../../checker/reference.ts'
import type { Trace } from '../../checker/verdict.ts'
import type { Internet } from '../../spec/internet/compose.ts'

/** A run of the model: at each step the next number picks one of those that are possible. */
export function runOf(internet: Internet, picks: readonly number[]): Trace {
  const { model } = internet
  const states: (readonly Value[])[] = [model.initial[0]!]
  const steps: Label[] = []
  for (const pick of picks) {
    const possible = enabledOutcomes(model, states.at(-1)!)
    if (possible.length === 0) break
    const outcome = possible[pick % possible.length]!
    steps.push(outcome.label)
    states.push(after(model, states.at(-1)!, outcome))
  }
  return { cells: model.cells, states, steps, loopStart: null }
}
