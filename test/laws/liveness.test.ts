import fc from 'fast-check'
import { expect, test } from 'vitest'
import { check } from '../../checker/check.ts'
import type { Model, Value } from '../../checker/model.ts'
import {
  always,
  type Claim,
  eventually,
  eventuallyAlways,
  finally_,
  globally,
  infinitelyOften,
  is,
  leadsTo,
  ltl,
  never,
  next,
  noDeadlock,
  not,
  or,
  type Predicate,
  reachable,
  until,
} from '../../checker/property.ts'
import { referenceGraph } from '../../checker/reference.ts'
import type { Trace, Verdict } from '../../checker/verdict.ts'
import { fairForEvers, violatedByDefinition } from './oracle.ts'
import { randomModel } from './random-model.ts'

const MOST_EDGES = 11

const p: Predicate = { name: 'p', holds: (look) => (look(0) === 0 ? true : 'cell 0 is not 0') }
const q: Predicate = { name: 'q', holds: (look) => (look(0) === 2 ? true : 'cell 0 is not 2') }
const isP = (values: readonly Value[]): boolean => values[0] === 0
const isQ = (values: readonly Value[]): boolean => values[0] === 2

const verdictOf = (model: Model, claim: Claim): Verdict => check(model, [{ id: 'it', ...claim }])[0]!

/** Small enough to list every set of edges. */
const tiny = randomModel(2, 2).filter((model) => {
  const graph = referenceGraph(model)
  const resting = graph.values.filter(
    (_, s) => !graph.edges.some((edge) => edge.from === s && edge.fair !== null),
  ).length
  return graph.edges.length + resting <= MOST_EDGES
})

const combinators: Record<string, { claim: Claim; violated: (g: ReturnType<typeof referenceGraph>) => boolean }> = {
  'eventually always': {
    claim: eventuallyAlways(p),
    violated: (g) => violatedByDefinition.eventuallyAlways(g, fairForEvers(g), isP),
  },
  'infinitely often': {
    claim: infinitelyOften(p),
    violated: (g) => violatedByDefinition.infinitelyOften(g, fairForEvers(g), isP),
  },
  eventually: { claim: eventually(p), violated: (g) => violatedByDefinition.eventually(g, fairForEvers(g), isP) },
  'leads to': { claim: leadsTo(p, q), violated: (g) => violatedByDefinition.leadsTo(g, fairForEvers(g), isP, isQ) },
  until: {
    claim: ltl(until(is(p), is(q))),
    violated: (g) => violatedByDefinition.until(g, fairForEvers(g), isP, isQ),
  },
}

for (const [name, { claim, violated }] of Object.entries(combinators)) {
  test(`'${name}' is judged as the brute-force oracle judges it, and its lassos are real and fair`, () => {
    let seen = 0
    fc.assert(
      fc.property(tiny, (model) => {
        const graph = referenceGraph(model)
        const verdict = verdictOf(model, claim)
        expect(verdict.kind).toBe(violated(graph) ? 'violated' : 'holds')
        if (verdict.kind === 'violated') {
          seen++
          expectRealFairLasso(model, verdict.trace!)
        }
      }),
      { numRuns: 300 },
    )
    // The law says something only if both verdicts turn up.
    expect(seen).toBeGreaterThan(10)
  })
}

test('the short way for "eventually always" agrees with the automaton', () => {
  // The same formula, written so that it is not recognised.
  const long = ltl(finally_(globally(or(is(p), is({ ...p, name: 'p again' })))))
  fc.assert(
    fc.property(randomModel(), (model) => {
      expect(verdictOf(model, eventuallyAlways(p)).kind).toBe(verdictOf(model, long).kind)
    }),
    { numRuns: 200 },
  )
})

test('LTL laws: what is equivalent has one verdict', () => {
  const pairs: [Claim, Claim][] = [
    [infinitelyOften(p), ltl(not(finally_(globally(not(is(p))))))],
    [leadsTo(p, q), ltl(globally(or(not(is(p)), finally_(is(q)))))],
    [ltl(globally(is(p))), ltl(not(finally_(not(is(p)))))],
    [ltl(next(finally_(is(p)))), ltl(finally_(next(is(p))))],
    [ltl(until(is(p), is(q))), ltl(or(is(q), { op: 'and', left: is(p), right: next(until(is(p), is(q))) }))],
  ]
  fc.assert(
    fc.property(randomModel(2, 3), fc.constantFrom(...pairs), (model, [left, right]) => {
      expect(verdictOf(model, left).kind).toBe(verdictOf(model, right).kind)
    }),
    { numRuns: 300 },
  )
})

