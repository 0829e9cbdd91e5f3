import { type StateGraph, stepsFrom } from '../../checker/graph.ts'
import { quoted } from '../../counterexamples/dot.ts'
import { oneLine } from '../../counterexamples/one-line.ts'

/**
 * The graph of states in Graphviz's language: states are numbered as the search found them, an arrow out of nowhere leads to an initial one, and those in which nothing can happen
 * have a double ring. Steps between the same two states are one arrow, with a line for each.
 */
export function dot(graph: StateGraph, title: string): string {
  const ends = new Set(graph.terminals)
  const states = Array.from({ length: graph.store.count }, (_, state) => state)
  return [
    'digraph states {',
    `  graph [label=${quoted(title)}, labelloc=t, fontname="Helvetica", fontsize=13, rankdir=LR]`,
    '  node [shape=circle, fontname="Helvetica", fontsize=10]',
    '  edge [fontname="Helvetica", fontsize=9, arrowsize=0.7]',
    ...graph.initial.flatMap((state) => [`  from${state} [shape=point, label=""]`, `  from${state} -> ${state}`]),
    ...states.map((state) => `  ${state}${ends.has(state) ? ' [shape=doublecircle]' : ''}`),
    ...states.flatMap((state) => arrows(graph, state)),
    '}',
    '',
  ].join('\n')
}

/** Out of a state. */
function arrows(graph: StateGraph, state: number): string[] {
  const byTarget = new Map<number, string[]>()
  for (const { label, to } of stepsFrom(graph, state)) {
    const labels = byTarget.get(to) ?? []
    byTarget.set(to, [...labels, oneLine(label.text)])
  }
  return [...byTarget].map(([to, labels]) => `  ${state} -> ${to} [label=${quoted(labels.join('\n'))}]`)
}
