import type { CompiledModel } from './compile.ts'
import type { StateGraph } from './explore.ts'
import type { Look } from './model.ts'
import type { Predicate, Property, StatePredicate, StepPredicate } from './property.ts'
import { Table } from './table.ts'

/** The first state, or step, that decides a property. */
export interface Sighting {
  readonly state: number
  readonly reason: string
  /** The integers of the state after the step, for a property of steps. */
  readonly next?: Int32Array
}

function isTerminal(graph: StateGraph, state: number): boolean {
  let [low, high] = [0, graph.terminals.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (graph.terminals[middle]! < state) low = middle + 1
    else high = middle
  }
  return graph.terminals[low] === state
}

/** Watches a search: which state first violates, satisfies or witnesses each property. */
export class Observer {
  /** By position of the property; for a reachability property, the state that satisfies it. */
  readonly violations: (Sighting | undefined)[]
  readonly witnessed: boolean[]
  readonly #compiled: CompiledModel
  readonly #properties: readonly Property[]
  readonly #tables = new Map<StatePredicate, Table<true | string>>()
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
      if (!this.witnessed[i] && this.#says(property.witness!, words, base) === true) this.witnessed[i] = true
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

  /** Looks at a step, given where the integers before and after it are. */
  step(from: number, words: Int32Array, base: number, next: Int32Array, nextBase: number): void {
    for (let i = 0; i < this.#properties.length; i++) {
      const property = this.#properties[i]!
      if (!('everyStep' in property) || this.violations[i] !== undefined) continue
      for (const predicate of property.everyStep) {
        const reason = this.#stepTable(predicate).atPair(words, base, next, nextBase, this.#compiled.width)
        if (reason === true) continue
        this.#decide(i, { state: from, reason, next: next.slice(nextBase, nextBase + this.#compiled.width) })
        break
      }
    }
  }

  /** For each expanded state, a bit mask of the predicates that hold in it. */
  labels(graph: StateGraph, predicates: readonly Predicate[]): Int32Array {
    const labels = new Int32Array(graph.expanded)
    predicates.forEach((predicate, bit) => {
      for (let s = 0; s < graph.expanded; s++) {
        if (this.#says(predicate, graph.store.words, s * graph.store.width) === true)
          labels[s] = (labels[s] as number) | (1 << bit)
      }
    })
    return labels
  }

  /** What a predicate that fails on a cycle says of it; the last state of the cycle at which one fails. */
  reasonIn(graph: StateGraph, predicates: readonly Predicate[], states: readonly number[]): string {
    for (const state of [...states].reverse()) {
      for (const predicate of predicates) {
        const said = this.#says(predicate, graph.store.words, state * graph.store.width)
        if (said !== true) return said
      }
    }
    return 'the cycle never satisfies it'
  }

  /** Whether a state is one that a reachability property asks for. */
  satisfies(property: Property, graph: StateGraph, state: number): boolean {
    return 'some' in property && this.#says(property.some, graph.store.words, state * graph.store.width) === true
  }

  /** What a property of states says of a state: true, or why it is violated there. */
  reasonOfState(property: Property, graph: StateGraph, state: number): true | string {
    const terminal = property.kind === 'deadlock' && isTerminal(graph, state)
    return this.#reason(property, graph.store.words, state * graph.store.width, terminal)
  }

  /** What a property of steps says of a step. */
  reasonOfStep(property: Property, graph: StateGraph, from: number, to: number): true | string {
    if (!('everyStep' in property)) return true
    const { words, width } = graph.store
    for (const predicate of property.everyStep) {
      const said = this.#stepTable(predicate).atPair(words, from * width, words, to * width, width)
      if (said !== true) return said
    }
    return true
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
        return 'always' in property ? this.#says(property.always, words, base) : true
      case 'reachable': {
        const said = this.#says(property.some, words, base)
        return said === true ? '' : said
      }
      case 'deadlock':
        return terminal ? this.#says(property.finished, words, base) : true
      case 'liveness':
        return true
    }
  }

  /** What a predicate says of a state; of several parts that fail, all that they say. */
  #says(predicate: Predicate, words: Int32Array, base: number): true | string {
    if ('holds' in predicate) return this.#table(predicate).at(words, base)
    if ('all' in predicate) {
      let reasons: string | null = null
      for (const part of predicate.all) {
        const said = this.#says(part, words, base)
        if (said !== true) reasons = reasons === null ? said : `${reasons}; ${said}`
      }
      return reasons ?? true
    }
    let reason = `nothing is so that ${predicate.name}`
    for (const part of predicate.any) {
      const said = this.#says(part, words, base)
      if (said === true) return true
      reason = said
    }
    return reason
  }

  #table(predicate: StatePredicate): Table<true | string> {
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