test('safety, reachability and deadlock are judged as the reference judges them, with shortest traces', () => {
  fc.assert(
    fc.property(randomModel(), (model) => {
      const graph = referenceGraph(model)
      const nearest = (test: (s: number) => boolean): number =>
        Math.min(...graph.depthOf.filter((_, s) => test(s)), Number.POSITIVE_INFINITY)
      const expectTrace = (
        verdict: Verdict,
        depth: number,
        whenFound: Verdict['kind'],
        otherwise: Verdict['kind'],
      ): void => {
        expect(verdict.kind).toBe(depth === Number.POSITIVE_INFINITY ? otherwise : whenFound)
        if ('trace' in verdict && verdict.trace !== undefined) expect(verdict.trace.steps.length).toBe(depth)
      }
      const pAt = (s: number): boolean => isP(graph.values[s]!)
      expectTrace(
        verdictOf(model, always(p)),
        nearest((s) => !pAt(s)),
        'violated',
        'holds',
      )
      expectTrace(verdictOf(model, never(p)), nearest(pAt), 'violated', 'holds')
      expectTrace(verdictOf(model, reachable(p)), nearest(pAt), 'holds', 'violated')
      const stuck = (s: number): boolean => !graph.edges.some((edge) => edge.from === s)
      expectTrace(
        verdictOf(model, noDeadlock(p)),
        nearest((s) => stuck(s) && !pAt(s)),
        'violated',
        'holds',
      )
    }),
    { numRuns: 300 },
  )
})

test('asking for several properties at once changes no verdict', () => {
  const claims = [always(p), reachable(q), eventuallyAlways(p), leadsTo(p, q), noDeadlock(q)]
  fc.assert(
    fc.property(randomModel(), (model) => {
      const together = check(
        model,
        claims.map((claim, i) => ({ id: `${i}`, ...claim })),
      )
      expect(together.map((verdict) => verdict.kind)).toEqual(claims.map((claim) => verdictOf(model, claim).kind))
    }),
    { numRuns: 100 },
  )
})

/** The cycle is a run of the reference, returns to its start, and owes nothing by the definition of fairness. */
function expectRealFairLasso(model: Model, trace: Trace): void {
  const graph = referenceGraph(model)
  const number = (values: readonly Value[]): number =>
    graph.values.findIndex((v) => JSON.stringify(v) === JSON.stringify(values))
  const states = trace.states.map(number)
  expect(graph.initial).toContain(states[0])
  const loopStart = trace.loopStart!
  const isEdge = (from: number, to: number): boolean => graph.edges.some((e) => e.from === from && e.to === to)
  for (let i = 1; i < states.length; i++) expect(isEdge(states[i - 1]!, states[i]!)).toBe(true)
  const cycle = states.slice(loopStart)
  const stays = trace.steps.length === states.length - 1
  if (stays) {
    expect(cycle).toHaveLength(1)
    expect(graph.edges.some((e) => e.from === cycle[0] && e.fair !== null)).toBe(false)
    return
  }
  expect(isEdge(cycle[cycle.length - 1]!, cycle[0]!)).toBe(true)
  // Some choice of parallel edges along the cycle is fair: labels are not unique, so take all edges between its states in order.
  const pairs = cycle.map((s, i) => [s, cycle[(i + 1) % cycle.length]!] as const)
  const edges = graph.edges.filter((e) => pairs.some(([a, b]) => e.from === a && e.to === b))
  const within = { ...graph, edges: graph.edges }
  const classes = new Set(graph.edges.flatMap((e) => (e.fair === null ? [] : [`${e.fair.strength} ${e.fair.class}`])))
  for (const c of classes) {
    const isC = (e: (typeof edges)[number]): boolean => e.fair !== null && `${e.fair.strength} ${e.fair.class}` === c
    const enabled = cycle.map((s) => within.edges.some((e) => e.from === s && isC(e)))
    const owed = c.startsWith('weak') ? enabled.every((e) => e) : enabled.some((e) => e)
    if (owed) expect(edges.some(isC)).toBe(true)
  }
}
