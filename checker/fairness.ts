import type { Budget } from './budget.ts'
import { type ComponentFinder, type Components, isPlace } from './components.ts'
import type { Cycles } from './cycles.ts'
import type { Edges } from './graph.ts'
import type { Fairness } from './model.ts'
import type { Product } from './product.ts'

/**
 * A part of the product in which a run can stay for ever, fairly, while the automaton accepts: strongly connected, and
 * with everything that a fair accepting cycle must meet. `requirements` are what such a cycle through it has to visit.
 */
export interface FairComponent {
  readonly nodes: Int32Array
  readonly requirements: readonly Requirement[]
  /** The same for any cycle in it, also for one that stays clear of what a strong class asks. */
  readonly obligations: readonly Obligation[]
}

/** What a cycle owes: two bits are gathered over the nodes that it visits and the classes of the steps into them. */
export interface Obligation {
  bits(node: number, fairClass: number): number
  isMet(bits: number): boolean
}

/** A cycle meets it by visiting one of the nodes, or by taking a step of the fairness class. */
export interface Requirement {
  readonly nodes: (node: number) => boolean
  readonly fairClass: number
}

/** Whether a node belongs to an acceptance set: a run is accepted if it visits each set again and again. */
export type Accepting = (node: number) => boolean

const NO_CLASS = -2

/**
 * The fair component with the node nearest to an initial one, or null when every run violates fairness or is rejected.
 *
 * Weak fairness of a class holds in a cycle that takes a step of it, or passes a state in which it is not enabled. Strong
 * fairness holds in one that takes a step of it, or never passes a state in which it is enabled: where a component enables
 * it and never takes it, the states that enable it are removed and what is left is searched again (Emerson and Lei, 1987).
 */
export function nearestFairComponent(
  cycles: Cycles,
  edges: Edges,
  fairness: readonly Fairness[],
  accepting: readonly Accepting[],
  budget: Budget,
): FairComponent | null {
  return new FairSearch(cycles, edges, fairness, accepting, budget).search(true, cycles.components)[0] ?? null
}

/** All fair components: each of their nodes is on a fair accepting cycle, and no other node is. */
export function fairComponents(
  cycles: Cycles,
  edges: Edges,
  fairness: readonly Fairness[],
  accepting: readonly Accepting[],
  budget: Budget,
): FairComponent[] {
  return new FairSearch(cycles, edges, fairness, accepting, budget).search(false, cycles.components)
}

/** Those of some sets of nodes in which a run can stay for ever, fairly. */
export function fairAmong<Key>(
  cycles: Cycles,
  edges: Edges,
  fairness: readonly Fairness[],
  sets: Iterable<readonly [Key, Int32Array]>,
  budget: Budget,
): Key[] {
  const search = new FairSearch(cycles, edges, fairness, [], budget)
  const isFair = (nodes: Int32Array): boolean =>
    budget.scope(() => search.search(true, cycles.finder.of(nodes)).length > 0)
  return [...sets].flatMap(([key, nodes]) => (isFair(nodes) ? [key] : []))
}

class FairSearch {
  readonly #product: Product
  readonly #finder: ComponentFinder
  readonly #edges: Edges
  readonly #fairness: readonly Fairness[]
  readonly #accepting: readonly Accepting[]
  readonly #budget: Budget
  /** Parts that were judged. */
  #parts = 0
  /** By class: of which part a step of it was seen last; at which node it was seen enabled last, and at how many of a part. */
  readonly #takenIn: Int32Array
  readonly #enabledAt: Float64Array
  readonly #counts: Int32Array
  #looks = 0

  constructor(
    { product, finder }: Cycles,
    edges: Edges,
    fairness: readonly Fairness[],
    accepting: readonly Accepting[],
    budget: Budget,
  ) {
    this.#product = product
    this.#finder = finder
    this.#edges = edges
    this.#fairness = fairness
    this.#accepting = accepting
    this.#budget = budget
    this.#takenIn = budget.ints(fairness.length)
    this.#enabledAt = budget.doubles(fairness.length)
    this.#counts = budget.ints(fairness.length)
  }

