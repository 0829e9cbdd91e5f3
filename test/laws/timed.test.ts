import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonical } from '../../checker/canonical.ts'
import { explore } from '../../checker/explore.ts'
import { stepsFrom, valuesOf } from '../../checker/graph.ts'
import type { Model } from '../../checker/model.ts'
import { timedReference } from '../../checker/timed/reference.ts'
import { full } from '../full.ts'
import { randomTimedModel } from './random-timed-model.ts'

/** What a search reached, without how far the clocks were; null where time stops. */
function reached(model: Model): { states: string[]; steps: string[] } | null {
  const graph = explore(model, { limits: { states: 200_000 } })
  if (graph.failure !== null) return null
  expect(graph.incomplete).toBeNull()
  const texts = Array.from({ length: graph.store.count }, (_, s) => canonical(valuesOf(graph, s).slice(0, -1)))
  const steps = texts.flatMap((text, s) =>
    stepsFrom(graph, s)
      .filter(({ label }) => label.kind !== 'time')
      .map(({ to }) => `${text} > ${texts[to]}`),
  )
  return { states: [...new Set(texts)].sort(), steps: [...new Set(steps)].sort() }
}

test('state classes, ticks and the reference reach the same states by the same steps', () => {
  let [judged, stuck] = [0, 0]
  fc.assert(
    fc.property(randomTimedModel(), (make) => {
      const [dense, ticks] = [reached(make('dense')), reached(make('ticks'))]
      // Where time stops in all of a class, it stops in each instant of it: then both refuse the model.
      if (dense === null) expect(ticks).toBeNull()
      if (dense === null || ticks === null) {
        stuck++
        return
      }
      judged++
      const reference = timedReference(make('ticks'))
      expect(dense.states).toEqual([...reference.states].sort())
      expect(ticks.states).toEqual(dense.states)
      expect(dense.steps).toEqual([...reference.steps].sort())
      expect(ticks.steps).toEqual(dense.steps)
    }),
    { numRuns: full ? 100_000 : 1_000 },
  )
  expect(judged).toBeGreaterThan(stuck)
})
