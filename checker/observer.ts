import type { CompiledModel } from './compile.ts'
import type { StateGraph } from './explore.ts'
import type { Look } from './model.ts'
import type { Predicate, Property, StepPredicate } from './property.ts'
import { Table } from './table.ts'

/** The first state, or step, that decides a property. */
export interface Sighting {
  readonly state: number
  readonly reason: string
  /** The integers of the state after the step, for a property of steps. */
  readonly next?: Int32Array
}

/** Watches a search: which state first violates, satisfies or witnesses each property. */
export class Observer {
  /** By position of the property; for a reachability property, the state that satisfies it. */
  readonly violations: (Sighting | undefined)[]
  readonly witnessed: boolean[]
  readonly #compiled: CompiledModel
  readonly #properties: readonly Property[]
  readonly #tables = new Map<Predicate, Table<true | string>>()
  readonly #stepTables = new Map<StepPredicate, Table<true | string>>()
  readonly #reasons: string[]
  #open: number

  constructor(compiled: CompiledModel, properties: readonly Property[]) {
    this.#compiled = compiled
    this.#properties = properties
    this.violations = properties.map(() => undefined)
    this.witnessed = properties.map((property) => property.witness === undefined)
    this.#reasons = properties.map(() => '')
    this.#open = properties.length
  }

  /** Looks at a state; true when every property is decided. */
  visit(state: number, words: Int32Array, base: number, terminal: boolean): boolean {
    for (let i = 0; i < this.#properties.length; i++) {
      const property = this.#properties[i]!
      if (this.violations[i] !== undefined) continue
      if (!this.witnessed[i] && this.#table(property.witness!).at(words, base) === true) this.witnessed[i] = true
      const reason = this.#reason(property, words, base, terminal)
      if (reason === true) continue
      if (property.kind === 'reachable') {
        if (reason !== '') {
          this.#reasons[i] = reason
          continue
        }
      }
      this.#decide(i, { state, reason })
    }
    return this.#open === 0
  }

  /** Looks at a step, given the integers before and after it. */
  step(from: number, words: Int32Array, base: number, to: Int32Array): void {
    for (let i = 0; i < this.#properties.length; i++) {
      const property = this.#properties[i]!
      if (!('everyStep' in property) || this.violations[i] !== undefined) continue
      const reason = this.#stepTable(property.everyStep).atPair(words, base, to, this.#compiled.width)
      if (reason !== true) this.#decide(i, { state: from, reason, next: Int32Array.from(to) })
    }
  }

  /** For each expanded state, a bit mask of the predicates that hold in it. */
  labels(graph: StateGraph, predicates: readonly Predicate[]): Int32Array {
    const labels = new Int32Array(graph.expanded)
    predicates.forEach((predicate, bit) => {
      const table = this.#table(predicate)
      for (let s = 0; s < graph.expanded; s++) {
        if (table.at(graph.store.words, s * graph.store.width) === true) labels[s] = (labels[s] as number) | (1 << bit)
      }
    })
    return labels
  }

  /** What a predicate that fails on a cycle says of it; the last state of the cycle at which one fails. */
  reasonIn(graph: StateGraph, predicates: readonly Predicate[], states: readonly number[]): string {
    for (const state of [...states].reverse()) {
      for (const predicate of predicates) {
        const said = this.#table(predicate).at(graph.store.words, state * graph.store.width)
        if (said !== true) return said
      }
    }
    return 'the cycle never satisfies it'
  }

  /** Why the last state that was looked at does not satisfy a reachability property. */
  lastReason(i: number): string {
    return this.#reasons[i] ?? ''
  }

  #decide(i: number, sighting: Sighting): void {
    this.violations[i] = sighting
    this.#open--
  }

  /** true: nothing to report. For reachability: '' when satisfied, else why not. */
  #reason(property: Property, words: Int32Array, base: number, terminal: boolean): true | string {
    switch (property.kind) {
      case 'safety':
        return 'always' in property ? this.#table(property.always).at(words, base) : true
      case 'reachable': {
        const said = this.#table(property.some).at(words, base)
        return said === true ? '' : said
      }
      case 'deadlock':
        return terminal ? this.#table(property.finished).at(words, base) : true
      case 'liveness':
        return true
    }
  }

  #table(predicate: Predicate): Table<true | string> {
    let table = this.#tables.get(predicate)
    if (table === undefined) {
      table = new Table<true | string>({
        name: `predicate '${predicate.name}'`,
        allowed: null,
        cellNames: this.#compiled.model.cells,
        interners: this.#compiled.interners,
        compute: (look) => predicate.holds(look),
      })
      this.#tables.set(predicate, table)
    }
    return table
  }

  #stepTable(predicate: StepPredicate): Table<true | string> {
    let table = this.#stepTables.get(predicate)
    if (table === undefined) {
      const { model, interners, width } = this.#compiled
      table = new Table<true | string>({
        name: `predicate '${predicate.name}'`,
        allowed: null,
        cellNames: [...model.cells.map((name) => `${name} (before)`), ...model.cells.map((name) => `${name} (after)`)],
        interners: [...interners, ...interners],
        compute: (look) => {
          const after: Look = (cell) => look(width + cell)
          return predicate.holds(look, after)
        },
      })
      this.#stepTables.set(predicate, table)
    }
    return table
  }
}
