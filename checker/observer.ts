import { ALL, type Cells, NONE, touches } from './cells.ts'
import type { CompiledModel } from './compile.ts'
import type { StateGraph } from './graph.ts'
import { Labels } from './labels.ts'
import { type Answer, type Asked, PredicateTables } from './predicates.ts'
import type { Predicate, Property } from './property.ts'
import { StepWatch } from './step-watch.ts'

/** The first state, or step, that decides a property. */
export interface Sighting {
  readonly state: number
  readonly reason: string
  /** The integers of the state after the step, for a property of steps. */
  readonly next?: Int32Array
}

/** Of states and of steps: see `Observer.looksAt`. */
export interface LooksAt {
  readonly states: Cells
  readonly steps: Cells
}

const NEVER = -1

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
  readonly #properties: readonly Property[]
  readonly #predicates: PredicateTables
  readonly #asks: readonly Asks[]
  /** The positions of properties of steps. */
  readonly #ofSteps: readonly number[]
  /** What it looks at, of states by position too, and how much was known when that was found out. */
  readonly #masks: Int32Array
  #looksAt: LooksAt = { states: ALL, steps: ALL }
  #knownAt = NEVER
  /** What is said of all states after a search, or a part of it. */
  readonly labels: Labels
  readonly #found: ((property: Property, reason: string) => void) | undefined
  /** By property, the first one that is decided with it; and those of which none is decided. */
  readonly #first: readonly number[]
  readonly #open: Set<number>
  /** States that are asked about after a search, one after another: often the same again. */
  readonly #asked = new InHand()
  readonly #after = new InHand()

  /**
   * @param found told of each violation
   * @param together whether properties of one id are decided when one of them is
   */
  constructor(
    compiled: CompiledModel,
    properties: readonly Property[],
    found?: (property: Property, reason: string) => void,
    together = false,
  ) {
    this.#found = found
    this.#predicates = new PredicateTables(compiled)
    this.#properties = properties
    this.labels = new Labels(this.#predicates, properties)
    this.violations = properties.map(() => undefined)
    this.witnessed = properties.map((property) => property.witness === undefined)
    this.#asks = properties.map((property) => asksOf(property, this.#predicates))
    this.#ofSteps = this.#asks.flatMap(({ steps }, i) => (steps === null ? [] : [i]))
    this.#first = properties.map(({ id }, i) => (together ? properties.findIndex((one) => one.id === id) : i))
    this.#open = new Set(this.#first)
    this.#masks = new Int32Array(properties.length)
  }

  /** An estimate, in bytes, of what the predicates' tables hold. */
  get bytes(): number {
    return this.#predicates.bytes
  }

  /** The cells of which a state has to differ in some from the one before it, or nothing new can be said of it but that it is an end; and the same of steps. */
  get looksAt(): LooksAt {
    if (this.#predicates.learned !== this.#knownAt) this.#look()
    return this.#looksAt
  }

  #look(): void {
    this.#knownAt = this.#predicates.learned
    let [states, steps] = [NONE, NONE]
    for (let i = 0; i < this.#asks.length; i++) {
      this.#masks[i] = NONE
      if (this.violations[i] !== undefined) continue
      const { wanted, always, steps: watch, witness } = this.#asks[i]!
      let mask = watch?.looked ?? NONE
      for (const asked of [wanted, always, this.witnessed[i] ? null : witness]) mask |= asked?.looked ?? NONE
      if (watch !== null) steps |= watch.objects ? ALL : watch.looked
      this.#masks[i] = mask
      states |= mask
    }
    this.#looksAt = { states, steps }
  }

  /**
   * Looks at a state; true when every property is decided.
   *
   * @param changed the cells in which it differs from a state that was looked at before, or need not have been
   */
  visit(state: number, row: Int32Array, terminal: boolean, changed: Cells): boolean {
    if (this.#predicates.learned !== this.#knownAt) this.#look()
    for (let i = 0; i < this.#asks.length; i++) {
      if (!terminal && !touches(changed, this.#masks[i] as Cells)) continue
      if (this.violations[i] !== undefined) continue
      const { wanted, always, ends, steps, witness } = this.#asks[i]!
      // What was so, or was not, of the state before is so of this one where nothing has changed that was looked at.
      if (!this.witnessed[i] && touches(changed, witness!.looked) && witness!.holds(row)) {
        this.witnessed[i] = true
        this.#knownAt = NEVER
      }
      if (steps !== null) {
        if (steps.visit(row, changed)) this.#knownAt = NEVER
      } else if (wanted !== null) {
        if (touches(changed, wanted.looked) && wanted.holds(row)) this.#decide(i, { state, reason: wanted.name })
      } else if (always !== null) {
        if (!always.stillHolds(row, changed)) this.#decide(i, { state, reason: String(always.says(row)) })
      } else if (ends !== null && terminal && !ends.holds(row))
        this.#decide(i, { state, reason: String(ends.says(row)) })
    }
    return this.#open.size === 0
  }

  /** What is known of steps, and has not to be looked for again: as a search that goes on was told. */
  know(i: number, sighting: Sighting): void {
    this.#decide(i, sighting)
  }

  /** Looks at a step from the state last given to `visit`, given the integers before and after it and the cells in which these differ. */
  step(from: number, row: Int32Array, next: Int32Array, changed: Cells): void {
    for (let k = 0; k < this.#ofSteps.length; k++) {
      const i = this.#ofSteps[k] as number
      if (this.violations[i] !== undefined) continue
      const reason = this.#asks[i]!.steps!.objection(row, next, changed)
      if (reason !== null) this.#decide(i, { state: from, reason, next: next.slice() })
    }
  }

  /** What a predicate that fails on a cycle says of it; the last state of the cycle at which one fails. */
  reasonIn(graph: StateGraph, predicates: readonly Predicate[], states: readonly number[]): string {
    for (const state of [...states].reverse()) {
      for (const predicate of predicates) {
        const said = this.#predicates.of(predicate).says(graph.store.row(state))
        if (said !== true) return said
      }
    }
    return 'the cycle never satisfies it'
  }

  /** Whether a state is one that a reachability property asks for. */
  satisfies(property: Property, graph: StateGraph, state: number): boolean {
    return 'some' in property && this.#predicates.of(property.some).holds(this.#asked.take(graph, state))
  }

  /** What a property of states says of a state: true, or why it is violated there. */
  reasonOfState(property: Property, graph: StateGraph, state: number): Answer {
    if ('always' in property) return this.#predicates.of(property.always).says(this.#asked.take(graph, state))
    if (property.kind !== 'deadlock' || !isTerminal(graph, state)) return true
    return this.#predicates.of(property.finished).says(this.#asked.take(graph, state))
  }

  /** What a property of steps says of a step. */
  reasonOfStep(property: Property, graph: StateGraph, from: number, to: number): Answer {
    if (!('everyStep' in property)) return true
    const [before, after] = [this.#asked.take(graph, from), this.#after.take(graph, to)]
    for (const predicate of property.everyStep) {
      const said = this.#predicates.ofStep(predicate).says(before, after)
      if (said !== true) return said
    }
    return true
  }

  /** Why the last state of a search does not satisfy a reachability property. */
  lastReason(i: number, { store, expanded }: StateGraph): string {
    return expanded === 0 ? '' : String(this.#asks[i]!.wanted?.says(store.row(expanded - 1)) ?? '')
  }

  #decide(i: number, sighting: Sighting): void {
    this.violations[i] = sighting
    this.#knownAt = NEVER
    const property = this.#properties[i]!
    const isFirst = this.#open.delete(this.#first[i]!)
    if (isFirst && property.kind !== 'reachable') this.#found?.(property, sighting.reason)
  }
}

/** The integers of a state, kept until another one is taken. */
class InHand {
  #graph: StateGraph | null = null
  #state = -1
  #row = new Int32Array(0)

  take(graph: StateGraph, state: number): Int32Array {
    const { store } = graph
    if (this.#graph !== graph) this.#row = new Int32Array(store.width)
    if (this.#graph !== graph || this.#state !== state) store.unpack(state, this.#row)
    this.#graph = graph
    this.#state = state
    return this.#row
  }
}

/** What a property asks of every state, or wants to see in one; of ends; of steps. One of these, or none for one of whole runs; and what has to be seen somewhere. */
interface Asks {
  readonly wanted: Asked | null
  readonly always: Asked | null
  readonly ends: Asked | null
  readonly steps: StepWatch | null
  readonly witness: Asked | null
}

function asksOf(property: Property, predicates: PredicateTables): Asks {
  const asked = (predicate: Predicate | undefined) => (predicate === undefined ? null : predicates.of(predicate))
  const ofSteps = 'everyStep' in property ? property.everyStep.map((one) => predicates.ofStep(one)) : null
  return {
    wanted: asked('some' in property ? property.some : undefined),
    always: asked('always' in property ? property.always : undefined),
    ends: asked('finished' in property ? property.finished : undefined),
    steps: ofSteps === null ? null : new StepWatch(ofSteps, predicates.lookedAtBy(ofSteps)),
    witness: asked(property.witness),
  }
}
