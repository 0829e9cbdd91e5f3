import { ALL, bitOf, touches } from '../../checker/cells.ts'
import { type ExploreOptions, explore } from '../../checker/explore.ts'
import type { Edges } from '../../checker/graph.ts'
import type { Model } from '../../checker/model.ts'

/** The numbers of a state's edges. */
export const edgesOf = (edges: Edges, state: number): number[] =>
  Array.from({ length: edges.first(state + 1) - edges.first(state) }, (_, i) => edges.first(state) + i)

/** All that a search finds, numbers included. Of steps that change what is looked at the first of those that are alike in that: others need not be shown. */
export function found(model: Model, options: ExploreOptions, search = explore) {
  const seen: unknown[] = []
  const shown = new Set<string>()
  const isNew = (row: Int32Array, next: Int32Array): boolean => {
    const steps = options.looksAt?.().steps ?? ALL
    if (steps === ALL) return true
    const [before, after] = [row, next].map((cells) => cells.filter((_, cell) => touches(bitOf(cell), steps)).join())
    const size = shown.size
    return before !== after && shown.add(`${before} to ${after}`).size > size
  }
  const graph = search(model, {
    keepEdges: true,
    visit: (state, row, terminal, changed) => {
      seen.push([state, [...row], terminal, changed])
      return false
    },
    visitEdge: (from, row, next, changed) => {
      if (isNew(row, next)) seen.push([from, [...row], [...next], changed])
    },
    ...options,
  })
  const { store, edges, transitions, depth, terminals, expanded, incomplete, failure } = graph
  const states = Array.from({ length: store.count }, (_, s) => [store.parentOf(s), ...store.row(s)])
  const findsItself = states.every((_, s) => store.find(store.row(s)) === s)
  const steps = edges && states.map((_, s) => edgesOf(edges, s).map((e) => [edges.target(e), edges.fair(e)]))
  graph.release()
  return {
    ...{ states, steps, edges: edges?.states, transitions, depth, terminals, expanded },
    ...{ incomplete, failure: failure?.message ?? null, findsItself, seen },
  }
}