  /** The fair component with the nearest node, or all of them, within some strongly connected parts. */
  search(nearestOnly: boolean, components: Components): FairComponent[] {
    const work = [components]
    let found: FairComponent[] = []
    let bestNode = Number.POSITIVE_INFINITY
    while (work.length > 0) {
      const parts = work.pop()!
      let isKept = parts === components
      for (const component of parts) {
        const nearest = component.reduce((a, b) => Math.min(a, b))
        if (nearestOnly && nearest >= bestNode) continue
        const judged = this.#judge(component)
        if (judged.kind === 'fair') {
          if (nearestOnly) found = [judged.component]
          else found.push(judged.component)
          bestNode = nearest
          isKept = true
        } else if (judged.kind === 'retry') {
          work.push(this.#finder.of(judged.nodes))
          this.#budget.give(judged.nodes.byteLength)
        }
      }
      if (!isKept) this.#budget.give(parts.bytes)
    }
    return found
  }

  /** Whether a run can stay in a part for ever. Notes the classes of which it can take steps there. */
  #lookAround(nodes: Int32Array, part: number): boolean {
    const { edges } = this.#product
    return this.#finder.among(nodes, (places) => {
      let cyclic = false
      for (let i = 0; i < nodes.length; i++) {
        const node = nodes[i] as number
        const first = edges.first(node)
        const last = edges.first(node + 1)
        this.#budget.poll(1 + last - first)
        for (let e = first; e < last; e++) {
          if (!isPlace(places[edges.target(e)], nodes.length)) continue
          cyclic = true
          const c = edges.fair(e)
          if (c >= 0) this.#takenIn[c] = part
        }
        if (!cyclic && this.#product.rests(node)) cyclic = true
      }
      return cyclic
    })
  }

  #judge(
    nodes: Int32Array,
  ): { kind: 'fair'; component: FairComponent } | { kind: 'retry'; nodes: Int32Array } | { kind: 'rejected' } {
    const requirements: Requirement[] = []
    for (const accepts of this.#accepting) {
      this.#budget.poll(nodes.length)
      if (!nodes.some(accepts)) return { kind: 'rejected' }
      requirements.push({ nodes: accepts, fairClass: NO_CLASS })
    }
    const part = ++this.#parts
    const takenIn = this.#takenIn
    if (!this.#lookAround(nodes, part)) return { kind: 'rejected' }
    const { everywhere, somewhere } = this.#enabled(nodes)
    const starved: number[] = []
    for (const c of somewhere) {
      if (this.#fairness[c]!.strength === 'strong') {
        if (takenIn[c] === part) requirements.push({ nodes: () => false, fairClass: c })
        else starved.push(c)
      } else if (everywhere.has(c)) {
        if (takenIn[c] !== part) return { kind: 'rejected' }
        requirements.push({ nodes: () => false, fairClass: c })
      } else requirements.push({ nodes: (node) => !this.#enables(node, c), fairClass: c })
    }
    if (starved.length > 0) {
      const left = nodes.filter((node) => !this.#enablesAny(node, starved))
      this.#budget.take(left.byteLength)
      return left.length === 0 ? { kind: 'rejected' } : { kind: 'retry', nodes: left }
    }
    const obligations = [
      ...this.#accepting.map(
        (accepts): Obligation => ({ bits: (node) => (accepts(node) ? 1 : 0), isMet: (bits) => bits === 1 }),
      ),
      ...[...somewhere].map((c) => this.#obligation(c)),
    ]
    return { kind: 'fair', component: { nodes, requirements, obligations } }
  }

  /** Weak: a step of the class, or a state that does not enable it. Strong: a step of it, or no state that does. */
  #obligation(c: number): Obligation {
    if (this.#fairness[c]!.strength === 'weak') {
      return { bits: (node, taken) => (taken === c || !this.#enables(node, c) ? 1 : 0), isMet: (bits) => bits === 1 }
    }
    return {
      bits: (node, taken) => (taken === c ? 1 : 0) | (this.#enables(node, c) ? 2 : 0),
      isMet: (bits) => (bits & 1) === 1 || bits === 0,
    }
  }

  #enables(node: number, fairClass: number): boolean {
    return this.#enablesAny(node, [fairClass])
  }

  #enablesAny(node: number, classes: readonly number[]): boolean {
    const edges = this.#edges
    const s = this.#product.stateOf(node)
    const first = edges.first(s)
    const last = edges.first(s + 1)
    this.#budget.poll(1 + last - first)
    for (let e = first; e < last; e++) if (classes.includes(edges.fair(e))) return true
    return false
  }

  /** The classes that every node enables, and those that some node enables. */
  #enabled(nodes: Int32Array): { everywhere: Set<number>; somewhere: readonly number[] } {
    const edges = this.#edges
    const counts = this.#counts
    const somewhere: number[] = []
    for (let i = 0; i < nodes.length; i++) {
      const s = this.#product.stateOf(nodes[i] as number)
      const first = edges.first(s)
      const last = edges.first(s + 1)
      const look = ++this.#looks
      this.#budget.poll(1 + last - first)
      for (let e = first; e < last; e++) {
        const c = edges.fair(e)
        if (c < 0 || this.#enabledAt[c] === look) continue
        this.#enabledAt[c] = look
        if (counts[c] === 0) somewhere.push(c)
        counts[c] = (counts[c] as number) + 1
      }
    }
    const everywhere = new Set(somewhere.filter((c) => counts[c] === nodes.length))
    for (const c of somewhere) counts[c] = 0
    return { everywhere, somewhere }
  }
}
