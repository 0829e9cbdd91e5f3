import { Interner } from '../../../checker/intern.ts'
import type { Model, Value } from '../../../checker/model.ts'
import { after, enabledOutcomes } from '../../../checker/reference.ts'

export type State = readonly Value[]

/** What went wrong in finding states. */
export interface Fault {
  readonly error: unknown
  /** What was happening, in words; null where a rule itself threw. */
  readonly step: string | null
}

/** So much of a sample is near the start; the rest is from walks that go further. */
const NEAR = 0.5
const WALKS = 30
const LONGEST_WALK = 50

/**
 * A bounded sample of the states of a model, the same each time: first in breadth, then along walks. A rule that throws is noted, and nothing comes
 * of it. Values are frozen as a search freezes them, so that whoever changes one in place throws.
 */
export class Sample {
  readonly states: State[] = []
  /** From one state to another. */
  readonly steps: (readonly [State, State])[] = []
  readonly faults: Fault[] = []
  readonly #model: Model
  readonly #interners: readonly Interner[]
  readonly #known = new Map<string, State>()
  readonly #next = new Map<State, readonly State[]>()

  /** @param most so many states are in it at most */
  constructor(model: Model, most: number) {
    const rules = model.rules.map((rule) => ({
      ...rule,
      fire: (look: (cell: number) => Value) => this.#noting(null, () => rule.fire(look)) ?? [],
    }))
    this.#model = { ...model, rules }
    this.#interners = model.cells.map(() => new Interner())
    for (const values of model.initial) this.#noting(null, () => this.#state(values))
    for (let i = 0; i < this.states.length && this.states.length < most * NEAR; i++) this.#after(this.states[i]!)
    for (let walk = 0; walk < WALKS && this.states.length < most; walk++) this.#walk(walk)
  }

  /** Turns that depend on nothing but the number of the walk. */
  #walk(number: number): void {
    let state = this.states[0]
    let turn = number + 1
    for (let step = 0; step < LONGEST_WALK && state !== undefined; step++) {
      const next = this.#after(state)
      turn = (turn * 1_103_515_245 + 12_345) % 2 ** 31
      state = next[turn % Math.max(1, next.length)]
    }
  }

  #after(state: State): readonly State[] {
    const known = this.#next.get(state)
    if (known !== undefined) return known
    const next: State[] = []
    // One that has to wait here may be wrong as well.
    for (const rule of this.#model.rules) if (rule.patient === true) rule.fire((cell) => state[cell]!)
    for (const outcome of enabledOutcomes(this.#model, state)) {
      const to = this.#noting(outcome.label.text, () => this.#state(after(this.#model, state, outcome)))
      if (to !== null) next.push(to)
    }
    this.steps.push(...next.map((to) => [state, to] as const))
    this.#next.set(state, next)
    return next
  }

  #state(values: State): State {
    const ids = values.map((value, cell) => this.#interners[cell]!.id(value))
    const key = ids.join()
    let state = this.#known.get(key)
    if (state === undefined) {
      state = ids.map((id, cell) => this.#interners[cell]!.get(id))
      this.#known.set(key, state)
      this.states.push(state)
    }
    return state
  }

  #noting<T>(step: string | null, run: () => T): T | null {
    try {
      return run()
    } catch (error) {
      this.faults.push({ error, step })
      return null
    }
  }
}
