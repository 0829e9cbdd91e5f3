import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dj } from '../../bench/dj.ts'
import { canonical } from '../../checker/canonical.ts'
import { explore } from '../../checker/explore.ts'
import { stepsFrom, valuesOf } from '../../checker/graph.ts'
import type { Model } from '../../checker/model.ts'
import { referenceGraph } from '../../checker/reference.ts'
import { edgesOf } from './found.ts'
import { randomModel } from './random-model.ts'

const fairText = (fair: { class: string; strength: string } | null): string =>
  fair === null ? '' : `${fair.strength} ${fair.class}`

function compare(model: Model): void {
  const slow = referenceGraph(model)
  const fast = explore(model, { keepEdges: true })
  expect(fast.incomplete).toBeNull()
  expect(fast.store.count).toBe(slow.states.length)
  const texts = Array.from({ length: fast.store.count }, (_, s) => canonical(valuesOf(fast, s)))
  expect([...texts].sort()).toEqual([...slow.states].sort())
  const slowEdges = slow.edges.map(
    ({ from, to, fair }) => `${slow.states[from]} > ${slow.states[to]} ${fairText(fair)}`,
  )
  const edges = fast.edges!
  const fastEdges = texts.flatMap((text, s) =>
    edgesOf(edges, s).map((e) => {
      return `${text} > ${texts[edges.target(e)]} ${fairText(fast.compiled.fairness[edges.fair(e)] ?? null)}`
    }),
  )
  expect(fastEdges.sort()).toEqual(slowEdges.sort())
  expect(fast.depth).toBe(Math.max(...slow.depthOf))
  // Parent links lead back along edges, and as short as can be.
  for (let s = 0; s < fast.store.count; s++) {
    let depth = 0
    for (let up = fast.store.parentOf(s); up >= 0; up = fast.store.parentOf(up)) depth++
    expect(depth).toBe(slow.depthOf[slow.states.indexOf(texts[s]!)])
  }
}

test('the compiled explorer finds the states, edges and depths that the reference finds', () => {
  fc.assert(fc.property(randomModel(), compare), { numRuns: 400 })
})

test('it does so on the yardstick model as well', () => {
  compare(dj('direct', 1, 1))
  compare(dj('fixed', 1, 0))
})

test('the steps out of a state are its edges', () => {
  fc.assert(
    fc.property(randomModel(), (model) => {
      const graph = explore(model, { keepEdges: true })
      for (let s = 0; s < graph.store.count; s++) {
        const edges = graph.edges!
        expect(stepsFrom(graph, s).map((step) => step.to)).toEqual(edgesOf(edges, s).map((e) => edges.target(e)))
      }
    }),
    { numRuns: 100 },
  )
})
