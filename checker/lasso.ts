import type { FairComponent } from './fairness.ts'
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

/** A real lasso into and around a fair component: a shortest stem, then a cycle that meets every requirement. */
export function lassoThrough(product: Product, component: FairComponent): Lasso {
  const entry = component.nodes.reduce((a, b) => Math.min(a, b))
  return { stem: stemTo(product, entry), cycle: cycleFrom(product, component, entry) }
}

function stemTo(product: Product, entry: number): Visit[] {
  const stem: Visit[] = []
  for (let node = entry; node >= 0; node = product.parent[node] as number) {
    stem.unshift({ node, fair: fairOfStep(product, product.parent[node] as number, node) })
  }
  return stem
}

function fairOfStep(product: Product, from: number, to: number): number {
  if (from < 0) return -1
  for (let e = product.start[from] as number; e < (product.start[from + 1] as number); e++) {
    if (product.target[e] === to) return product.fair[e] as number
  }
  return -1
}

function cycleFrom(product: Product, component: FairComponent, entry: number): Visit[] {
  const inside = new Set(component.nodes)
  const cycle: Visit[] = []
  let open = component.requirements.filter((requirement) => !requirement.nodes(entry))
  let at = entry
  // Greedily to the nearest thing still required, until nothing is; then home.
  while (open.length > 0) {
    const leg = shortestWalk(product, inside, at, (visit) =>
      open.some((requirement) => requirement.nodes(visit.node) || requirement.fairClass === visit.fair),
    )
    cycle.push(...leg)
    at = leg[leg.length - 1]!.node
    open = open.filter(
      (requirement) => !leg.some((visit) => requirement.nodes(visit.node) || requirement.fairClass === visit.fair),
    )
  }
  if (at !== entry || cycle.length === 0)
    cycle.push(...shortestWalk(product, inside, at, (visit) => visit.node === entry))
  return cycle
}

/** At least one step. */
function shortestWalk(
  product: Product,
  inside: ReadonlySet<number>,
  from: number,
  arrived: (visit: Visit) => boolean,
): Visit[] {
  interface Reached extends Visit {
    readonly before: Reached | null
  }
  let layer: Reached[] = [{ node: from, fair: -1, before: null }]
  const seen = new Set<number>()
  while (layer.length > 0) {
    const next: Reached[] = []
    for (const reached of layer) {
      const last = product.start[reached.node + 1] as number
      for (let e = product.start[reached.node] as number; e < last; e++) {
        const node = product.target[e] as number
        if (!inside.has(node)) continue
        const visit: Reached = { node, fair: product.fair[e] as number, before: reached }
        if (arrived(visit)) return unwind(visit)
        if (!seen.has(node)) {
          seen.add(node)
          next.push(visit)
        }
      }
    }
    layer = next
  }
  throw new Error('A strongly connected component has no walk between two of its nodes: a bug in the checker.')

  function unwind(end: Reached): Visit[] {
    const walk: Visit[] = []
    for (let r: Reached = end; r.before !== null; r = r.before) walk.unshift({ node: r.node, fair: r.fair })
    return walk
  }
}
