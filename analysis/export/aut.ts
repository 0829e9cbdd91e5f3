import { type StateGraph, stepsFrom } from '../../checker/graph.ts'

/** The graph of states in the Aldebaran format of CADP and mCRL2: what happens is on the steps, states have only numbers. */
export function aut(graph: StateGraph): string {
  const steps: string[] = []
  for (let state = 0; state < graph.expanded; state++)
    for (const { label, to } of stepsFrom(graph, state))
      steps.push(`(${state}, "${label.text.replaceAll('\\', '/').replaceAll('"', "'")}", ${to})`)
  return [`des (0, ${steps.length}, ${graph.store.count})`, ...steps, ''].join('\n')
}
