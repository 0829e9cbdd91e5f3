import type { Budget } from './budget.ts'
import type { CompiledModel } from './compile.ts'
import type { StateGraph } from './explore.ts'
import { type Answer, PredicateTables } from './predicates.ts'
import type { Predicate, Property } from './property.ts'

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
  readonly #width: number
  readonly #properties: readonly Property[]
  readonly #predicates: PredicateTables
  readonly #reasons: string[]
  #open: number

  constructor(compiled: CompiledModel, properties: readonly Property[]) {
    this.#width = compiled.width
    this.#predicates = new PredicateTables(compiled)
    this.#properties = properties
    this.violations = properties.map(() => undefined)
    this.witnessed = properties.map((property) => property.witness === undefined)
    this.#reasons = properties.map(() => '')
    this.#open = properties.length
  }

  /** An estimate, in bytes, of what the predicates' tables hold. */
  get bytes(): number {
    return this.#predicates.bytes
  }

  /** Looks at a state; true when every property is decided. */
  visit(state: number, words: Int32Array, base: number, terminal: boolean): boolean {
    for (let i = 0; i < this.#properties.length; i++) {
      const property = this.#properties[i]!
      if (this.violations[i] !== undefined) continue
      if (!this.witnessed[i] && this.#predicates.says(property.witness!, words, base) === true) this.witnessed[i] = true
      if (property.kind === 'reachable') {
        const said = this.#predicates.says(property.some, words, base)
        if (said === true) this.#decide(i, { state, reason: property.some.name })
        else this.#reasons[i] = said
        continue
      }
      const said = this.#objection(property, words, base, terminal)
      if (said !== true) this.#decide(i, { state, reason: said })
    }
    return this.#open === 0
  }

  /** Looks at a step, given where the integers before and after it are. */
  step(from: number, words: Int32Array, base: number, next: Int32Array, nextBase: number): void {
    for (let i = 0; i < this.#properties.length; i++) {
      const property = this.#properties[i]!
      if (!('everyStep' in property) || this.violations[i] !== undefined) continue
      for (const predicate of property.everyStep) {
        const reason = this.#predicates.saysOfStep(predicate, words, base, next, nextBase)
        if (reason === true) continue
        this.#decide(i, { state: from, reason, next: next.slice(nextBase, nextBase + this.#width) })
        break
      }
    }
  }

  /** For each expanded state, a bit mask of the predicates that hold in it. */
  labels(graph: StateGraph, predicates: readonly Predicate[], budget: Budget): Int32Array {
    const labels = budget.ints(graph.expanded)
    predicates.forEach((predicate, bit) => {
      for (let s = 0; s < graph.expanded; s++) {
        budget.poll()
        if (this.#predicates.says(predicate, graph.store.words, s * graph.store.width) === true)
          labels[s] = (labels[s] as number) | (1 << bit)
      }
    })
    return labels
  }

  /** What a predicate that fails on a cycle says of it; the last state of the cycle at which one fails. */
  reasonIn(graph: StateGraph, predicates: readonly Predicate[], states: readonly number[]): string {
    for (const state of [...states].reverse()) {
      for (const predicate of predicates) {
        const said = this.#predicates.says(predicate, graph.store.words, state * graph.store.width)
        if (said !== true) return said
      }
    }
    return 'the cycle never satisfies it'
  }

  /** Whether a state is one that a reachability property asks for. */
  satisfies(property: Property, graph: StateGraph, state: number): boolean {
    return (
      'some' in property && this.#predicates.says(property.some, graph.store.words, state * graph.store.width) === true
    )
  }

  /** What a property of states says of a state: true, or why it is violated there. */
  reasonOfState(property: Property, graph: StateGraph, state: number): Answer {
    const terminal = property.kind === 'deadlock' && isTerminal(graph, state)
    return this.#objection(property, graph.store.words, state * graph.store.width, terminal)
  }

  /** What a property of steps says of a step. */
  reasonOfStep(property: Property, graph: StateGraph, from: number, to: number): Answer {
    if (!('everyStep' in property)) return true
    const { words, width } = graph.store
    for (const predicate of property.everyStep) {
      const said = this.#predicates.saysOfStep(predicate, words, from * width, words, to * width)
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

  /** Why a property of states is violated in a state; true where it is not. */
  #objection(property: Property, words: Int32Array, base: number, terminal: boolean): Answer {
    switch (property.kind) {
      case 'safety':
        return 'always' in property ? this.#predicates.says(property.always, words, base) : true
      case 'deadlock':
        return terminal ? this.#predicates.says(property.finished, words, base) : true
      case 'reachable':
      case 'liveness':
        return true
    }
  }
}
