import type { Budget } from './budget.ts'
import { ALL, touches } from './cells.ts'
import { SpecError } from './errors.ts'
import type { StateGraph } from './graph.ts'
import type { PredicateTables } from './predicates.ts'
import { alwaysInTheEnd, type Predicate, type Property } from './property.ts'
import type { Spare } from './spare.ts'

/** For each expanded state, a bit mask of the predicates that hold in it: of the first one in bit 0. */
export type StateLabels = Uint8Array | Int32Array

/** Predicates that have a byte together, or a word. */
const IN_A_BYTE = 8
const IN_A_WORD = 31

/** Which predicates hold in which states of a graph. Those of which a property claims that they are so for ever in the end are asked together, in one pass over all states. */
export class Labels {
  readonly #predicates: PredicateTables
  readonly #inTheEnd: readonly Predicate[]
  /** The last graph that was asked about, and what they are in it; null where they cannot be told together. */
  #told: { readonly of: StateGraph; readonly labels: StateLabels | null } | null = null

  constructor(predicates: PredicateTables, properties: readonly Property[]) {
    this.#predicates = predicates
    const inTheEnd = properties.flatMap((property) => {
      const predicate = property.kind === 'liveness' ? alwaysInTheEnd(property.formula) : null
      return predicate === null ? [] : [predicate]
    })
    this.#inTheEnd = [...new Set(inTheEnd)].slice(0, IN_A_WORD)
  }

  /**
   * Whether a predicate of which a property claims that it is so for ever in the end holds in a state.
   *
   * @throws SpecError where it throws in some state
   */
  heldInTheEnd(graph: StateGraph, predicate: Predicate, budget: Budget): (state: number) => boolean {
    if (this.#told?.of !== graph) this.#told = { of: graph, labels: this.#together(graph, budget) }
    const place = this.#inTheEnd.indexOf(predicate)
    const { labels } = this.#told
    if (labels !== null && place >= 0) return (state) => ((labels[state] as number) & (1 << place)) !== 0
    const own = this.of(graph, [predicate], budget)
    return (state) => own[state] !== 0
  }

  #together(graph: StateGraph, budget: Budget): StateLabels | null {
    try {
      return budget.lasting(() => this.of(graph, this.#inTheEnd, budget, budget.spare))
    } catch (error) {
      // One that throws says nothing against the others.
      if (error instanceof SpecError) return null
      throw error
    }
  }

  /** The labels of all expanded states, by some predicates, at most 31. */
  of(
    graph: StateGraph,
    predicates: readonly Predicate[],
    budget: Budget,
    room: Pick<Spare, 'ints' | 'bytes'> = budget,
  ): StateLabels {
    const { store, expanded } = graph
    const labels = predicates.length <= IN_A_BYTE ? room.bytes(expanded) : room.ints(expanded)
    const asked = predicates.map((predicate) => this.#predicates.of(predicate))
    const looked = this.#predicates.lookedAtBy(asked)
    const row = new Int32Array(store.width)
    for (let s = 0; s < expanded; s++) {
      budget.poll()
      // What is so of the state before it is so of this one where nothing has changed that was looked at.
      const parent = store.parentOf(s)
      const changed = parent < 0 ? ALL : store.changes(s, parent)
      let label = parent < 0 ? 0 : (labels[parent] as number)
      if (touches(changed, looked.cells)) {
        store.unpack(s, row)
        for (let bit = 0; bit < asked.length; bit++) {
          if (!touches(changed, asked[bit]!.looked)) continue
          label = asked[bit]!.holds(row) ? label | (1 << bit) : label & ~(1 << bit)
        }
      }
      labels[s] = label
    }
    return labels
  }
}
