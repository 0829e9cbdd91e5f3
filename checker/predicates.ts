import { call, nameOf, telling } from './call.ts'
import type { CompiledModel } from './compile.ts'
import type { Look } from './model.ts'
import type { Predicate, StatePredicate, StepPredicate } from './property.ts'
import { BYTES_AN_ENTRY, Table } from './table.ts'

/** True, or the reason why not: never empty. */
export type Answer = true | string

/** Predicates of states and of steps, tabulated as rules are. */
export class PredicateTables {
  readonly #compiled: CompiledModel
  readonly #ofStates = new Map<StatePredicate, Table<Answer>>()
  readonly #ofSteps = new Map<StepPredicate, Table<Answer>>()

  constructor(compiled: CompiledModel) {
    this.#compiled = compiled
  }

  /** An estimate, in bytes, of what the tables hold. */
  get bytes(): number {
    let entries = 0
    for (const table of this.#ofStates.values()) entries += table.size
    for (const table of this.#ofSteps.values()) entries += table.size
    return entries * BYTES_AN_ENTRY
  }

  /** What a predicate says of the state at `words[base..]`; of several parts that fail, all that they say. */
  says(predicate: Predicate, words: Int32Array, base: number): Answer {
    if ('holds' in predicate) return this.#ofState(predicate).at(words, base)
    if ('all' in predicate) {
      let reasons: string | null = null
      for (const part of predicate.all) {
        const said = this.says(part, words, base)
        if (said !== true) reasons = reasons === null ? said : `${reasons}; ${said}`
      }
      return reasons ?? true
    }
    let reason = `nothing is so that ${predicate.name}`
    for (const part of predicate.any) {
      const said = this.says(part, words, base)
      if (said === true) return true
      reason = said
    }
    return reason
  }

  /** What a predicate says of the step between two states. */
  saysOfStep(predicate: StepPredicate, words: Int32Array, base: number, next: Int32Array, nextBase: number): Answer {
    return this.#ofStep(predicate).atPair(words, base, next, nextBase, this.#compiled.width)
  }

  #ofState(predicate: StatePredicate): Table<Answer> {
    let table = this.#ofStates.get(predicate)
    if (table === undefined) {
      const { model, interners } = this.#compiled
      table = new Table<Answer>({
        name: `predicate '${predicate.name}'`,
        allowed: null,
        cellNames: model.cells,
        interners,
        compute: (look) => asked(predicate, (saw) => predicate.holds(telling(look, model.cells, saw))),
      })
      this.#ofStates.set(predicate, table)
    }
    return table
  }

  #ofStep(predicate: StepPredicate): Table<Answer> {
    let table = this.#ofSteps.get(predicate)
    if (table === undefined) {
      const { model, interners, width } = this.#compiled
      const before = model.cells.map((name) => `${name} (before)`)
      const after = model.cells.map((name) => `${name} (after)`)
      table = new Table<Answer>({
        name: `predicate '${predicate.name}'`,
        allowed: null,
        cellNames: [...before, ...after],
        interners: [...interners, ...interners],
        compute: (look) => {
          const lookAfter: Look = (cell) => {
            nameOf(after, cell)
            return look(width + cell)
          }
          return asked(predicate, (saw) => predicate.holds(telling(look, before, saw), telling(lookAfter, after, saw)))
        },
      })
      this.#ofSteps.set(predicate, table)
    }
    return table
  }
}

/** @throws SpecError when it throws, or answers what is no answer */
function asked({ name }: { readonly name: string }, ask: Parameters<typeof call<Answer>>[1]): Answer {
  return call(`predicate '${name}'`, (saw) => {
    const answer: unknown = ask(saw)
    if (answer === true) return true
    if (typeof answer === 'string') return answer === '' ? `'${name}' does not hold, and it does not say why` : answer
    throw new TypeError(
      `answered ${typeof answer === 'object' && answer !== null ? 'an object' : String(answer)}. A predicate answers true, or a ` +
        "string that says why not; most likely a comparison is given back as it is: write a === b || 'a is not b'.",
    )
  })
}
