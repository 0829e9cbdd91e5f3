import type { Budget } from './budget.ts'
import { isPlace } from './components.ts'
import type { Cycles } from './cycles.ts'
import type { FairComponent } from './fairness.ts'
import { IntList } from './int-list.ts'
import type { Product } from './product.ts'

/** A path and a cycle, as nodes of the product and the fairness class of the step into each (−1 if not owed). */
export interface Lasso {
  readonly stem: readonly Visit[]
  /** Starts where the stem ends and returns there: the last visit is to the stem's last node. Never empty. */
  readonly cycle: readonly Visit[]
}

export interface Visit {
  readonly node: number
  readonly fair: number
}

/**
 * A real lasso into and around a fair component: a shortest stem, then a cycle that meets every requirement.
 * @throws Stopped when the budget ends before that
 */
export function lassoThrough({ product, finder }: Cycles, component: FairComponent, budget: Budget): Lasso {
  const entry = component.nodes.reduce((a, b) => Math.min(a, b))
  const cycle = finder.among(component.nodes, (places) =>
    cycleFrom(new Walks(product, component.nodes.length, places, budget), component, entry),
  )
  return { stem: stemTo(product, entry, budget), cycle }
}

function stemTo(product: Product, entry: number, budget: Budget): Visit[] {
  const stem: Visit[] = []
  for (let node = entry; node >= 0; node = product.parentOf(node)) {
    budget.poll()
    stem.push({ node, fair: fairOfStep(product, product.parentOf(node), node) })
  }
  return stem.reverse()
}

function fairOfStep(product: Product, from: number, to: number): number {
  if (from < 0) return -1
  const { edges } = product
  const last = edges.first(from + 1)
  for (let e = edges.first(from); e < last; e++) if (edges.target(e) === to) return edges.fair(e)
  return -1
}

function cycleFrom(walks: Walks, component: FairComponent, entry: number): Visit[] {
  let cycle: Visit[] = []
  let open = component.requirements.filter((requirement) => !requirement.nodes(entry))
  let at = entry
  // Greedily to the nearest thing still required, until nothing is; then home.
  while (open.length > 0) {
    const leg = walks.shortest(at, (node, fair) =>
      open.some((requirement) => requirement.nodes(node) || requirement.fairClass === fair),
    )
    cycle = cycle.concat(leg)
    at = leg[leg.length - 1]!.node
    open = open.filter(
      (requirement) => !leg.some((visit) => requirement.nodes(visit.node) || requirement.fairClass === visit.fair),
    )
  }
  return at === entry && cycle.length > 0 ? cycle : cycle.concat(walks.shortest(at, (node) => node === entry))
}

/** Shortest walks within a component, breadth-first. */
class Walks {
  readonly #product: Product
  readonly #budget: Budget
  readonly #size: number
  /** By node; below the size those of the component, and no others. */
  readonly #places: Int32Array
  /** By place: the edge by which a walk first reached the node, −1 where none did, and the node that it came from. */
  readonly #by: Int32Array
  readonly #from: Int32Array
  readonly #reached: IntList

  constructor(product: Product, size: number, places: Int32Array, budget: Budget) {
    this.#product = product
    this.#budget = budget
    this.#size = size
    this.#places = places
    this.#by = budget.ints(size).fill(-1)
    this.#from = budget.ints(size)
    this.#reached = new IntList(budget)
  }

  /** Of at least one step. */
  shortest(start: number, arrived: (node: number, fair: number) => boolean): Visit[] {
    const product = this.#product
    const { edges } = product
    const reached = this.#reached
    reached.push(start)
    try {
      for (let i = 0; i < reached.length; i++) {
        const from = reached.at(i)
        const first = edges.first(from)
        const last = edges.first(from + 1)
        this.#budget.poll(1 + last - first)
        // Who rests goes nowhere else.
        if (from === start && product.rests(from) && arrived(from, -1)) return [{ node: from, fair: -1 }]
        for (let e = first; e < last; e++) {
          const node = edges.target(e)
          const place = this.#places[node] as number
          if (!isPlace(place, this.#size)) continue
          if (arrived(node, edges.fair(e))) return this.#unwind(start, from, e)
          if (node === start || this.#by[place] !== -1) continue
          this.#by[place] = e
          this.#from[place] = from
          reached.push(node)
        }
      }
    } finally {
      while (reached.length > 0) this.#by[this.#places[reached.pop()] as number] = -1
    }
    throw new Error('A strongly connected component has no walk between two of its nodes: a bug in the checker.')
  }

  #unwind(start: number, from: number, edge: number): Visit[] {
    const { edges } = this.#product
    const walk: Visit[] = [{ node: edges.target(edge), fair: edges.fair(edge) }]
    for (let node = from; node !== start; ) {
      const place = this.#places[node] as number
      walk.push({ node, fair: edges.fair(this.#by[place] as number) })
      node = this.#from[place] as number
    }
    return walk.reverse()
  }
}
