import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Budget, Stopped } from '../../checker/budget.ts'
import { ComponentFinder, type Components, type DirectedGraph, isPlace } from '../../checker/components.ts'
import { EdgeList } from '../../checker/edge-list.ts'

function graphOf(successors: readonly (readonly number[])[]): DirectedGraph {
  const edges = new EdgeList(new Budget())
  for (const some of successors) {
    for (const to of some) edges.add(to, -1)
    edges.endOfState()
  }
  return { count: successors.length, edges, rests: () => false }
}

const finderOf = (graph: DirectedGraph, budget = new Budget()) =>
  new ComponentFinder(graph, budget, new Int32Array(graph.count))

const sorted = (components: Components): number[][] =>
  [...components].map((nodes) => [...nodes].sort((a, b) => a - b)).sort((a, b) => a[0]! - b[0]!)

const graphs = fc
  .integer({ min: 1, max: 12 })
  .chain((count) => fc.array(fc.array(fc.nat(count + 1), { maxLength: 3 }), { minLength: count, maxLength: count }))

/** Each node with those that it reaches and that reach it, within some. */
function byReaching(successors: readonly (readonly number[])[], nodes: readonly number[]): number[][] {
  const reached = (from: number): Set<number> => {
    const all = new Set<number>()
    const work = [from]
    while (work.length > 0)
      for (const to of successors[work.pop()!]!) if (nodes.includes(to) && !all.has(to)) work.push(all.add(to) && to)
    return all
  }
  const sets = nodes.map((node) => nodes.filter((other) => reached(node).has(other) && reached(other).has(node)))
  return [...new Set(sets.filter((set) => set.length > 0).map((set) => JSON.stringify(set)))]
    .map((set) => JSON.parse(set) as number[])
    .sort((a, b) => a[0]! - b[0]!)
}

test('components of a graph and of its parts are nodes that reach each other, one after another by one finder', () => {
  fc.assert(
    fc.property(graphs, fc.array(fc.array(fc.boolean(), { minLength: 12, maxLength: 12 })), (successors, parts) => {
      const finder = finderOf(graphOf(successors))
      const all = successors.map((_, node) => node)
      expect(sorted(finder.ofAll())).toEqual(byReaching(successors, all))
      for (const part of parts) {
        const nodes = all.filter((node) => part[node])
        const places = finder.among(Int32Array.from(nodes), (said) => all.map((node) => said[node]))
        expect(places.map((place) => isPlace(place, nodes.length))).toEqual(all.map((node) => part[node]))
        expect(sorted(finder.of(Int32Array.from(nodes)))).toEqual(byReaching(successors, nodes))
      }
    }),
    { numRuns: 300 },
  )
})

test('a finder that was ended on the way finds all the next time', () => {
  const count = 5000
  // A ring of 3000, and a path that leads to it.
  const successors = Array.from({ length: count }, (_, i) => [i === 2999 ? 0 : i < 3000 ? i + 1 : i - 1])
  let isInterrupted = false
  const budget = new Budget({}, { now: () => 0, interrupted: () => isInterrupted })
  const finder = finderOf(graphOf(successors), budget)
  const part = Int32Array.from({ length: count }, (_, i) => count - 1 - i)
  isInterrupted = true
  expect(() => finder.ofAll()).toThrow(Stopped)
  expect(() => finder.of(part)).toThrow(Stopped)
  const fails = () =>
    finder.among(part, () => {
      throw new Error('no')
    })
  expect(fails).toThrow('no')
  isInterrupted = false
  // Nothing is left of those of which nobody asks now.
  expect(sorted(finder.of(part.filter((node) => node !== 17)))).toEqual([])
  expect(sorted(finder.of(part)).map(({ length }) => length)).toEqual([3000])
  expect(sorted(finder.ofAll()).map(({ length }) => length)).toEqual([3000])
})
