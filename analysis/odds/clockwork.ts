import { call, telling } from '../../checker/call.ts'
import type { Clock, Model } from '../../checker/model.ts'
import { Table } from '../../checker/table.ts'
import { type Choice, type State, Walker } from '../runs/walker.ts'

/** A model with time, a step at a time: what can happen in a state, and which clocks run in it. Nothing here says when. */
export class Clockwork {
  readonly walker: Walker
  readonly #tables: readonly Table<readonly Clock[]>[]

  /** @param model has time */
  constructor(model: Model) {
    const { time, ...untimed } = model
    this.walker = new Walker(untimed)
    const { interners } = this.walker.compiled
    this.#tables = time!.clocks.map(
      ({ name, reads, running }) =>
        new Table<readonly Clock[]>({
          name,
          allowed: reads,
          cellNames: model.cells,
          interners,
          compute: (look) => call(name, (saw) => running(telling(look, model.cells, saw))),
        }),
    )
  }

  get start(): State {
    return this.walker.starts[0]!
  }

  /** What can happen, by the clock that says when; what has none can happen at once. */
  choices(state: State): readonly Choice[] {
    return this.walker.choices(state)
  }

  after(state: State, choice: Choice): State {
    return this.walker.after(state, choice)
  }

  running(state: State): Clock[] {
    return this.#tables.flatMap((table) => table.at(state))
  }
}
