import { canonical } from './canonical.ts'
import { explore } from './explore.ts'
import { stepsFrom } from './graph.ts'
import type { Model } from './model.ts'

const STATES = 500

/** A model told by what it does: its cells, its rules, and all steps of its first states. Another one hardly ever has the same. */
export function fingerprint(model: Model): string {
  const graph = explore(model, { limits: { states: STATES } })
  let hash = 0
  const tell = (text: string): void => {
    for (let i = 0; i < text.length; i++)
      hash = Math.imul(((hash << 5) | (hash >>> 27)) ^ text.charCodeAt(i), 0x9e3779b1)
  }
  tell(JSON.stringify([model.cells, model.rules.map(({ name }) => name), graph.failure?.message]))
  for (let state = 0; state < graph.expanded; state++)
    for (const { label, next } of stepsFrom(graph, state)) {
      tell(label.text)
      for (const value of graph.compiled.decode(next)) tell(canonical(value))
    }
  return (hash >>> 0).toString(16).padStart(8, '0')
}
