import type { Compiled, CompiledModel } from '../../checker/compile.ts'
import type { Fairness, Label, Model, Value } from '../../checker/model.ts'
import { compile } from '../../checker/timed/compile.ts'
import type { Trace } from '../../checker/verdict.ts'

/** A state, as the walker's own integers: a word a cell. */
export type State = Int32Array

/** What can happen in a state. */
export interface Choice {
  readonly label: Label
  /** Number of its fairness class; −1 if the step is not owed. */
  readonly fair: number
  /** Cell after cell with its new word; cell after cell with the parcel that arrives in it. */
  readonly sets: readonly number[]
  readonly sends: readonly number[]
}

/** A way through a model: `states[0]`, `steps[0]`, `states[1]`, … with a state more than steps. */
export interface Run {
  readonly states: State[]
  readonly steps: Choice[]
  /** Nothing can happen in the last state. */
  ended: boolean
}

/** Walks through a model a step at a time, by the tables that a search has, and stores no states: for what is too big to search. */
export class Walker {
  readonly compiled: CompiledModel
  readonly #choices = new WeakMap<Compiled, readonly Choice[]>()

  constructor(model: Model) {
    this.compiled = compile(model)
  }

  /** @throws SpecError where an initial state does not fit the model */
  get starts(): State[] {
    return this.compiled.model.initial.map((values) => this.compiled.encode(values))
  }

  get fairness(): readonly Fairness[] {
    return this.compiled.fairness
  }

  /** @throws SpecError where a rule throws */
  choices(state: State): readonly Choice[] {
    this.compiled.enable(state)
    const { enabled } = this.compiled
    if (enabled.length === 1) return this.#choicesOf(enabled[0]!)
    const all: Choice[] = []
    for (const compiled of enabled) all.push(...this.#choicesOf(compiled))
    return all
  }

  after(state: State, { sets, sends }: Choice): State {
    const next = state.slice()
    for (let i = 0; i < sets.length; i += 2) next[sets[i]!] = sets[i + 1]!
    for (let i = 0; i < sends.length; i += 2)
      next[sends[i]!] = this.compiled.absorb(sends[i]!, next[sends[i]!]!, sends[i + 1]!)
    return next
  }

  values(state: State): readonly Value[] {
    return this.compiled.decode(state)
  }

  /** The beginning of a run, as the checker tells it: up to a state, or round a cycle that leads back from there. */
  trace(run: Run, { end, loopStart }: { readonly end: number; readonly loopStart: number | null }): Trace {
    const stays = loopStart === null || (loopStart === end && run.ended && end === run.steps.length)
    return {
      cells: this.compiled.model.cells,
      states: run.states.slice(0, end + 1).map((state) => this.values(state)),
      steps: run.steps.slice(0, stays ? end : end + 1).map(({ label }) => label),
      loopStart,
    }
  }

  #choicesOf(compiled: Compiled): readonly Choice[] {
    const known = this.#choices.get(compiled)
    if (known !== undefined) return known
    const choices = read(compiled)
    this.#choices.set(compiled, choices)
    return choices
  }
}

/** The outcomes of a rule, out of the compiled model's code. */
function read({ code, labels }: Compiled): Choice[] {
  let at = 0
  const pairs = (): number[] => {
    const from = at + 1
    at = from + 2 * code[at]!
    return [...code.subarray(from, at)]
  }
  return labels.map((label) => {
    const fair = code[at++]!
    const sets = pairs()
    return { label, fair, sets, sends: pairs() }
  })
}

/** Equal for equal states of one walker. */
export const keyOf = (state: State): string => state.join()
