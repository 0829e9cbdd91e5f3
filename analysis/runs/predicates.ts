import type { CompiledModel } from '../../checker/compile.ts'
import type { Predicate, StatePredicate, StepPredicate } from '../../checker/property.ts'
import { Table } from '../../checker/table.ts'

export class PredicateTables {
  readonly #compiled: CompiledModel
  readonly #ofStates = new Map<StatePredicate, Table<true | string>>()
  readonly #ofSteps = new Map<StepPredicate, Table<true | string>>()
  constructor(compiled: CompiledModel) {
    this.#compiled = compiled
  }
  says(predicate: Predicate, words: Int32Array, base: number): true | string {
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
  saysOfStep(
    predicate: StepPredicate,
    words: Int32Array,
    base: number,
    next: Int32Array,
    nextBase: number,
  ): true | string {
    let table = this.#ofSteps.get(predicate)
    if (table === undefined) {
      const { model, interners, width } = this.#compiled
      table = new Table<true | string>({
        name: `predicate '${predicate.name}'`,
        allowed: null,
        cellNames: [...model.cells, ...model.cells],
        interners: [...interners, ...interners],
        compute: (look) => predicate.holds(look, (cell) => look(width + cell)),
      })
      this.#ofSteps.set(predicate, table)
    }
    return table.atPair(words, base, next, nextBase, this.#compiled.width)
  }
  #ofState(predicate: StatePredicate): Table<true | string> {
    let table = this.#ofStates.get(predicate)
    if (table === undefined) {
      const { model, interners } = this.#compiled
      table = new Table<true | string>({
        name: `predicate '${predicate.name}'`,
        allowed: null,
        cellNames: model.cells,
        interners,
        compute: (look) => predicate.holds(look),
      })
      this.#ofStates.set(predicate, table)
    }
    return table
  }
}
