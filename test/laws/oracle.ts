import type { Value } from '../../checker/model.ts'
import type { ReferenceEdge, ReferenceGraph } from '../../checker/reference.ts'

/**
 * The brute-force oracle for liveness. What a run does for ever is the set of edges that it takes again and again: a non-empty,
 * strongly connected set. Every such set is some run's. So all of them are listed, and fairness and the property are judged
 * by their definitions; no search algorithm of the checker is used.
 */
export interface ForEver {
  readonly edges: readonly ReferenceEdge[]
  readonly states: readonly number[]
}

/** All sets of edges that some run takes for ever, fairly. States in which nothing is owed stutter. Only for very small graphs. */
export function fairForEvers(graph: ReferenceGraph): ForEver[] {
  const stutters = graph.values.flatMap((_, state): ReferenceEdge[] =>
    graph.edges.some((edge) => edge.from === state && edge.fair !== null)
      ? []
      : [{ from: state, to: state, fair: null }],
  )
  const all = [...graph.edges, ...stutters]
  const found: ForEver[] = []
  for (let subset = 1; subset < 2 ** all.length; subset++) {
    const edges = all.filter((_, i) => (subset >> i) % 2 === 1)
    if (!stronglyConnected(edges)) continue
    const states = [...new Set(edges.flatMap((edge) => [edge.from, edge.to]))]
    if (isFair(graph, edges, states)) found.push({ edges, states })
  }
  return found
}

function stronglyConnected(edges: readonly ReferenceEdge[]): boolean {
  const states = new Set(edges.flatMap((edge) => [edge.from, edge.to]))
  return [...states].every((start) => {
    const seen = new Set([start])
    for (let grew = true; grew; ) {
      grew = false
      for (const edge of edges) {
        if (seen.has(edge.from) && !seen.has(edge.to)) {
          seen.add(edge.to)
          grew = true
        }
      }
    }
    return seen.size === states.size
  })
}

/** Weak: not enabled somewhere, or taken. Strong: enabled nowhere, or taken. */
function isFair(graph: ReferenceGraph, edges: readonly ReferenceEdge[], states: readonly number[]): boolean {
  const classes = new Map(
    graph.edges.flatMap(({ fair }) => (fair === null ? [] : [[`${fair.strength} ${fair.class}`, fair] as const])),
  )
  return [...classes.values()].every((c) => {
    const isC = (edge: ReferenceEdge): boolean => edge.fair?.class === c.class && edge.fair.strength === c.strength
    const enabled = states.map((state) => graph.edges.some((edge) => edge.from === state && isC(edge)))
    const taken = edges.some(isC)
    return taken || (c.strength === 'weak' ? enabled.some((e) => !e) : enabled.every((e) => !e))
  })
}

type Test = (values: readonly Value[]) => boolean

/** States reachable along states that satisfy `through` (the first one included). */
export function reachableThrough(graph: ReferenceGraph, from: readonly number[], through: Test): Set<number> {
  const seen = new Set(from.filter((s) => through(graph.values[s]!)))
  for (let grew = true; grew; ) {
    grew = false
    for (const { from: a, to: b } of graph.edges) {
      if (seen.has(a) && !seen.has(b) && through(graph.values[b]!)) {
        seen.add(b)
        grew = true
      }
    }
  }
  return seen
}

/** Whether each combinator is violated on some fair run, by its definition. */
export const violatedByDefinition = {
  eventuallyAlways: (graph: ReferenceGraph, forEvers: readonly ForEver[], p: Test): boolean =>
    forEvers.some(({ states }) => states.some((s) => !p(graph.values[s]!))),
  infinitelyOften: (graph: ReferenceGraph, forEvers: readonly ForEver[], p: Test): boolean =>
    forEvers.some(({ states }) => states.every((s) => !p(graph.values[s]!))),
  eventually: (graph: ReferenceGraph, forEvers: readonly ForEver[], p: Test): boolean => {
    const never = reachableThrough(graph, graph.initial, (v) => !p(v))
    return forEvers.some(({ states }) => states.every((s) => never.has(s)))
  },
  leadsTo: (graph: ReferenceGraph, forEvers: readonly ForEver[], p: Test, q: Test): boolean => {
    const starts = graph.values.flatMap((v, s) => (p(v) && !q(v) ? [s] : []))
    const withoutQ = reachableThrough(graph, starts, (v) => !q(v))
    return forEvers.some(({ states }) => states.every((s) => withoutQ.has(s)))
  },
  until: (graph: ReferenceGraph, forEvers: readonly ForEver[], p: Test, q: Test): boolean => {
    // p until q fails on a run that never meets q, or that meets neither p nor q before any q.
    const beforeQ = reachableThrough(graph, graph.initial, (v) => p(v) && !q(v))
    const edge = graph.edges.some(({ from, to }) => beforeQ.has(from) && !p(graph.values[to]!) && !q(graph.values[to]!))
    const first = graph.initial.some((s) => !p(graph.values[s]!) && !q(graph.values[s]!))
    return canGoOnFairly(forEvers, first, edge) || forEvers.some(({ states }) => states.every((s) => beforeQ.has(s)))
  },
}

/** A finite violation needs a fair run that goes on from it. In a finite graph each finite run has one: owe it what it owes. */
function canGoOnFairly(forEvers: readonly ForEver[], ...reached: readonly boolean[]): boolean {
  return forEvers.length > 0 && reached.some((r) => r)
}
